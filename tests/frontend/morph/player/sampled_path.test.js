import assert from "node:assert/strict";
import { test } from "node:test";

import {
  SampledPath,
  nearDataFraction,
  supportLevel,
} from "../../../../ui/frontend/morph/player/sampled_path.js";
import { pathSpec } from "./sample_paths.js";

const LIMITS = { near: 1, sparse: 2 };
const path = new SampledPath(
  pathSpec(
    "linear",
    [0, 0.5, 1],
    [
      { code: [0, 0], distance: 0, point: [10, 20] },
      { code: [2, 4], distance: 2, point: [30, 40] },
      { code: [4, 0], distance: 4, point: [50, 60] },
    ],
  ),
  2,
);

test("at a node the sample is the node's", () => {
  const { code, distance, point } = path.at(0.5);
  assert.deepEqual([...code], [2, 4]);
  assert.equal(distance, 2);
  assert.deepEqual(point, [30, 40]);
});

test("between nodes code, distance and map point are interpolated linearly", () => {
  const { code, distance, point } = path.at(0.25);
  assert.deepEqual([...code], [1, 2]);
  assert.equal(distance, 1);
  assert.deepEqual(point, [20, 30]);
});

test("beyond an end the sample is that of the end", () => {
  assert.deepEqual([...path.at(-1).code], [0, 0]);
  assert.deepEqual([...path.at(9).code], [4, 0]);
});

test("a path without map points has none", () => {
  const nodes = [
    { code: [0, 0], distance: 0 },
    { code: [1, 1], distance: 0 },
  ];
  assert.equal(new SampledPath(pathSpec("linear", [0, 1], nodes), 2).at(0.5).point, null);
});

test("distances are those of the nodes", () => {
  assert.deepEqual([...path.distances], [0, 2, 4]);
});

test("the limits themselves are near and sparse", () => {
  assert.deepEqual(
    [0, 1, 1.01, 2, 2.01].map((distance) => supportLevel(distance, LIMITS)),
    ["near data", "near data", "sparse", "sparse", "far from data"],
  );
});

test("a quarter of the whole path, and half of its first half, is near data", () => {
  assert.equal(nearDataFraction(path, LIMITS, 0, 1), 0.25);
  assert.equal(nearDataFraction(path, LIMITS, 0, 0.5), 0.5);
});
