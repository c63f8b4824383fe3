import assert from "node:assert/strict";
import test from "node:test";

import {
  OutlineInput,
  OutlinePath,
  boxCorners,
} from "../../../../ui/frontend/map/input/outline.js";

test("a box has the first and last position as opposite corners", () => {
  const corners = boxCorners([
    [1, 2],
    [9, 9],
    [5, 8],
  ]);
  assert.deepEqual(corners, [
    [1, 2],
    [5, 2],
    [5, 8],
    [1, 8],
  ]);
});

test("a lasso keeps positions that are at least three pixels apart", () => {
  const path = new OutlinePath("lasso", [50, 70]);
  assert.equal(path.add([52, 72]), false);
  assert.equal(path.add([53, 70]), true);
  assert.equal(path.add([53, 74]), true);
  assert.deepEqual(path.outline, [
    [50, 70],
    [53, 70],
    [53, 74],
  ]);
});

/** A drag in a container whose top left corner is at (10, 20). @param {import("node:test").TestContext} context @param {"box" | "lasso"} mode */
function startDrag(context, mode) {
  const target = new EventTarget();
  Object.assign(globalThis, { window: target });
  context.after(() => Reflect.deleteProperty(globalThis, "window"));
  const container = /** @type {any} */ ({ getBoundingClientRect: () => ({ left: 10, top: 20 }) });
  /** @type {any[]} */ const reports = [];
  const input = new OutlineInput();
  const start = /** @type {any} */ ({ pointerId: 1, clientX: 10, clientY: 20 });
  input.start(start, container, mode, (outline, done) => reports.push([outline.slice(), done]));
  const send = (
    /** @type {string} */ type,
    /** @type {number} */ x,
    /** @type {number} */ y,
    id = 1,
  ) =>
    target.dispatchEvent(Object.assign(new Event(type), { pointerId: id, clientX: x, clientY: y }));
  return { input, reports, send };
}

test("a drag reports its outline within the container until the pointer is released", async (context) => {
  const { input, reports, send } = startDrag(context, "lasso");
  send("pointermove", 20, 20);
  send("pointermove", 99, 99, 2); // another pointer
  send("pointerup", 20, 20);
  send("pointermove", 50, 50);
  const outline = [
    [0, 0],
    [10, 0],
  ];
  assert.deepEqual(reports, [
    [outline, false],
    [outline, true],
  ]);
  assert.equal(input.active, true); // until the mouse's own events are over
  await new Promise((done) => setTimeout(done));
  assert.equal(input.active, false);
});

test("a cancelled drag reports an empty outline", (context) => {
  const { reports, send } = startDrag(context, "box");
  send("pointermove", 40, 50);
  send("pointercancel", 40, 50);
  assert.equal(reports[0][0].length, 4);
  assert.deepEqual(reports[1], [[], true]);
});
