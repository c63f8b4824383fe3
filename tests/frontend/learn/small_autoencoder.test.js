// @ts-check
/** The mathematics of the small autoencoder and of its plot. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { applyAffine, clipToPicture, meanSquaredError } from "../../../ui/frontend/learn/affine.js";
import {
  HOME,
  seenFrom,
  turnedBy,
  turnedDegrees,
} from "../../../ui/frontend/learn/plot_geometry.js";

test("an affine function is weight @ x + bias", () => {
  const affine = {
    weight: [
      [1, 2],
      [0, -1],
      [3, 0],
    ],
    bias: [0.5, 0, -1],
  };
  assert.deepEqual(applyAffine(affine, [2, 3]), [8.5, -3, 5]);
});

test("a decoded picture is limited to 0 and 1, and its error is the mean square", () => {
  assert.deepEqual(clipToPicture([-0.2, 0.4, 1.3]), [0, 0.4, 1]);
  assert.equal(meanSquaredError([0, 1], [1, 1]), 0.5);
});

test("seen from the front, x is to the right, z up and y away", () => {
  const front = { yaw: 0, pitch: 0 };
  assert.deepEqual(seenFrom([1, 0.5, 0.5], front).x, 0.5);
  assert.deepEqual(seenFrom([0.5, 0.5, 1], front).y, -0.5);
  assert.deepEqual(seenFrom([0.5, 1, 0.5], front).depth, 0.5);
});

test("a turned cube keeps its distances", () => {
  const view = { yaw: 71, pitch: -35 };
  const [a, b] = [seenFrom([0.1, 0.9, 0.3], view), seenFrom([0.7, 0.2, 0.5], view)];
  const seen = Math.hypot(a.x - b.x, a.y - b.y, a.depth - b.depth);
  assert.ok(Math.abs(seen - Math.hypot(0.6, 0.7, 0.2)) < 1e-9);
});

test("a drag is counted in degrees, and never turns the cube upside down", () => {
  assert.equal(turnedDegrees(HOME), 0);
  assert.ok(Math.abs(turnedDegrees(turnedBy(HOME, -100, 0)) - 55) < 1e-9);
  assert.equal(turnedBy(HOME, 0, 9999).pitch, 85);
});
