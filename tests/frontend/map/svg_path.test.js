import assert from "node:assert/strict";
import test from "node:test";

import { closedPath, openPath } from "../../../ui/frontend/map/svg_path.js";

const PIXELS = [
  { x: 0, y: 1 },
  { x: 2.26, y: -3 },
  { x: 4, y: 5 },
];

test("an open path goes through all positions, to a tenth of a pixel", () => {
  assert.equal(openPath(PIXELS), "M0.0 1.0L2.3 -3.0L4.0 5.0");
});

test("a closed path returns to its start", () => {
  assert.equal(closedPath(PIXELS), "M0.0 1.0L2.3 -3.0L4.0 5.0Z");
});

test("too few positions draw nothing", () => {
  assert.equal(openPath(PIXELS.slice(0, 1)), "");
  assert.equal(closedPath(PIXELS.slice(0, 2)), "");
  assert.notEqual(openPath(PIXELS.slice(0, 2)), "");
});
