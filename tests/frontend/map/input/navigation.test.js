import assert from "node:assert/strict";
import test from "node:test";

import { Navigation, wheelZoom } from "../../../../ui/frontend/map/input/navigation.js";

/** A plot at (10, 20) of the page, its view, and events. @param {import("node:test").TestContext} context */
function setUp(context) {
  const win = new EventTarget();
  Object.assign(globalThis, { window: win, Node: EventTarget });
  context.after(() =>
    ["window", "Node"].forEach((name) => Reflect.deleteProperty(globalThis, name)),
  );
  const box = { getBoundingClientRect: () => ({ left: 10, top: 20 }) };
  const plot = /** @type {any} */ (Object.assign(new EventTarget(), box));
  /** @type {unknown[][]} */ const calls = [];
  const record =
    (/** @type {string} */ name) =>
    (/** @type {unknown[]} */ ...values) =>
      void calls.push([name, ...values]);
  const view = /** @type {any} */ ({ figure: { contains: () => state.onFigure } });
  for (const name of ["drag", "pan", "zoom"]) view[name] = record(name);
  const state = { blocked: false, onFigure: true, leavesToPage: false };
  const navigation = new Navigation(plot, {
    view: () => view,
    leavesToPage: () => state.leavesToPage,
    blocked: () => state.blocked,
  });
  const send = (
    /** @type {string} */ type,
    /** @type {number} */ x,
    /** @type {number} */ y,
    more = {},
  ) => {
    const values = { pointerId: 1, button: 0, clientX: x, clientY: y, ...more };
    const event = () => Object.assign(new Event(type, { cancelable: true }), values);
    const first = event();
    plot.dispatchEvent(first);
    win.dispatchEvent(event());
    return first;
  };
  return { navigation, state, calls, send };
}

test("a drag moves the view by what the pointer moved, and ends with its release", (context) => {
  const { calls, send } = setUp(context);
  send("pointermove", 5, 5);
  send("pointerdown", 50, 50);
  send("pointermove", 60, 45);
  send("pointermove", 61, 45);
  send("pointerup", 61, 45);
  send("pointermove", 99, 99);
  assert.deepEqual(calls, [
    ["drag", 10, -5],
    ["drag", 1, 0],
  ]);
});

test("the right button pans and opens no menu", (context) => {
  const { calls, send } = setUp(context);
  send("pointerdown", 50, 50, { button: 2 });
  send("pointermove", 60, 45);
  assert.deepEqual(calls, [["pan", 10, -5]]);
  assert.equal(send("contextmenu", 60, 45).defaultPrevented, true);
});

test("two fingers zoom around their middle and pan with it", (context) => {
  const { calls, send } = setUp(context);
  send("pointerdown", 100, 100);
  send("pointerdown", 200, 100, { pointerId: 2 });
  send("pointermove", 300, 100, { pointerId: 2 });
  assert.deepEqual(calls, [
    ["pan", 50, 0],
    ["zoom", 2, { x: 190, y: 80 }],
  ]);
  send("pointerup", 300, 100, { pointerId: 2 });
  send("pointermove", 101, 100);
  assert.deepEqual(calls.at(-1), ["drag", 1, 0]);
});

test("while an outline is drawn or points are decoded, the view does not move", (context) => {
  const { state, calls, send } = setUp(context);
  send("pointerdown", 50, 50);
  state.blocked = true;
  send("pointermove", 60, 45);
  assert.deepEqual(calls, []);
  state.blocked = false;
  send("pointermove", 62, 45);
  assert.deepEqual(calls, [["drag", 2, 0]]); // from where the pointer was, not from where it began
});

test("a press beside the figure, on a button, moves nothing", (context) => {
  const { state, calls, send } = setUp(context);
  state.onFigure = false;
  send("pointerdown", 50, 50);
  send("pointermove", 60, 45);
  assert.equal(send("wheel", 50, 50, { deltaY: 100, deltaMode: 0 }).defaultPrevented, false);
  assert.deepEqual(calls, []);
});

test("the wheel zooms at the pointer and does not scroll the page", (context) => {
  const { calls, send } = setUp(context);
  const event = send("wheel", 60, 70, { deltaY: -100, deltaMode: 0 });
  assert.equal(event.defaultPrevented, true);
  const [[name, factor, pixel]] = calls;
  assert.equal(name, "zoom");
  assert.ok(Math.abs(Number(factor) - 1.246) < 0.001);
  assert.deepEqual(pixel, { x: 50, y: 50 });
});

test("lines count as pixels, a pinch counts more, and back is the inverse of forth", () => {
  const wheel = (/** @type {object} */ event) =>
    wheelZoom(/** @type {WheelEvent} */ ({ deltaMode: 0, ctrlKey: false, ...event }));
  assert.equal(wheel({ deltaY: 2, deltaMode: 1 }), wheel({ deltaY: 32 }));
  assert.ok(wheel({ deltaY: -5, ctrlKey: true }) > wheel({ deltaY: -5 }));
  assert.ok(Math.abs(wheel({ deltaY: 40 }) * wheel({ deltaY: -40 }) - 1) < 1e-12);
});

test("after disposal nothing moves", (context) => {
  const { navigation, calls, send } = setUp(context);
  navigation.dispose();
  send("pointerdown", 50, 50);
  send("pointermove", 60, 45);
  assert.deepEqual(calls, []);
});

test("a finger that scrolls the page does not move the view, two fingers do", (context) => {
  const { state, calls, send } = setUp(context);
  state.leavesToPage = true;
  send("pointerdown", 50, 50);
  send("pointermove", 60, 45);
  assert.deepEqual(calls, []);
  send("pointerdown", 100, 50, { pointerId: 2 });
  send("pointermove", 110, 50, { pointerId: 2 });
  assert.deepEqual(
    calls.map(([name]) => name),
    ["pan", "zoom"],
  );
});
