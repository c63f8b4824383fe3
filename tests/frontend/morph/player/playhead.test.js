import assert from "node:assert/strict";
import { test } from "node:test";

import { Playhead, frameStep } from "../../../../ui/frontend/morph/player/playhead.js";

const isClose = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);

test("a frame moves by the elapsed time, faster at a higher speed", () => {
  const frame = { elapsed: 30, speed: 1, duration: 3, reducedMotion: false };
  isClose(frameStep(frame), 0.01);
  isClose(frameStep({ ...frame, speed: 4 }), 0.04);
  isClose(frameStep({ ...frame, duration: 6 }), 0.005);
});

test("with reduced motion a large step is due every 700 ms, sooner at a higher speed", () => {
  const frame = { speed: 1, duration: 3, reducedMotion: true };
  assert.equal(frameStep({ ...frame, elapsed: 699 }), null);
  assert.equal(frameStep({ ...frame, elapsed: 700 }), 0.1);
  assert.equal(frameStep({ ...frame, elapsed: 350, speed: 2 }), 0.1);
});

test("playback starts where it is; at the end or before the beginning, at 0", () => {
  const playhead = new Playhead();
  assert.equal(playhead.start(0.4, "once"), 0.4);
  assert.equal(playhead.start(1, "once"), 0);
  assert.equal(playhead.start(1.2, "loop"), 0);
  assert.equal(playhead.start(-0.1, "back"), 0);
});

test("back and forth starts backwards at the end", () => {
  const playhead = new Playhead();
  assert.equal(playhead.start(1, "back"), 1);
  isClose(playhead.next(1, 0.1, "back"), 0.9);
});

test("once stops at 1", () => {
  assert.equal(new Playhead().next(0.95, 0.1, "once"), 1);
});

test("a loop goes on at the beginning", () => {
  isClose(new Playhead().next(0.95, 0.1, "loop"), 0.05);
});

test("back and forth is reflected at both ends", () => {
  const playhead = new Playhead();
  isClose(playhead.next(0.95, 0.1, "back"), 0.95);
  isClose(playhead.next(0.95, 0.1, "back"), 0.85);
  isClose(playhead.next(0.05, 0.1, "back"), 0.05);
  isClose(playhead.next(0.05, 0.1, "back"), 0.15);
});

test("a time beyond the path counts as its end", () => {
  isClose(new Playhead().next(1.4, 0.1, "loop"), 0.1);
  isClose(new Playhead().next(-0.4, 0.1, "once"), 0.1);
});

test("starting again after a reflection goes forwards", () => {
  const playhead = new Playhead();
  playhead.next(0.95, 0.1, "back");
  playhead.start(0.5, "back");
  isClose(playhead.next(0.5, 0.1, "back"), 0.6);
});
