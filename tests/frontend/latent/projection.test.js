import assert from "node:assert/strict";
import { test } from "node:test";
import { MapTransform } from "../../../ui/frontend/latent/projection.js";
import { LatentSpace } from "../../../ui/frontend/latent/support.js";

const N_SIDE = 8; // codes on a grid in the first two of three dimensions
const grid = Array.from({ length: N_SIDE ** 2 }, (_, i) => [i % N_SIDE, Math.floor(i / N_SIDE)]);
const space = new LatentSpace(
  {
    codes: { url: "", count: grid.length, dims: 3, lo: [0, 0, 0], hi: [1, 1, 1] },
    code_dims: [],
    active_dims: [],
    distance_quantiles: [0, 2],
    prior_norm_quantiles: [],
    near_limit: 0.6,
    sparse_limit: 0.9,
  },
  Float32Array.from(grid.flatMap(([x, y]) => [x, y, 1])),
);
const points = Float32Array.from(grid.flatMap(([x, y]) => [10 * x, -10 * y]));
/** @type {import("../../../ui/frontend/latent/projection.js").InverseSpec} */
const linear = {
  kind: "linear",
  mean: [1, 2, 3],
  axes: [
    [0.6, 0.8, 0],
    [0, 0, 1],
  ],
  note: "",
};
/** @type {import("../../../ui/frontend/latent/projection.js").InverseSpec} */
const neighbors = {
  kind: "neighbors",
  k: 5,
  softening: 1e-3,
  distance_quantiles: [0, 20],
  note: "",
};

/** @param {ArrayLike<number>} found @param {number[]} expected @param {number} tolerance */
function assertClose(found, expected, tolerance) {
  assert.equal(found.length, expected.length);
  expected.forEach((value, i) =>
    assert.ok(Math.abs(found[i] - value) <= tolerance, `${found} is not ${expected}`),
  );
}

test("a linear map and its inverse", () => {
  const map = new MapTransform(linear, space, points);
  assertClose(map.inverseTransform([5, -2]), [4, 6, 1], 1e-6);
});

test("the inverse of a linear map is exact, so only the code's distance counts", () => {
  const map = new MapTransform(linear, space, points);
  assert.deepEqual(map.support([1e6, 1e6], [3, 3, 1]), space.support([3, 3, 1]));
});

test("at a data point the inverse is the code of that point", () => {
  const map = new MapTransform(neighbors, space, points);
  assertClose(map.inverseTransform([30, -40]), [3, 4, 1], 1e-3);
});

test("between data points the inverse interpolates their codes", () => {
  const map = new MapTransform(neighbors, space, points);
  assertClose(map.inverseTransform([35, -40]), [3.5, 4, 1], 1e-3);
});

test("where the inverse is not exact, the distance on the map counts as well", () => {
  const map = new MapTransform(neighbors, space, points);
  assert.equal(map.support([1000, 0], [3, 3, 1]).level, "far from data");
  assert.equal(map.support([30, -30], [3, 3, 1]).level, "near data");
  assert.equal(map.support([30, -30], [99, 3, 1]).level, "far from data");
});
