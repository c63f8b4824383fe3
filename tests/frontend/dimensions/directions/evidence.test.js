import assert from "node:assert/strict";
import { test } from "node:test";

import { barEnds } from "../../../../ui/frontend/dimensions/directions/evidence.js";

test("a bar begins at the middle and ends at its value", () => {
  assert.deepEqual(barEnds(0.5, 1), { left: 50, width: 25 });
  assert.deepEqual(barEnds(-1, 2), { left: 25, width: 25 });
  assert.deepEqual(barEnds(-9, 2), { left: 0, width: 50 });
});
