import assert from "node:assert/strict";
import { test } from "node:test";

import { fittingHeight } from "../../../ui/frontend/map/window_height.js";

test("the map ends above the tray", () => {
  for (const [top, height, tray] of [
    [178, 720, 37],
    [178, 1080, 90],
  ]) {
    const end = top + fittingHeight(top, height, tray);
    assert.ok(end <= height - tray && end > height - tray - 12);
  }
});

test("where hardly any space is left, the map is more than half as tall as the window", () => {
  assert.equal(fittingHeight(700, 844, 40), Math.floor(0.55 * 844));
  assert.equal(fittingHeight(300, 400, 40), 320);
});
