import assert from "node:assert/strict";
import test from "node:test";

import { AdaptiveStride, SETTLE_MS } from "../../../../ui/frontend/map/scene/stride.js";

const FRAME_MS = 16.7;

/** A movement on a machine that takes that long per point: the strides of its frames. @param {AdaptiveStride} adaptive @param {number} msPerPoint @param {number} count */
function move(adaptive, msPerPoint, count, start = 0, frames = 30) {
  const strides = [];
  let now = start;
  for (let k = 0; k < frames; k++) {
    const stride = adaptive.begin(now, count);
    const elapsed = FRAME_MS + (msPerPoint * count) / stride;
    adaptive.end(elapsed, count / stride);
    strides.push(stride);
    now += elapsed;
  }
  return strides;
}

test("a machine that draws all points in a frame draws all of them", () => {
  const strides = move(new AdaptiveStride(), 0, 1_000_000);
  assert.equal(strides.at(-1), 1);
  assert.ok(move(new AdaptiveStride(), 0, 100_000).every((stride) => stride === 1));
});

test("where a million points take a second, the frames of a movement take less than 50 ms", () => {
  const msPerPoint = 1e-3;
  const strides = move(new AdaptiveStride(), msPerPoint, 1_000_000);
  for (const stride of strides.slice(3)) {
    assert.ok(FRAME_MS + (msPerPoint * 1_000_000) / stride < 50, String(stride));
  }
});

test("the first frame of a movement is as fast as the others", () => {
  const adaptive = new AdaptiveStride();
  const strides = move(adaptive, 1e-3, 1_000_000);
  assert.equal(adaptive.begin(1e9, 1_000_000), strides.at(-1));
});

test("a few thousand points are always drawn", () => {
  assert.ok(move(new AdaptiveStride(), 1, 4999).every((stride) => stride === 1));
  const strides = move(new AdaptiveStride(), 1, 100_000);
  assert.ok(100_000 / Number(strides.at(-1)) >= 2500);
});

test("a single frame says nothing about the speed: nobody has waited for it", () => {
  const adaptive = new AdaptiveStride();
  const before = adaptive.begin(0, 1_000_000);
  adaptive.end(5000, 1_000_000);
  assert.equal(adaptive.begin(SETTLE_MS + 1, 1_000_000), before);
});
