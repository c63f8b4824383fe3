import assert from "node:assert/strict";
import test from "node:test";

import { Gestures } from "../../../../ui/frontend/map/input/gestures.js";
import { fakeFrames } from "../frames.js";

/** An element at the page's origin. */
function createPlot() {
  const plot = /** @type {any} */ (new EventTarget());
  const contains = (/** @type {unknown} */ node) => node === plot;
  const getBoundingClientRect = () => ({ left: 0, top: 0 });
  return Object.assign(plot, { dataset: {}, focus() {}, contains, getBoundingClientRect });
}

/** Gestures on a plot at the page's origin. @param {import("node:test").TestContext} context */
function setUp(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const win = new EventTarget();
  Object.assign(globalThis, { window: win, Node: EventTarget });
  context.after(() =>
    ["window", "Node"].forEach((name) => Reflect.deleteProperty(globalThis, name)),
  );
  const plot = createPlot();
  const state = { mode: "pan", canInspect: true, is2d: true };
  /** @type {unknown[][]} */ const calls = [];
  const record =
    (/** @type {string} */ name) =>
    (/** @type {unknown[]} */ ...values) =>
      void calls.push([name, ...values]);
  const handlers = /** @type {any} */ ({
    figure: () => ({ contains: (/** @type {unknown} */ node) => node === plot }),
    mode: () => state.mode,
    is2d: () => state.is2d,
    canInspect: () => state.canInspect,
  });
  for (const name of ["hover", "leave", "click", "outline", "step", "escape"])
    handlers[name] = record(name);
  const gestures = new Gestures(plot, handlers);
  /** An event of the plot and, as if it bubbled, of the window. */
  const send = (
    /** @type {string} */ type,
    /** @type {number} */ x,
    /** @type {number} */ y,
    more = {},
  ) => {
    const values = {
      pointerId: 1,
      pointerType: "mouse",
      button: 0,
      clientX: x,
      clientY: y,
      ...more,
    };
    for (const target of [plot, win])
      target.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), values));
  };
  const named = (/** @type {string} */ name) => calls.filter(([called]) => called === name);
  const wait = (/** @type {number} */ ms) => context.mock.timers.tick(ms);
  return { gestures, plot, state, calls, named, send, wait, frames: fakeFrames(context) };
}

test("a press and release at one position is a click", (context) => {
  const { named, send } = setUp(context);
  send("pointerdown", 30, 40);
  send("pointerup", 31, 40);
  assert.deepEqual(named("click"), [["click", 31, 40, 9, true]]);
});

test("a drag, another button and a cancelled press are no clicks", (context) => {
  const { named, send } = setUp(context);
  send("pointerdown", 30, 40);
  send("pointermove", 60, 40);
  send("pointerup", 30, 40);
  send("pointerdown", 30, 40, { button: 2 });
  send("pointerup", 30, 40, { button: 2 });
  send("pointerdown", 30, 40);
  send("pointercancel", 30, 40);
  assert.deepEqual(named("click"), []);
});

test("a mouse hovers, a touch does not", (context) => {
  const { named, send, frames } = setUp(context);
  send("pointermove", 5, 6);
  frames.run();
  assert.deepEqual(named("hover"), [["hover", 5, 6, 9]]);
  send("pointermove", 7, 8, { pointerType: "touch" });
  frames.run();
  assert.equal(named("hover").length, 1);
});

test("Shift and drag draws a lasso, and its end is no free click", (context) => {
  const { named, send } = setUp(context);
  send("pointerdown", 10, 10, { shiftKey: true });
  send("pointermove", 14, 10, { shiftKey: true });
  send("pointerup", 14, 10, { shiftKey: true });
  const path = [
    [10, 10],
    [14, 10],
  ];
  assert.deepEqual(named("outline"), [
    ["outline", path, false],
    ["outline", path, true],
  ]);
  assert.deepEqual(named("click"), [["click", 14, 10, 9, false]]);
});

test("no outline is drawn on a 3D map", (context) => {
  const { state, named, send } = setUp(context);
  Object.assign(state, { mode: "box", is2d: false });
  send("pointerdown", 10, 10);
  send("pointermove", 50, 50);
  send("pointerup", 50, 50);
  assert.deepEqual(named("outline"), []);
});

test("a touch that rests inspects until it is lifted, and does not click", (context) => {
  const { gestures, named, send, wait, frames } = setUp(context);
  const touch = { pointerType: "touch" };
  send("pointerdown", 30, 40, touch);
  wait(400);
  frames.run();
  send("pointermove", 50, 40, touch);
  frames.run();
  assert.deepEqual(named("hover"), [
    ["hover", 30, 40, 20],
    ["hover", 50, 40, 20],
  ]);
  assert.equal(gestures.inspecting, true);
  send("pointerup", 50, 40, touch);
  wait(1);
  assert.equal(gestures.inspecting, false);
  assert.deepEqual(named("click"), []);
});

test("where nothing can be decoded a resting touch is a click", (context) => {
  const { gestures, state, named, send, wait } = setUp(context);
  state.canInspect = false;
  send("pointerdown", 30, 40, { pointerType: "touch" });
  wait(400);
  assert.equal(gestures.inspecting, false);
  send("pointerup", 30, 40, { pointerType: "touch" });
  assert.equal(named("click").length, 1);
});

test("keys of the plot are handled and not passed on", (context) => {
  const { plot, calls } = setUp(context);
  const press = (/** @type {string} */ key) => {
    const event = Object.assign(new Event("keydown", { cancelable: true }), { key });
    plot.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.equal(press("ArrowRight"), true);
  assert.equal(press("x"), false);
  assert.deepEqual(calls, [["step", 1]]);
});

test("after disposal nothing is handled", (context) => {
  const { gestures, calls, send, frames } = setUp(context);
  gestures.dispose();
  send("pointerdown", 30, 40);
  send("pointermove", 30, 40);
  send("pointerup", 30, 40);
  frames.run();
  assert.deepEqual(calls, []);
});

test("the map follows one finger after a tap, until something beside it is tapped", (context) => {
  const { gestures, send } = setUp(context);
  const finger = /** @type {any} */ ({ pointerType: "touch" });
  assert.ok(gestures.touch.leavesToPage(finger));
  assert.ok(!gestures.touch.leavesToPage(/** @type {any} */ ({ pointerType: "mouse" })));
  send("pointerdown", 30, 40, finger);
  send("pointerup", 30, 40, finger);
  assert.ok(!gestures.touch.leavesToPage(finger));
  globalThis.window.dispatchEvent(new Event("pointerdown"));
  assert.ok(gestures.touch.leavesToPage(finger));
});

test("two fingers never scroll the page, one does unless it decodes", (context) => {
  const { gestures, plot } = setUp(context);
  const isKept = (/** @type {number} */ count) => {
    const event = new Event("touchmove", { cancelable: true });
    plot.dispatchEvent(Object.assign(event, { touches: { length: count } }));
    return event.defaultPrevented;
  };
  assert.deepEqual([isKept(1), isKept(2)], [false, true]);
  gestures.inspecting = true;
  assert.ok(isKept(1));
});
