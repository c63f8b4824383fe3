import assert from "node:assert/strict";
import test from "node:test";

import {
  TRANSITION_MS,
  Transition,
  smoothstep,
} from "../../../../ui/frontend/map/scene/transition.js";
import { fakeFrames } from "../frames.js";

/** @param {import("node:test").TestContext} context @param {{reducedMotion?: boolean}} [options] */
function setUp(context, { reducedMotion = false } = {}) {
  const clock = { now: 1000 };
  context.mock.method(performance, "now", () => clock.now);
  const media = { matchMedia: () => ({ matches: reducedMotion }) };
  Object.assign(globalThis, { window: media });
  context.after(() => Reflect.deleteProperty(globalThis, "window"));
  /** @type {number[]} */ const steps = [];
  const transition = new Transition((progress) => steps.push(progress));
  return { clock, steps, transition, frames: fakeFrames(context) };
}

test("smoothstep is monotonic from 0 to 1 and symmetric", () => {
  assert.deepEqual([smoothstep(0), smoothstep(0.5), smoothstep(1)], [0, 0.5, 1]);
  assert.ok(smoothstep(0.1) < 0.1 && smoothstep(0.9) > 0.9);
  assert.ok(Math.abs(smoothstep(0.3) + smoothstep(0.7) - 1) < 1e-12);
});

test("an animated transition ends at 1 and requests no further frame", (context) => {
  const { clock, steps, transition, frames } = setUp(context);
  transition.start(true);
  clock.now += TRANSITION_MS / 2;
  frames.run();
  clock.now += TRANSITION_MS;
  frames.run();
  assert.deepEqual(steps, [0, 0.5, 1]);
  assert.equal(frames.count, 0);
});

test("without animation, or with reduced motion, the end is reached at once", (context) => {
  const { steps, transition, frames } = setUp(context, { reducedMotion: true });
  transition.start(false);
  transition.start(true);
  assert.deepEqual(steps, [1, 1]);
  assert.equal(frames.count, 0);
});

test("a new transition replaces one that is running", (context) => {
  const { clock, steps, transition, frames } = setUp(context);
  transition.start(true);
  clock.now += TRANSITION_MS / 2;
  transition.start(true);
  assert.equal(frames.count, 1);
  frames.run();
  assert.deepEqual(steps, [0, 0, 0]);
  transition.stop();
  frames.run();
  assert.equal(steps.length, 3);
});
