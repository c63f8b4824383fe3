import assert from "node:assert/strict";
import test from "node:test";

import { DoubleClickFilter } from "../../../../ui/frontend/map/input/double_click.js";

/** @param {[number, number, number]} second x, y and time of a click after one at 100, 100 and time 1000 */
function repeats(...second) {
  const filter = new DoubleClickFilter();
  assert.equal(filter.isRepeat(100, 100, 1000), false);
  return filter.isRepeat(...second);
}

test("a second click soon after and near is a repeat", () => {
  assert.equal(repeats(105, 105, 1300), true);
});

test("a later or farther click is none", () => {
  assert.equal(repeats(100, 100, 1500), false);
  assert.equal(repeats(112, 100, 1100), false);
});
