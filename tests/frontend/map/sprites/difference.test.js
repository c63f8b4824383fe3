import assert from "node:assert/strict";
import { test } from "node:test";

import { differencePixels } from "../../../../ui/frontend/map/sprites/difference.js";

test("equal pixels are white, missing ones blue, added ones orange, by the channel that differs most", () => {
  const original = Uint8ClampedArray.from([9, 9, 9, 255, 255, 255, 255, 255, 0, 0, 0, 255]);
  const decoded = Uint8ClampedArray.from([9, 9, 9, 255, 255, 0, 250, 255, 255, 3, 0, 255]);
  differencePixels(original, decoded);
  assert.deepEqual([...decoded], [255, 255, 255, 255, 61, 143, 214, 255, 229, 122, 31, 255]);
});
