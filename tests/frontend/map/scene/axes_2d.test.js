import assert from "node:assert/strict";
import test from "node:test";

import {
  clipMatrix,
  extentOf,
  homeRanges,
  magnification,
  panRanges,
  unproject,
  zoomRanges,
} from "../../../../ui/frontend/map/scene/axes_2d.js";
import { project } from "../../../../ui/frontend/map/scene/hit_test.js";

/** @typedef {import("../../../../ui/frontend/map/scene/axes_2d.js").Ranges} Ranges */

/** @type {Ranges} */ const RANGES = [
  [-0.5, 1.5],
  [0.25, 1.25],
];

test("the extent is the largest absolute coordinate, and never zero", () => {
  assert.deepEqual(extentOf(Float32Array.of(-0.5, 0.25, 0, 0.125, -1, 0)), [0.5, 1]);
  const [halfWidth, halfHeight] = extentOf(Float32Array.of(0, 0, 0));
  assert.ok(halfWidth > 0 && halfHeight > 0);
});

for (const aspect of [0.5, 1, 3]) {
  test(`home shows all points with a margin at aspect ratio ${aspect}`, () => {
    const [[left, right], [low, high]] = homeRanges([1, 0.5], aspect);
    assert.ok(left < -1 && right > 1 && low < -0.5 && high > 0.5);
    assert.ok(Math.abs((right - left) / (high - low) - aspect) < 1e-12);
    const margin = Math.min(right / 1, high / 0.5); // of the side that fits tightly
    assert.ok(Math.abs(margin - 1.06) < 1e-12);
  });
}

test("zoom keeps the center and divides the ranges", () => {
  assert.deepEqual(zoomRanges(RANGES, 2), [
    [0, 1],
    [0.5, 1],
  ]);
  assert.equal(magnification(zoomRanges(RANGES, 2), RANGES), 2);
  assert.deepEqual(zoomRanges(zoomRanges(RANGES, 4), 0.25), RANGES);
});

test("the corners of the ranges are the corners of the plot", () => {
  const screen = { matrix: clipMatrix(RANGES), width: 800, height: 400 };
  const { x: left, y: bottom } = project(screen, -0.5, 0.25, 0);
  const { x: right, y: top } = project(screen, 1.5, 1.25, 0);
  assert.deepEqual([left, bottom, right, top], [0, 400, 800, 0]);
});

test("unproject is the inverse of project", () => {
  const size = { width: 640, height: 480 };
  const [x, y] = unproject(RANGES, size, 100, 333);
  const pixel = project({ matrix: clipMatrix(RANGES), ...size }, x, y, 0);
  assert.ok(Math.hypot(pixel.x - 100, pixel.y - 333) < 1e-9);
});

test("zooming around a position leaves that position where it is", () => {
  const size = { width: 300, height: 150 };
  const at = unproject(RANGES, size, 40, 20);
  const zoomed = zoomRanges(RANGES, 3, at);
  const after = unproject(zoomed, size, 40, 20);
  after.forEach((value, k) => assert.ok(Math.abs(value - at[k]) < 1e-12));
  assert.ok(Math.abs(magnification(zoomed, RANGES) - 3) < 1e-12);
});

test("a panned position follows the pointer, and nothing is enlarged", () => {
  const size = { width: 300, height: 150 };
  const at = unproject(RANGES, size, 40, 20);
  const moved = panRanges(RANGES, size, 25, -10);
  const after = unproject(moved, size, 65, 10);
  after.forEach((value, k) => assert.ok(Math.abs(value - at[k]) < 1e-12));
  assert.equal(magnification(moved, RANGES), 1);
});
