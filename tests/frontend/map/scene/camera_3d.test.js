import assert from "node:assert/strict";
import test from "node:test";

import {
  cameraDistance,
  homeCamera,
  multiply,
  panCamera,
  projectionMatrix,
  rotateCamera,
  scaling,
  zoomCamera,
} from "../../../../ui/frontend/map/scene/camera_3d.js";
import { CORNERS } from "../../../../ui/frontend/map/scene/normalizer.js";

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0);
/** @param {number[]} a @param {number[]} b */
const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
/** @param {number[]} a */
const unit = (a) => a.map((value) => value / Math.hypot(...a));

/**
 * The largest screen coordinate of all positions, 1 being the edge of the view, of a camera
 * with a vertical field of view of 45° at the home position.
 * @param {Float32Array} positions @param {number} aspect
 */
function farthestFromCenter(positions, aspect) {
  const { eye } = homeCamera(cameraDistance(positions, aspect));
  const camera = [eye.x, eye.y, eye.z];
  const back = unit(camera);
  const right = unit(cross([0, 0, 1], back));
  const up = cross(back, right);
  const tan = Math.tan(Math.PI / 8);
  let farthest = 0;
  for (let i = 0; i < positions.length; i += 3) {
    const world = [...positions.subarray(i, i + 3)].map((value) => value / 2); // the world's cube has side 1
    const depth = dot(back, camera) - dot(back, world);
    const x = Math.abs(dot(world, right)) / (depth * tan * aspect);
    const y = Math.abs(dot(world, up)) / (depth * tan);
    farthest = Math.max(farthest, x, y);
  }
  return farthest;
}

for (const aspect of [0.5, 1, 2]) {
  test(`the home camera shows the whole cube, nearly filling the view, at aspect ratio ${aspect}`, () => {
    const farthest = farthestFromCenter(CORNERS, aspect);
    assert.ok(farthest > 0.85 && farthest < 1, `${farthest}`);
  });
}

test("a single position is in view, near the edge, wherever it is", () => {
  for (const position of [
    [0.9, 0.2, 0.1],
    [-0.9, 0.2, -0.5],
    [0.1, -0.8, 0.9],
  ]) {
    const farthest = farthestFromCenter(Float32Array.from(position), 1);
    assert.ok(farthest > 0.85 && farthest < 0.95, `${position}: ${farthest}`);
  }
});

test("the camera is nearer to smaller maps, up to a limit", () => {
  const half = CORNERS.map((value) => value / 2);
  assert.ok(cameraDistance(half, 1) < cameraDistance(CORNERS, 1));
  assert.equal(cameraDistance(Float32Array.of(0, 0, 0), 1), 0.2);
});

test("the home camera looks at the center, with z up", () => {
  const { eye, center, up } = homeCamera(2);
  assert.ok(Math.abs(Math.hypot(eye.x, eye.y, eye.z) - 2) < 0.01);
  assert.deepEqual(center, { x: 0, y: 0, z: 0 });
  assert.deepEqual(up, { x: 0, y: 0, z: 1 });
});

test("zooming divides the distance from the camera's own center and keeps the rest", () => {
  const camera = {
    eye: { x: 3, y: 1, z: 1 },
    center: { x: 1, y: 1, z: 0 },
    up: { x: 0, y: 0, z: 1 },
  };
  const zoomed = zoomCamera(camera, 2);
  assert.deepEqual(zoomed, { ...camera, eye: { x: 2, y: 1, z: 0.5 } });
  assert.deepEqual(camera.eye, { x: 3, y: 1, z: 1 });
});

test("matrices are multiplied column after column", () => {
  const translation = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 5, 6, 7, 1];
  assert.deepEqual(multiply(scaling([1, 1, 1]), translation), translation);
  const scaledAfter = multiply(scaling([2, 3, 4]), translation);
  assert.deepEqual(scaledAfter.slice(12), [10, 18, 28, 1]);
  const scaledBefore = multiply(translation, scaling([2, 3, 4]));
  assert.deepEqual(scaledBefore.slice(12), [5, 6, 7, 1]);
});

/** Where a map position is in clip space. @param {number[]} matrix @param {number[]} position */
function clip(matrix, position) {
  const at = [0, 1, 2, 3].map((row) =>
    [...position, 1].reduce((sum, value, k) => sum + matrix[4 * k + row] * value, 0),
  );
  return at.slice(0, 3).map((value) => value / at[3]);
}

test("the center of the camera is in the middle, z is up and nearer points are nearer", () => {
  const matrix = projectionMatrix(homeCamera(1.5), 2);
  const [x, y] = clip(matrix, [0, 0, 0]);
  assert.ok(Math.hypot(x, y) < 1e-9);
  assert.ok(clip(matrix, [0, 0, 0.5])[1] > 0.1);
  assert.ok(clip(matrix, [0.5, 0.5, 0.3])[2] < clip(matrix, [-0.5, -0.5, -0.3])[2]);
});

test("the projection is that of a 45° field of view", () => {
  const camera = { ...homeCamera(1), eye: { x: 1, y: 0, z: 0 } };
  const edge = 2 * Math.tan(Math.PI / 8); // in the map, which is twice as large as the world
  const matrix = projectionMatrix(camera, 2);
  assert.ok(Math.abs(clip(matrix, [0, 0, edge])[1] - 1) < 1e-9);
  assert.ok(Math.abs(clip(matrix, [0, 2 * edge, 0])[0] - 1) < 1e-9);
});

test("points turn with the pointer, at the same distance, and never over the top", () => {
  const home = homeCamera(1.5);
  const before = clip(projectionMatrix(home, 1), [0.5, 0.5, 0]);
  const turned = rotateCamera(home, 0.2, 0);
  assert.ok(clip(projectionMatrix(turned, 1), [0.5, 0.5, 0])[0] > before[0] + 0.05);
  const { eye } = rotateCamera(home, 1, 50);
  assert.ok(
    Math.abs(Math.hypot(eye.x, eye.y, eye.z) - Math.hypot(...Object.values(home.eye))) < 1e-9,
  );
  assert.ok(eye.z > 1.49 && eye.z < 1.501);
});

test("a panned point follows the pointer", () => {
  const home = homeCamera(1.5);
  const [x, y] = clip(projectionMatrix(panCamera(home, 0.1, 0.2), 1), [0, 0, 0]);
  assert.ok(Math.abs(x - 0.2) < 1e-9); // clip space is two heights high
  assert.ok(Math.abs(y + 0.4) < 1e-9);
});
