// @ts-check
/** Positions and distances on the plane with points. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cosineDistance,
  distance,
  onPlane,
  pairs,
} from "../../../ui/frontend/learn/plane_geometry.js";

test("a position stays on the plane and has two decimals", () => {
  assert.deepEqual(onPlane([1.2, -0.3]), [1, 0]);
  assert.deepEqual(onPlane([0.45678, 0.1 + 0.2]), [0.46, 0.3]);
});

test("a distance is Euclidean", () => {
  assert.ok(Math.abs(distance([0.4, 0.5], [0.7, 0.9]) - 0.5) < 1e-9);
});

test("cosine distance sees only directions", () => {
  assert.ok(Math.abs(cosineDistance([0.1, 0.2], [0.4, 0.8])) < 1e-9);
  assert.equal(cosineDistance([0.3, 0], [0, 0.7]), 1);
  assert.equal(cosineDistance([0, 0], [0, 0.7]), 1);
});

test("each pair is listed once", () => {
  assert.deepEqual(pairs(3), [
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
});
