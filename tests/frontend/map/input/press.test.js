import assert from "node:assert/strict";
import test from "node:test";

import { LongPress, Press, hitRadius } from "../../../../ui/frontend/map/input/press.js";

const START = { pointerId: 7, pointerType: "mouse", clientX: 100, clientY: 100 };

test("a short press without movement is a click", () => {
  const press = new Press(START, 1000);
  press.track({ clientX: 103, clientY: 104 });
  assert.equal(press.isClick(1600), true);
  assert.equal(press.isClick(1601), false);
});

test("a drag that returns to its start is no click", () => {
  const press = new Press(START, 1000);
  press.track({ clientX: 130, clientY: 100 });
  press.track({ clientX: 100, clientY: 100 });
  assert.equal(press.distance, 30);
  assert.equal(press.isClick(1100), false);
});

test("a click can be prevented", () => {
  const press = new Press(START, 1000);
  press.preventClick();
  assert.equal(press.isClick(1100), false);
});

test("a touch hits samples within a larger radius than a mouse or pen", () => {
  assert.ok(hitRadius("touch") > hitRadius("mouse"));
  assert.equal(hitRadius("pen"), hitRadius("mouse"));
  const touch = new Press({ ...START, pointerType: "touch" }, 0);
  assert.deepEqual([touch.isTouch, touch.radius], [true, hitRadius("touch")]);
});

/** @param {import("node:test").TestContext} context */
function longPress(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = { calls: 0 };
  const press = new Press({ ...START, pointerType: "touch" }, 0);
  const timer = new LongPress();
  timer.start(press, () => (state.calls += 1));
  return { state, press, timer, wait: (/** @type {number} */ ms) => context.mock.timers.tick(ms) };
}

test("a touch that rests is a long press, and no click", (context) => {
  const { state, press, wait } = longPress(context);
  wait(319);
  assert.equal(state.calls, 0);
  wait(1);
  assert.equal(state.calls, 1);
  assert.equal(press.isClick(330), false);
});

test("a touch that moves or ends is no long press", (context) => {
  const moved = longPress(context);
  moved.press.track({ clientX: 110, clientY: 100 });
  moved.wait(400);
  assert.equal(moved.state.calls, 0);
  context.mock.timers.reset();
  const ended = longPress(context);
  ended.timer.cancel();
  ended.wait(400);
  assert.equal(ended.state.calls, 0);
});
