import assert from "node:assert/strict";
import { test } from "node:test";

import { TimeScale, timeScaleOf } from "../../../../ui/frontend/morph/player/time_scale.js";

const scale = new TimeScale(-0.5, 1.5, 0.2);

test("the endpoints lie at the margins, the ends of the times at those of the track", () => {
  assert.equal(scale.fraction(-0.5), 0);
  assert.equal(scale.fraction(0), 0.2);
  assert.equal(scale.fraction(0.5), 0.5);
  assert.equal(scale.fraction(1), 0.8);
  assert.equal(scale.fraction(1.5), 1);
});

test("beyond the endpoints the scale is compressed", () => {
  const beyond = scale.fraction(1.25) - scale.fraction(1);
  const between = scale.fraction(0.5) - scale.fraction(0.25);
  assert.ok(beyond < between);
  assert.ok(Math.abs(beyond - 0.1) < 1e-12);
});

test("time is the inverse of fraction", () => {
  for (const time of [-0.5, -0.2, 0, 0.31, 1, 1.3, 1.5])
    assert.ok(Math.abs(scale.time(scale.fraction(time)) - time) < 1e-12, String(time));
});

test("times are clamped to the path", () => {
  assert.deepEqual(
    [-3, 0.5, 3].map((time) => scale.clamp(time)),
    [-0.5, 0.5, 1.5],
  );
});

test("a path without an extension has a narrow margin", () => {
  assert.equal(timeScaleOf([-0.5, 0, 1, 1.5]).margin, 0.16);
  const { low, high, margin } = timeScaleOf([0, 0.4, 1]);
  assert.deepEqual([low, high, margin], [0, 1, 0.022]);
});
