import assert from "node:assert/strict";
import { test } from "node:test";
import { PointIndex, quantileRank } from "../../../ui/frontend/latent/neighbors.js";

/** Reproducible values in [0, 1). @param {number} seed */
function randomGenerator(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

test("nearest neighbors are those of sorting all distances", () => {
  const random = randomGenerator(1);
  const table = Float32Array.from({ length: 300 * 3 }, random);
  const index = new PointIndex(table, 3, []);
  for (const n of [1, 2, 7, 300]) {
    const query = [random(), random(), random()];
    const distances = Array.from({ length: 300 }, (_, i) =>
      Math.hypot(...query.map((value, d) => table[3 * i + d] - value)),
    );
    const expected = distances.map((_, i) => i).sort((a, b) => distances[a] - distances[b]);
    const found = index.nearest(query, n);
    assert.deepEqual([...found.index], expected.slice(0, n));
    found.distance.forEach((value, k) =>
      assert.ok(Math.abs(value - distances[expected[k]]) < 1e-12),
    );
  }
});

test("at most all points are returned, equal distances in the order of the data", () => {
  const index = new PointIndex(Float32Array.of(1, 0, 1, 0), 1, []);
  assert.deepEqual([...index.nearest([0], 9).index], [1, 3, 0, 2]);
});

test("a distance can use some of the dimensions", () => {
  const index = new PointIndex(Float32Array.of(0, 9, 5, 0), 2, [], [0]);
  assert.deepEqual([...index.nearest([1, 0], 1).index], [1]);
  assert.deepEqual([...index.nearest([1, 0], 1, index.activeDims).index], [0]);
});

test("the distance rank compares the scaled distance from five neighbors with the quantiles", () => {
  const table = Float32Array.from({ length: 10 }, (_, i) => i); // the five nearest to 0: mean 2
  const scaled = 2 / Math.sqrt(2.12); // 2.12 is their mean distance to their own five nearest
  const rank = (/** @type {number} */ limit) =>
    new PointIndex(table, 1, [0, limit]).distanceRank([0]);
  assert.ok(Math.abs(rank(2 * scaled) - 0.5) < 1e-12);
  assert.equal(rank(0.9 * scaled), 1);
});

test("ranks are interpolated between quantiles and clipped", () => {
  const quantiles = [0, 1, 3, 3, 11];
  const ranks = [-1, 0, 0.5, 1, 2, 7, 11, 12].map((value) => quantileRank(value, quantiles));
  assert.deepEqual(ranks, [0, 0, 0.125, 0.25, 0.375, 0.875, 1, 1]);
});

test("coinciding quantiles give a finite rank", () => {
  assert.equal(quantileRank(2, [2, 2, 2]), 0);
  assert.equal(quantileRank(3, [1, 3, 3, 5]), 2 / 3);
});
