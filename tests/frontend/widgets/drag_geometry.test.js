import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isClick,
  isOnHandle,
  isSideways,
  offsetToHandle,
  toFraction,
} from "../../../ui/frontend/widgets/drag_geometry.js";

const BOX = { left: 10, top: 20, width: 200, height: 100 };

test("a position is a fraction of the box, also beyond its edges", () => {
  assert.deepEqual(toFraction(BOX, { x: 60, y: 95 }), { x: 0.25, y: 0.75 });
  assert.deepEqual(toFraction(BOX, { x: -90, y: 220 }), { x: -0.5, y: 2 });
});

test("the offset leads from the pointer to the handle", () => {
  const pointer = { x: 100, y: 50 };
  const offset = offsetToHandle(BOX, { x: 0.5, y: 0.5 }, pointer);
  assert.deepEqual(offset, { x: 10, y: 20 });
  const handle = { x: pointer.x + offset.x, y: pointer.y + offset.y };
  assert.deepEqual(toFraction(BOX, handle), { x: 0.5, y: 0.5 });
});

test("on a track only the horizontal offset counts", () => {
  assert.deepEqual(offsetToHandle(BOX, { x: 0, y: null }, { x: 12, y: 99 }), { x: -2, y: 0 });
});

test("the handle is grabbed within 15 px", () => {
  assert.equal(isOnHandle({ x: 9, y: 11.9 }), true);
  assert.equal(isOnHandle({ x: 9, y: 12 }), false);
});

test("a movement of more than 5 px is a drag, and sideways if it is horizontal", () => {
  const from = { x: 0, y: 0 };
  assert.equal(isClick(from, { x: 3, y: 4 }), true);
  assert.equal(isClick(from, { x: 3, y: 4.1 }), false);
  assert.equal(isSideways(from, { x: -6, y: 0 }), true);
  assert.equal(isSideways(from, { x: 5, y: 50 }), false);
});
