import assert from "node:assert/strict";
import { test } from "node:test";
import { clipMatrix } from "../../../../ui/frontend/map/scene/axes_2d.js";
import { homeCamera, projectionMatrix } from "../../../../ui/frontend/map/scene/camera_3d.js";
import {
  CanvasPoints,
  depthOrder,
  projectPoints,
} from "../../../../ui/frontend/map/scene/canvas_points.js";

const CANVAS = { width: 200, height: 100 };
const STYLE = {
  matrix: clipMatrix([
    [-1, 1],
    [-1, 1],
  ]),
  size: 4,
  opacity: 1,
  background: /** @type {[number, number, number]} */ ([0, 0, 0]),
};

/** @param {number[][]} positions @param {number[]} alpha */
function points(positions, alpha) {
  const made = new CanvasPoints();
  const table = Float32Array.from(positions.flat());
  made.setPositions(table, new Float32Array(table.length));
  made.setColors(Uint8Array.from(alpha.flatMap((value, i) => [i, 2, 3, value])));
  return made;
}

test("points are at the pixels of their positions, hidden ones are left out", () => {
  const made = points(
    [
      [0.5, 0.5, 0],
      [0, 0, 0],
    ],
    [255, 0],
  );
  const [point, ...others] = projectPoints(made, STYLE, 1, 1, CANVAS);
  assert.deepEqual(others, []);
  assert.deepEqual([point.x, point.y, point.size, point.alpha], [150, 25, 4, 1]);
  assert.equal(point.color, "rgb(0,2,3)");
});

test("a transition begins at the previous positions", () => {
  const made = points([[1, 1, 0]], [255]);
  const at = (/** @type {number} */ progress) =>
    projectPoints(made, STYLE, progress, 1, CANVAS)[0].x;
  assert.deepEqual([at(0), at(0.5), at(1)], [100, 150, 200]);
});

test("a stride leaves points out", () => {
  const made = points(
    [
      [0, 0, 0],
      [0.1, 0, 0],
      [0.2, 0, 0],
    ],
    [255, 255, 255],
  );
  assert.equal(projectPoints(made, STYLE, 1, 2, CANVAS).length, 2);
});

test("in 3D the most distant point is drawn first, smaller and fainter", () => {
  const matrix = projectionMatrix(homeCamera(1.7), 2);
  const depthRange = Math.hypot(matrix[3], matrix[7], matrix[11]);
  const style = { ...STYLE, matrix, centerDepth: matrix[15], depthRange };
  const made = points(
    [
      [1, 1, 1],
      [-1, -1, -1],
    ],
    [255, 255],
  );
  const found = projectPoints(made, style, 1, 1, CANVAS);
  assert.deepEqual(depthOrder(found), [1, 0]);
  assert.ok(found[1].size < found[0].size && found[1].alpha < found[0].alpha);
});
