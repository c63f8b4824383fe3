import assert from "node:assert/strict";
import test from "node:test";

import { clipMatrix } from "../../../../ui/frontend/map/scene/axes_2d.js";
import { PointColors } from "../../../../ui/frontend/map/scene/point_colors.js";
import { PointPositions } from "../../../../ui/frontend/map/scene/positions.js";
import { ScreenPoints } from "../../../../ui/frontend/map/scene/screen_points.js";

/** Two samples on a plot of 100 × 100 pixels that shows [-1, 1]. */
function fakeScene() {
  const positions = new PointPositions();
  positions.set(Float32Array.of(0, 0, 0, 0.5, 0, 0), Float32Array.of(0, 0, 0, -0.5, 0, 0));
  const colors = new PointColors();
  colors.values = Uint8Array.of(0, 1);
  colors.filter(new Set());
  const matrix = clipMatrix([
    [-1, 1],
    [-1, 1],
  ]);
  const view = { matrix: () => matrix, pointSize: () => 4 };
  const element = { clientWidth: 100, clientHeight: 100 };
  return /** @type {any} */ ({ ready: true, complete: true, view, element, positions, colors });
}

test("positions are projected to pixels of the plot", () => {
  const projector = new ScreenPoints(fakeScene()).projector();
  const { x, y } = projector([0.5, 1, 0]);
  assert.deepEqual([x, y], [75, 0]);
});

test("a sample is hit where it is now, during a transition too", () => {
  const scene = fakeScene();
  const screen = new ScreenPoints(scene);
  assert.equal(screen.sampleAt(75, 50, 3), 1);
  scene.positions.progress = 0;
  assert.equal(screen.sampleAt(75, 50, 3), null);
  assert.equal(screen.sampleAt(25, 50, 3), 1);
});

test("a large point is hit within its own radius and a margin", () => {
  const scene = fakeScene();
  const screen = new ScreenPoints(scene);
  assert.equal(screen.sampleAt(75, 62, 3), null);
  scene.view.pointSize = () => 20;
  assert.equal(screen.sampleAt(75, 62, 3), 1);
});

test("nothing is hit before the map is ready", () => {
  const scene = fakeScene();
  const screen = new ScreenPoints(scene);
  for (const name of ["ready", "complete"]) {
    scene[name] = false;
    assert.equal(screen.sampleAt(75, 50, 3), null);
    scene[name] = true;
  }
});

test("an outline contains visible samples only", () => {
  const scene = fakeScene();
  /** @type {[number, number][]} */ const outline = [
    [10, 10],
    [90, 10],
    [90, 90],
    [10, 90],
  ];
  assert.deepEqual([...new ScreenPoints(scene).samplesInside(outline)], [1, 1]);
  scene.colors.filter(new Set([0]));
  assert.deepEqual([...new ScreenPoints(scene).samplesInside(outline)], [0, 1]);
});
