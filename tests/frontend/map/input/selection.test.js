import assert from "node:assert/strict";
import test from "node:test";

import { Selection } from "../../../../ui/frontend/map/input/selection.js";
import { PointColors } from "../../../../ui/frontend/map/scene/point_colors.js";

/** A selection on a map with three samples; the sample at pixel (x, 0) is x, elsewhere there is none. */
function setUp({ canSelectPoint = true } = {}) {
  const calls = { sample: 0, point: 0 };
  /** @type {unknown[][]} */ const sent = [];
  /** @type {string[]} */ const announced = [];
  const colors = new PointColors();
  colors.values = Uint8Array.of(0, 1, 0);
  colors.filter(new Set());
  const screen = {
    sampleAt: (/** @type {number} */ x, /** @type {number} */ y) => (y === 0 ? x : null),
  };
  const selection = new Selection(
    { screen, colors },
    {
      sampleChanged: () => (calls.sample += 1),
      pointChanged: () => (calls.point += 1),
      canSelectPoint: () => canSelectPoint,
      pointAt: (x, y) => [x / 3, y / 3],
      levelAt: () => "sparse",
      sampleText: (id) => `sample ${id}`,
      announce: (text) => announced.push(text),
      send: (event, value) => sent.push([event, value]),
    },
  );
  return { selection, calls, sent, announced, colors };
}

test("a click on a sample selects it", () => {
  const { selection, sent, announced } = setUp();
  selection.click(2, 0, 9, true);
  assert.equal(selection.sample, 2);
  assert.deepEqual(sent, [["picked", { id: 2 }]]);
  assert.deepEqual(announced, ["sample 2"]);
});

test("a click between the samples selects the point, with six digits", () => {
  const { selection, sent, announced } = setUp();
  selection.click(1, 0, 9, true);
  selection.click(10, 20, 9, true);
  assert.equal(selection.sample, null);
  assert.deepEqual(selection.point, [3.33333, 6.66667]);
  assert.deepEqual(sent[1], ["placed", { at: [3.33333, 6.66667] }]);
  assert.match(announced[1], /sparse/);
});

test("selecting a sample removes the selected point", () => {
  const { selection } = setUp();
  selection.click(10, 20, 9, true);
  selection.click(1, 0, 9, true);
  assert.deepEqual([selection.sample, selection.point], [1, null]);
});

test("a double click selects its point once", (context) => {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  const { selection, sent } = setUp();
  selection.click(10, 20, 9, true);
  now = 200;
  selection.click(11, 20, 9, true);
  assert.equal(sent.length, 1);
  now = 1000;
  selection.click(11, 20, 9, true);
  assert.equal(sent.length, 2);
});

test("no point is selected while an outline is drawn or where the page does not allow it", () => {
  const drawing = setUp();
  drawing.selection.click(10, 20, 9, false);
  const notAllowed = setUp({ canSelectPoint: false });
  notAllowed.selection.click(10, 20, 9, true);
  for (const { selection, sent } of [drawing, notAllowed]) {
    assert.equal(selection.point, null);
    assert.deepEqual(sent, []);
  }
});

test("steps select the next visible sample", () => {
  const { selection, colors } = setUp();
  colors.filter(new Set([1]));
  selection.step(1);
  selection.step(1);
  assert.equal(selection.sample, 2);
  selection.step(1);
  assert.equal(selection.sample, 0);
});

test("a step with nothing visible changes nothing", () => {
  const { selection, colors, sent } = setUp();
  colors.filter(new Set([0, 1]));
  selection.step(1);
  assert.equal(selection.sample, null);
  assert.deepEqual(sent, []);
});

test("Python's values are taken over without being sent back", () => {
  const { selection, calls, sent } = setUp();
  selection.syncSample(1);
  selection.syncPoint([4, 5]);
  assert.deepEqual([selection.sample, selection.point], [1, [4, 5]]);
  assert.deepEqual(calls, { sample: 1, point: 1 });
  selection.syncSample(1);
  assert.equal(calls.sample, 1); // unchanged
  assert.deepEqual(sent, []);
});

test("an old value of Python does not undo a later click", () => {
  const { selection } = setUp();
  selection.syncSample(0);
  selection.click(2, 0, 9, true);
  selection.syncSample(0);
  assert.equal(selection.sample, 2);
  selection.syncSample(2); // the echo
  selection.syncSample(null);
  assert.equal(selection.sample, null);
});
