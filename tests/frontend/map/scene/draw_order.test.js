import assert from "node:assert/strict";
import { test } from "node:test";

import { ascendingOrder, permuted } from "../../../../ui/frontend/map/scene/draw_order.js";

test("the highest value is drawn last", () => {
  const order = ascendingOrder(Float32Array.from([0.3, 0.9, 0.1]));
  assert.deepEqual([...order], [2, 0, 1]);
  const rows = Float32Array.from([1, 1, 2, 2, 3, 3]);
  assert.deepEqual([...permuted(rows, order, 2)], [3, 3, 1, 1, 2, 2]);
});

test("without an order, or with that of other points, nothing changes", () => {
  const rows = Uint8Array.from([1, 2, 3, 4]);
  assert.equal(permuted(rows, null, 4), rows);
  assert.equal(permuted(rows, new Uint32Array(3), 4), rows);
});
