import assert from "node:assert/strict";
import test from "node:test";

import { CORNERS, Normalizer } from "../../../../ui/frontend/map/scene/normalizer.js";

test("the longer side fills [-1, 1], the shorter one keeps the aspect ratio", () => {
  const normalizer = new Normalizer([0, 10], [4, 12]);
  const positions = normalizer.normalize([0, 10, 4, 12, 2, 11]);
  assert.deepEqual([...positions], [-1, -0.5, 0, 1, 0.5, 0, 0, 0, 0]);
});

test("three dimensions keep all three values", () => {
  const normalizer = new Normalizer([0, 0, 0], [2, 2, 4]);
  assert.deepEqual([...normalizer.normalize([2, 0, 4])], [0.5, -0.5, 1]);
});

test("denormalize is the inverse of normalize", () => {
  const normalizer = new Normalizer([-3, 2], [5, 3]);
  const point = [0.25, 2.75];
  assert.deepEqual(normalizer.denormalize(normalizer.normalize(point)), point);
});

test("points that coincide are at the center", () => {
  const normalizer = new Normalizer([5, 5], [5, 5]);
  assert.deepEqual([...normalizer.normalize([5, 5])], [0, 0, 0]);
});

test("the cube has eight different corners", () => {
  const corners = Array.from({ length: 8 }, (_, k) => [...CORNERS.subarray(3 * k, 3 * k + 3)]);
  assert.ok(corners.flat().every((value) => Math.abs(value) === 1));
  assert.equal(new Set(corners.map(String)).size, 8);
});
