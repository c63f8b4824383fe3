import assert from "node:assert/strict";
import { test } from "node:test";

import { spriteSide } from "../../../../ui/frontend/map/sprites/sprite_size.js";

test("images appear when few points are in view, grow with the zoom, and stay below a limit", () => {
  const area = 900 * 600;
  assert.equal(spriteSide(10_000, area), 0);
  const sides = [300, 150, 60, 10, 1].map((count) => spriteSide(count, area));
  assert.ok(sides.every((side, k) => k === 0 || side >= sides[k - 1]));
  assert.ok(sides[0] >= 22 && sides[4] === spriteSide(2, area));
});

test("all images in view together fill at most the view", () => {
  for (const count of [20, 80, 250]) assert.ok(count * spriteSide(count, 540_000) ** 2 <= 540_000);
});
