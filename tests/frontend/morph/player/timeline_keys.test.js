import assert from "node:assert/strict";
import { test } from "node:test";

import { timelineKeyTarget } from "../../../../ui/frontend/morph/player/timeline_keys.js";

const MODIFIERS = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
const target = (key, time, change) => timelineKeyTarget({ key, ...MODIFIERS, ...change }, time);
const isClose = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);

test("arrows move by a hundredth, with shift and by page keys by a tenth", () => {
  isClose(target("ArrowRight", 0.5), 0.51);
  isClose(target("ArrowDown", 0.5), 0.49);
  isClose(target("ArrowUp", 0.5, { shiftKey: true }), 0.6);
  isClose(target("PageDown", 0.5), 0.4);
});

test("the result is a whole number of hundredths", () => {
  isClose(target("ArrowRight", 0.333), 0.34);
});

test("Home and End lead to the endpoints", () => {
  assert.equal(target("Home", 1.3), 0);
  assert.equal(target("End", -0.2), 1);
});

test("other keys, and keys with control, alt or meta, lead nowhere", () => {
  assert.equal(target("x", 0.5), null);
  for (const modifier of ["altKey", "ctrlKey", "metaKey"])
    assert.equal(target("ArrowLeft", 0.5, { [modifier]: true }), null);
});
