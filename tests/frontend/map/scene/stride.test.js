import assert from "node:assert/strict";
import test from "node:test";

import { AdaptiveStride, SETTLE_MS } from "../../../../ui/frontend/map/scene/stride.js";

const MANY = 100_000;

/** A movement: one frame after the other. @param {AdaptiveStride} adaptive @param {number} start @param {number} frameMs @param {number} count */
function move(adaptive, start, frameMs, count, frames = 40) {
  const strides = [];
  for (let k = 0; k < frames; k++) {
    strides.push(adaptive.begin(start + k * frameMs));
    adaptive.end(frameMs, count, adaptive.moving);
  }
  return strides;
}

test("fast frames draw every point", () => {
  const adaptive = new AdaptiveStride();
  assert.ok(move(adaptive, 0, 16, MANY).every((stride) => stride === 1));
});

test("slow frames double the stride during a movement, up to 8", () => {
  const adaptive = new AdaptiveStride();
  const strides = move(adaptive, 0, 120, MANY);
  assert.equal(strides[0], 1);
  assert.deepEqual([...new Set(strides)], [1, 2, 4, 8]);
});

test("few points are always drawn, slow or not", () => {
  const adaptive = new AdaptiveStride();
  assert.ok(move(adaptive, 0, 120, 9999).every((stride) => stride === 1));
  assert.equal(Math.max(...move(new AdaptiveStride(), 0, 120, 10_000)), 2);
});

test("the first frame after a pause draws every point", () => {
  const adaptive = new AdaptiveStride();
  move(adaptive, 0, 120, MANY);
  assert.equal(adaptive.begin(40 * 120 + SETTLE_MS), 1);
  assert.equal(adaptive.moving, false);
});

test("after fast single frames the stride is halved again", () => {
  const adaptive = new AdaptiveStride();
  move(adaptive, 0, 120, MANY);
  const { stride } = adaptive;
  for (let k = 0; k < 20; k++) {
    adaptive.begin(1e5 + k * 1000);
    adaptive.end(5, MANY, adaptive.moving);
  }
  assert.ok(stride > 1);
  assert.equal(adaptive.stride, 1);
});
