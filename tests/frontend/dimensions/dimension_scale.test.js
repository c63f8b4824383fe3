import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fractionOf,
  keyTarget,
  outsideRange,
  valueAt,
} from "../../../ui/frontend/dimensions/dimension_scale.js";

const RANGES = { low: [-2, 0], high: [2, 10] };
const press = (key, modifiers = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});

test("position and value are inverse within the slider", () => {
  assert.equal(fractionOf(RANGES, 1, 2.5), 0.25);
  assert.equal(valueAt(RANGES, 1, 0.25), 2.5);
  assert.equal(valueAt(RANGES, 0, 1.7), 2);
  assert.equal(valueAt(RANGES, 0, -1), -2);
  assert.equal(fractionOf(RANGES, 0, 4), 1.5);
});

test("a value is outside on either side, at the ends it is inside", () => {
  assert.deepEqual(
    [-2.1, -2, 0, 2, 2.1].map((value) => outsideRange(RANGES, 0, value)),
    ["low", null, null, null, "high"],
  );
});

test("arrows move a hundredth, with shift a tenth, page keys a tenth", () => {
  const target = (key, modifiers) => keyTarget(press(key, modifiers), RANGES, 1, 5);
  assert.equal(target("ArrowRight"), 5.1);
  assert.equal(target("ArrowUp"), 5.1);
  assert.equal(target("ArrowLeft"), 4.9);
  assert.equal(target("ArrowDown", { shiftKey: true }), 4);
  assert.equal(target("PageUp"), 6);
  assert.equal(target("Home"), 0);
  assert.equal(target("End"), 10);
});

test("other keys, and keys with control or alt, lead nowhere", () => {
  assert.equal(keyTarget(press("a"), RANGES, 0, 0), null);
  assert.equal(keyTarget(press("ArrowUp", { ctrlKey: true }), RANGES, 0, 0), null);
  assert.equal(keyTarget(press("End", { altKey: true }), RANGES, 0, 0), null);
});

test("keys stop at the ends; a value beyond an end moves back but no further away", () => {
  assert.equal(keyTarget(press("PageUp"), RANGES, 0, 1.9), 2);
  assert.equal(keyTarget(press("ArrowUp"), RANGES, 0, 5), 5);
  assert.equal(keyTarget(press("ArrowDown"), RANGES, 0, 5), 4.96);
});
