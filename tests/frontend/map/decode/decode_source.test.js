import assert from "node:assert/strict";
import test from "node:test";

import { DecodeSource } from "../../../../ui/frontend/map/decode/decode_source.js";

const POINTS = Float32Array.of(0, 0, 1, 1);

/** A linear inverse of a two-dimensional latent space. @param {object} changes */
function spec(changes = {}) {
  const bytes = new Uint8Array(Uint16Array.of(0, 0, 65535, 65535).buffer);
  const url = `data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`;
  const axes = [
    [1, 0],
    [0, 1],
  ];
  return /** @type {any} */ ({
    decoder: { id: "a" },
    space: {
      codes: { url, count: 2, dims: 2, lo: [0, 0], hi: [1, 1] },
      code_dims: [],
      active_dims: [],
      distance_quantiles: [0, 1],
      prior_norm_quantiles: [],
      near_limit: 0.9,
      sparse_limit: 0.99,
    },
    inverse: { kind: "linear", mean: [10, 20], axes, note: "" },
    ...changes,
  });
}

function setUp() {
  /** @type {boolean[]} */ const states = [];
  const source = new DecodeSource(() => states.push(source.ready));
  return { source, states };
}

test("with a specification points become codes", async () => {
  const { source, states } = setUp();
  await source.set(spec(), "points", POINTS);
  assert.deepEqual(states, [false, true]);
  assert.deepEqual(source.transform?.inverseTransform([1, 2]), Float32Array.of(11, 22));
});

test("the same specification is loaded once, other points or another inverse again", async () => {
  const { source, states } = setUp();
  await source.set(spec(), "points", POINTS);
  const { transform } = source;
  await source.set(spec({ grid: true }), "points", POINTS);
  assert.equal(source.transform, transform);
  assert.equal(states.length, 2);
  assert.equal(source.spec?.grid, true);
  await source.set(spec(), "other points", POINTS);
  assert.notEqual(source.transform, transform);
  const inverse = { ...spec().inverse, mean: [0, 0] };
  await source.set(spec({ inverse }), "other points", POINTS);
  assert.deepEqual(source.transform?.inverseTransform([1, 2]), Float32Array.of(1, 2));
});

test("null removes the transform", async () => {
  const { source, states } = setUp();
  await source.set(spec(), "points", POINTS);
  await source.set(null, "points", POINTS);
  assert.equal(source.ready, false);
  assert.deepEqual(states, [false, true, false]);
});

test("a specification that is replaced while it is loaded has no effect", async () => {
  const { source, states } = setUp();
  const early = source.set(spec(), "points", POINTS);
  await source.set(null, "points", POINTS);
  await early;
  assert.equal(source.ready, false);
  assert.deepEqual(states, [false, false]);
});
