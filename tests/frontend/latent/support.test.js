import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { LatentSpace, loadSpace } from "../../../ui/frontend/latent/support.js";

const SPEC = {
  codes: { url: "/blob/codes", count: 10, dims: 2, lo: [0, 0], hi: [9, 1] },
  code_dims: [],
  active_dims: [0],
  distance_quantiles: [0, 4 / Math.sqrt(2.12)], // the scaled distance of code 0 has the rank 0.5
  prior_norm_quantiles: [],
  near_limit: 0.5,
  sparse_limit: 0.9,
};
const CODES = Float32Array.from({ length: 20 }, (_, i) => (i % 2 ? 0 : i / 2)); // (0, 0) … (9, 0)

/** @param {object} [changes] */
function space(changes = {}) {
  return new LatentSpace({ ...SPEC, ...changes }, CODES);
}

test("limits belong to the better level", () => {
  const levels = [0, 0.5, 0.51, 0.9, 0.91, 1].map((rank) => space().level(rank));
  assert.deepEqual(levels, [
    "near data",
    "near data",
    "sparse",
    "sparse",
    "far from data",
    "far from data",
  ]);
});

test("support is the rank of the distance along active dimensions", () => {
  assert.ok(Math.abs(space().rank([0, 100]) - 0.5) < 1e-12);
  assert.deepEqual(space().support([-10, 0]), { rank: 1, level: "far from data" });
});

test("a table of some dimensions is compared with those of a wider code", () => {
  const part = space({ code_dims: [3, 1] });
  const wide = [7, 0, 7, 2.25];
  assert.equal(part.rank(wide), space().rank([2.25, 0]));
  assert.deepEqual([...part.nearest(wide, 2).index], [2, 3]);
  const prior_norm_quantiles = [0, 10, 20];
  const far = space({ code_dims: [3, 1], prior_norm_quantiles }).rank([0, 0, 25, 0]);
  assert.equal(far, part.rank([0, 0, 25, 0]), "the norm is that of the whole code");
});

test("a norm that is common among prior samples limits the rank", () => {
  const prior_norm_quantiles = [0, 10, 20];
  assert.equal(space({ prior_norm_quantiles }).rank([-10, 0]), 0.5);
  assert.equal(space({ prior_norm_quantiles }).rank([0, 0]), 0);
});

test("the codes of a space are fetched once", async () => {
  const requests = mock.method(globalThis, "fetch", async () => new Response(new Uint8Array(40)));
  const loaded = await loadSpace(SPEC);
  assert.equal(await loadSpace({ ...SPEC }), loaded);
  assert.equal(requests.mock.callCount(), 1);
  assert.equal(loaded.codes.count, 10);
});
