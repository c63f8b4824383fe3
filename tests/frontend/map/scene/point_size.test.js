import assert from "node:assert/strict";
import test from "node:test";

import { pointSize, zoomFactor } from "../../../../ui/frontend/map/scene/point_size.js";

test("more points and narrower plots have smaller points", () => {
  assert.equal(pointSize(10_000, 760), 4.6);
  assert.ok(pointSize(100_000, 760) < pointSize(10_000, 760));
  assert.ok(pointSize(10_000, 400) < pointSize(10_000, 760));
});

test("the size has a lower and an upper limit", () => {
  assert.equal(pointSize(1, 2000), 8);
  assert.equal(pointSize(1e9, 2000), 2.4);
  assert.equal(pointSize(1e9, 1), pointSize(1e9, 300));
});

test("points grow with the zoom, more slowly than the map", () => {
  assert.equal(zoomFactor(1), 1);
  assert.ok(zoomFactor(4) > 1 && zoomFactor(4) < 4);
  assert.deepEqual([zoomFactor(1e6), zoomFactor(1e-6)], [3, 0.8]);
});
