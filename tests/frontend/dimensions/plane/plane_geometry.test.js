import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fromPlane,
  planeAspect,
  planeGridCodes,
  planeKeyTarget,
  toPlane,
  toPlaneClamped,
} from "../../../../ui/frontend/dimensions/plane/plane_geometry.js";

const RANGES = { low: [-2, 0], high: [2, 10] };
const press = (key, modifiers = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});

test("the plane's top is the high end of the second dimension", () => {
  assert.deepEqual(toPlane(RANGES, [-2, 10]), { x: 0, y: 0 });
  assert.deepEqual(toPlane(RANGES, [1, 2.5]), { x: 0.75, y: 0.75 });
  assert.deepEqual([...fromPlane(RANGES, { x: 0.75, y: 0.75 })], [1, 2.5]);
});

test("a code outside is placed on the edge", () => {
  assert.deepEqual(toPlane(RANGES, [4, 5]), { x: 1.5, y: 0.5 });
  assert.deepEqual(toPlaneClamped(RANGES, [4, 15]), { x: 1, y: 0 });
  assert.deepEqual([...fromPlane(RANGES, { x: 2, y: 2 })], [2, 0]);
});

test("the aspect is that of the ranges, within limits", () => {
  assert.equal(planeAspect({ low: [0, 0], high: [4, 5] }), 1.25);
  assert.equal(planeAspect({ low: [0, 0], high: [4, 40] }), 1.5);
  assert.equal(planeAspect({ low: [0, 0], high: [40, 4] }), 0.6);
});

test("grid codes lie at the centers of the cells, row after row from the top", () => {
  assert.deepEqual([...planeGridCodes(RANGES, 2, 2)], [-1, 7.5, 1, 7.5, -1, 2.5, 1, 2.5]);
});

test("keys move one dimension and stop at its ends", () => {
  const code = Float32Array.of(0, 5);
  const target = (key, modifiers) => [...planeKeyTarget(press(key, modifiers), RANGES, code)];
  assert.deepEqual(target("ArrowRight", { shiftKey: true }), [Math.fround(0.4), 5]);
  assert.deepEqual(target("ArrowDown", { shiftKey: true }), [0, 4]);
  assert.deepEqual(target("Home"), [-2, 5]);
  assert.deepEqual(target("PageUp"), [0, 10]);
  assert.deepEqual([...code], [0, 5]);
  assert.equal(planeKeyTarget(press("ArrowLeft"), RANGES, Float32Array.of(-2, 5))[0], -2);
});

test("other keys lead nowhere", () => {
  assert.equal(planeKeyTarget(press("x"), RANGES, Float32Array.of(0, 0)), null);
  assert.equal(
    planeKeyTarget(press("Home", { metaKey: true }), RANGES, Float32Array.of(0, 0)),
    null,
  );
});
