import assert from "node:assert/strict";
import { test } from "node:test";
import { Drawing, midpoint, strokeCurves } from "../../../ui/frontend/panels/drawing/drawing.js";

/** A drawing of two strokes. */
function twoStrokes() {
  const drawing = new Drawing();
  const first = drawing.begin(false, [0.1, 0.1]);
  const second = drawing.begin(false, [0.9, 0.9]);
  return { drawing, first, second };
}

test("a stroke can be continued after it is begun", () => {
  const { drawing, first } = twoStrokes();
  first.points.push([0.2, 0.2]);
  assert.deepEqual(drawing.strokes[0].points, [
    [0.1, 0.1],
    [0.2, 0.2],
  ]);
});

test("the last stroke is undone first, down to an empty drawing", () => {
  const { drawing, first } = twoStrokes();
  assert.equal(drawing.undo(), true);
  assert.deepEqual(drawing.strokes, [first]);
  assert.equal(drawing.undo(), true);
  assert.equal(drawing.undo(), false);
  assert.deepEqual([drawing.isBlank, drawing.length], [true, 0]);
});

test("clearing is undone like a stroke", () => {
  const { drawing, first, second } = twoStrokes();
  assert.equal(drawing.clear(), true);
  assert.deepEqual([drawing.strokes, drawing.isBlank, drawing.length], [[], true, 3]);
  drawing.undo();
  assert.deepEqual(drawing.strokes, [first, second]);
});

test("a blank drawing is not cleared again", () => {
  const { drawing } = twoStrokes();
  drawing.clear();
  assert.equal(drawing.clear(), false);
  assert.equal(drawing.length, 3);
});

test("a drawing of eraser strokes alone is blank", () => {
  const drawing = new Drawing();
  drawing.begin(true, [0.5, 0.5]);
  assert.equal(drawing.isBlank, true);
  drawing.begin(false, [0.5, 0.5]);
  assert.equal(drawing.isBlank, false);
});

/** @type {[number, number][]} */
const POINTS = [
  [0, 0],
  [2, 0],
  [2, 4],
  [6, 4],
];

test("curves start at the first point, join, and pass through midpoints", () => {
  const curves = strokeCurves(POINTS, 0);
  assert.deepEqual(curves[0], { from: [0, 0], control: [0, 0], to: [1, 0] });
  assert.deepEqual(curves[2], { from: [2, 2], control: [2, 4], to: midpoint([2, 4], [6, 4]) });
  curves.slice(1).forEach((curve, i) => assert.deepEqual(curve.from, curves[i].to));
});

test("drawing a stroke in pieces gives the same curves", () => {
  const pieces = [strokeCurves(POINTS.slice(0, 2), 0), strokeCurves(POINTS, 2)].flat();
  assert.deepEqual(pieces, strokeCurves(POINTS, 0));
});

test("a single point has no curves", () => {
  assert.deepEqual(strokeCurves([[1, 1]], 0), []);
});
