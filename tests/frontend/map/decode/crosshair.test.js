import assert from "node:assert/strict";
import test from "node:test";

import { nextPosition } from "../../../../ui/frontend/map/decode/crosshair.js";

const SIZE = { width: 300, height: 200 };

test("the first key shows the crosshair at the center, whichever it is", () => {
  assert.deepEqual(nextPosition(null, 1, 0, SIZE), { x: 150, y: 100 });
});

test("each further key moves it by ten pixels", () => {
  assert.deepEqual(nextPosition({ x: 150, y: 100 }, -1, 0, SIZE), { x: 140, y: 100 });
  assert.deepEqual(nextPosition({ x: 150, y: 100 }, 0, 1, SIZE), { x: 150, y: 110 });
});

test("it stays within the plot", () => {
  assert.deepEqual(nextPosition({ x: 4, y: 195 }, -1, 1, SIZE), { x: 0, y: 199 });
  assert.deepEqual(nextPosition({ x: 295, y: 4 }, 1, -1, SIZE), { x: 299, y: 0 });
});
