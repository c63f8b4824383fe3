import assert from "node:assert/strict";
import { test } from "node:test";
import { makeDraggable } from "../../../ui/frontend/widgets/drag.js";

class FakeElement extends EventTarget {
  /** @param {boolean} isHandle */
  constructor(isHandle) {
    super();
    this.isHandle = isHandle;
  }

  closest() {
    return this.isHandle ? this : null;
  }
}
Object.assign(globalThis, { Element: FakeElement });

/** A surface of 100 × 100 px with its handle in the middle, and the calls of its handlers. */
function createSurface({ isFree = true, isHandle = false } = {}) {
  const surface = new FakeElement(isHandle);
  /** @type {any[]} */ const calls = [];
  Object.assign(surface, {
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 100, height: 100 }),
    setPointerCapture: () => {},
  });
  makeDraggable(/** @type {any} */ (surface), {
    free: () => isFree,
    start: () => calls.push("start"),
    at: () => ({ x: 0.5, y: 0.5 }),
    move: ({ x, y }) => calls.push([x, y]),
    end: (clicked) => calls.push(clicked ? "click" : "drag"),
    reset: () => calls.push("reset"),
  });
  /** @param {string} type @param {number} x @param {number} y @param {object} [more] */
  const dispatch = (type, x, y, more = {}) => {
    const event = new Event(type, { cancelable: true });
    surface.dispatchEvent(
      Object.assign(event, {
        clientX: x,
        clientY: y,
        button: 0,
        pointerId: 1,
        pointerType: "mouse",
        ...more,
      }),
    );
  };
  return { calls, dispatch };
}

const TOUCH = { pointerType: "touch" };

test("a mouse click moves the handle to the pointer", () => {
  const { calls, dispatch } = createSurface();
  dispatch("pointerdown", 10, 20);
  dispatch("pointerup", 10, 20);
  assert.deepEqual(calls, ["start", [0.1, 0.2], "click"]);
});

test("a handle that is grabbed beside its center does not jump", () => {
  const { calls, dispatch } = createSurface();
  dispatch("pointerdown", 55, 45);
  dispatch("pointermove", 75, 45);
  dispatch("pointerup", 75, 45);
  assert.deepEqual(calls, ["start", [0.5, 0.5], [0.7, 0.5], "drag"]);
});

test("a touch that moves down scrolls the page", () => {
  const { calls, dispatch } = createSurface();
  dispatch("pointerdown", 10, 20, TOUCH);
  dispatch("pointermove", 12, 60, TOUCH);
  dispatch("pointercancel", 12, 60, TOUCH);
  assert.deepEqual(calls, []);
});

test("a touch that moves sideways drags the handle along", () => {
  const { calls, dispatch } = createSurface();
  dispatch("pointerdown", 10, 20, TOUCH);
  dispatch("pointermove", 20, 20, TOUCH);
  dispatch("pointerup", 20, 20, TOUCH);
  assert.deepEqual(calls, ["start", [0.6, 0.5], "drag"]);
});

test("a tap moves the handle to the finger", () => {
  const { calls, dispatch } = createSurface();
  dispatch("pointerdown", 10, 20, TOUCH);
  dispatch("pointerup", 10, 20, TOUCH);
  assert.deepEqual(calls, ["start", [0.1, 0.2], "click"]);
});

test("a touch on the handle drags at once", () => {
  const { calls, dispatch } = createSurface({ isHandle: true });
  dispatch("pointerdown", 50, 50, TOUCH);
  dispatch("pointermove", 50, 80, TOUCH);
  assert.deepEqual(calls, ["start", [0.5, 0.5], [0.5, 0.8]]);
});

test("a second pointer and other buttons are ignored", () => {
  const { calls, dispatch } = createSurface();
  dispatch("pointerdown", 10, 20, { button: 2 });
  dispatch("pointerdown", 10, 20);
  dispatch("pointerdown", 90, 90, { pointerId: 2 });
  dispatch("pointermove", 90, 90, { pointerId: 2 });
  dispatch("pointerup", 90, 90, { pointerId: 2 });
  assert.deepEqual(calls, ["start", [0.1, 0.2]]);
});

test("a locked handle is neither moved nor reset", () => {
  const locked = createSurface({ isFree: false });
  locked.dispatch("pointerdown", 10, 20);
  locked.dispatch("dblclick", 10, 20);
  assert.deepEqual(locked.calls, []);
  const free = createSurface();
  free.dispatch("dblclick", 10, 20);
  assert.deepEqual(free.calls, ["reset"]);
});
