import assert from "node:assert/strict";
import { test } from "node:test";

import {
  padKeyTarget,
  positionText,
  roundPosition,
  toFraction,
  toSide,
} from "../../../../ui/frontend/morph/corners/pad_geometry.js";

const MODIFIERS = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
const target = (key, position, change) => padKeyTarget({ key, ...MODIFIERS, ...change }, position);
const isClose = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);

test("0 and 1 are the centers of the outer images", () => {
  isClose(toSide(0), 0.5 / 11);
  isClose(toSide(1), 10.5 / 11);
  isClose(toSide(0.5), 0.5);
});

test("the pointer's position is the inverse, and is clamped at the edge", () => {
  for (const fraction of [0, 0.3, 1]) isClose(toFraction(toSide(fraction)), fraction);
  assert.deepEqual([toFraction(0), toFraction(1)], [0, 1]);
});

test("arrows move by a hundredth, with shift by a tenth", () => {
  const right = target("ArrowRight", { u: 0.5, v: 0.5 });
  isClose(right.u, 0.51);
  isClose(right.v, 0.5);
  isClose(target("ArrowUp", { u: 0.5, v: 0.5 }, { shiftKey: true }).v, 0.4);
  isClose(target("ArrowDown", { u: 0.5, v: 0.5 }).v, 0.51);
});

test("keys stop at the edge; Home and End lead to corners", () => {
  assert.deepEqual(target("ArrowLeft", { u: 0, v: 1 }), { u: 0, v: 1 });
  assert.deepEqual(target("Home", { u: 0.5, v: 0.5 }), { u: 0, v: 0 });
  assert.deepEqual(target("End", { u: 0.5, v: 0.5 }), { u: 1, v: 1 });
});

test("other keys, and keys with control or alt, lead nowhere", () => {
  assert.equal(target("x", { u: 0, v: 0 }), null);
  assert.equal(target("End", { u: 0, v: 0 }, { ctrlKey: true }), null);
  assert.equal(target("End", { u: 0, v: 0 }, { altKey: true }), null);
});

test("the position in words, with its level where it is known", () => {
  assert.equal(positionText({ u: 0.256, v: 1 }, null), "26 % right, 100 % down");
  assert.match(positionText({ u: 0, v: 0 }, "sparse"), /, sparse$/);
});

test("the reported position has four digits and keeps its kind", () => {
  assert.deepEqual(roundPosition({ u: 1 / 3, v: 2 / 3, kind: "spherical" }), {
    u: 0.3333,
    v: 0.6667,
    kind: "spherical",
  });
});
