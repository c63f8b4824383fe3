import assert from "node:assert/strict";
import { test } from "node:test";

import { availableSide } from "../../../ui/frontend/dimensions/preview_size.js";

test("on a phone the image takes less than half the width", () => {
  assert.equal(availableSide(400, { innerWidth: 640, innerHeight: 900 }), 168);
});

test("on a screen it takes the width, unless the height is too small", () => {
  assert.equal(availableSide(300, { innerWidth: 1280, innerHeight: 900 }), 300);
  assert.equal(availableSide(600, { innerWidth: 1280, innerHeight: 900 }), 430);
  assert.equal(availableSide(600, { innerWidth: 1280, innerHeight: 400 }), 220);
});
