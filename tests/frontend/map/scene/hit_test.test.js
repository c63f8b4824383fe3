import assert from "node:assert/strict";
import test from "node:test";

import { clipMatrix } from "../../../../ui/frontend/map/scene/axes_2d.js";
import { nearestPoint, pointsInside, project } from "../../../../ui/frontend/map/scene/hit_test.js";

/** 200 × 100 pixels that show x in [-2, 2] and y in [-1, 1]: 50 pixels per unit. */
const SCREEN = {
  matrix: clipMatrix([
    [-2, 2],
    [-1, 1],
  ]),
  width: 200,
  height: 100,
};
const POSITIONS = Float32Array.of(0, 0, 0, 1, 0.5, 0, -1, -0.5, 0);
const ALL = Uint8Array.of(1, 1, 1);
/** A perspective camera at z = 2 that looks at the origin: depth is 2 - z. */
const PERSPECTIVE = {
  matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, -1, 0, 0, 0, 2],
  width: 100,
  height: 100,
};

test("the center is projected to the middle, y points up", () => {
  assert.deepEqual(project(SCREEN, 0, 0, 0), { x: 100, y: 50, depth: 1 });
  assert.deepEqual(project(SCREEN, 1, 0.5, 0), { x: 150, y: 25, depth: 1 });
});

test("a perspective projection divides by the depth", () => {
  assert.deepEqual(project(PERSPECTIVE, 1, 0, 1), { x: 100, y: 50, depth: 1 });
  assert.deepEqual(project(PERSPECTIVE, 1, 0, 0), { x: 75, y: 50, depth: 2 });
});

test("the nearest point within the radius is hit", () => {
  assert.equal(nearestPoint(SCREEN, POSITIONS, ALL, 148, 26, 9), 1);
  assert.equal(nearestPoint(SCREEN, POSITIONS, ALL, 120, 50, 9), null);
  assert.equal(nearestPoint(SCREEN, POSITIONS, ALL, 108, 50, 9), 0);
});

test("a hidden point is not hit", () => {
  assert.equal(nearestPoint(SCREEN, POSITIONS, Uint8Array.of(1, 0, 1), 150, 25, 9), null);
});

test("of two points at one pixel the one in front is hit, and none behind the camera", () => {
  const aligned = Float32Array.of(0, 0, -1, 0, 0, 1, 0, 0, 3);
  assert.equal(nearestPoint(PERSPECTIVE, aligned, ALL, 50, 50, 5), 1);
  assert.equal(nearestPoint(PERSPECTIVE, aligned, Uint8Array.of(0, 0, 1), 50, 50, 5), null);
});

test("a box contains the points inside it", () => {
  /** @type {[number, number][]} */ const box = [
    [90, 20],
    [160, 20],
    [160, 60],
    [90, 60],
  ];
  assert.deepEqual([...pointsInside(SCREEN, POSITIONS, ALL, box)], [1, 1, 0]);
  assert.deepEqual([...pointsInside(SCREEN, POSITIONS, Uint8Array.of(0, 1, 1), box)], [0, 1, 0]);
});

test("a slanted edge separates the points on its two sides", () => {
  /** @type {[number, number][]} */ const triangle = [
    [130, 10],
    [170, 10],
    [130, 50],
  ];
  assert.equal(pointsInside(SCREEN, POSITIONS, ALL, triangle)[1], 1); // at (150, 25)
  /** @type {[number, number][]} */ const opposite = [
    [170, 10],
    [170, 50],
    [130, 50],
  ];
  assert.equal(pointsInside(SCREEN, POSITIONS, ALL, opposite)[1], 0);
});

test("a lasso around a concave region leaves out its notch", () => {
  /** A U around the point in the middle. @type {[number, number][]} */ const lasso = [
    [40, 10],
    [80, 10],
    [80, 80],
    [120, 80],
    [120, 10],
    [160, 10],
    [160, 95],
    [40, 95],
  ];
  assert.deepEqual([...pointsInside(SCREEN, POSITIONS, ALL, lasso)], [0, 1, 1]);
});

test("the even-odd rule excludes what an outline encloses twice", () => {
  /** @type {[number, number][]} */ const square = [
    [80, 30],
    [120, 30],
    [120, 70],
    [80, 70],
  ];
  assert.equal(pointsInside(SCREEN, POSITIONS, ALL, square)[0], 1);
  assert.equal(pointsInside(SCREEN, POSITIONS, ALL, [...square, ...square])[0], 0);
});
