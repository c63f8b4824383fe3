import assert from "node:assert/strict";
import test from "node:test";

import { HoverTracker } from "../../../../ui/frontend/map/input/hover_tracker.js";
import { hitRadius } from "../../../../ui/frontend/map/input/press.js";
import { fakeFrames } from "../frames.js";

/** @param {import("node:test").TestContext} context */
function setUp(context) {
  const state = { allowed: true, hovered: /** @type {number[][]} */ ([]), left: 0 };
  const plot = /** @type {any} */ ({ getBoundingClientRect: () => ({ left: 10, top: 20 }) });
  const tracker = new HoverTracker(
    plot,
    (x, y, radius) => state.hovered.push([x, y, radius]),
    () => (state.left += 1),
    () => state.allowed,
  );
  return { frames: fakeFrames(context), state, tracker };
}
const at = (
  /** @type {number} */ clientX,
  /** @type {number} */ clientY,
  pointerType = "mouse",
) => ({
  clientX,
  clientY,
  pointerType,
});

test("one frame reports the last position, within the plot", (context) => {
  const { frames, state, tracker } = setUp(context);
  tracker.hover(at(11, 22));
  tracker.hover(at(15, 26, "touch"));
  frames.run();
  assert.deepEqual(state.hovered, [[5, 6, hitRadius("touch")]]);
});

test("nothing is reported after the pointer has left, or while it is not allowed", (context) => {
  const { frames, state, tracker } = setUp(context);
  tracker.hover(at(11, 22));
  tracker.leave();
  frames.run();
  assert.equal(state.left, 1);
  state.allowed = false;
  tracker.hover(at(11, 22));
  frames.run();
  assert.deepEqual(state.hovered, []);
  tracker.hover(at(11, 22));
  state.allowed = true; // asked in the frame
  frames.run();
  assert.equal(state.hovered.length, 1);
});

test("disposal cancels the frame", (context) => {
  const { frames, state, tracker } = setUp(context);
  tracker.hover(at(11, 22));
  tracker.dispose();
  frames.run();
  assert.deepEqual(state.hovered, []);
});
