import assert from "node:assert/strict";
import { test } from "node:test";
import { concatenate } from "../../../ui/frontend/core/arrays.js";

test("arrays are joined in order", () => {
  const parts = [Float32Array.of(1, 2), new Float32Array(0), Float32Array.of(3)];
  assert.deepEqual(concatenate(parts), Float32Array.of(1, 2, 3));
  assert.deepEqual(concatenate([]), new Float32Array(0));
});

test("a single array is not copied", () => {
  const only = Float32Array.of(1);
  assert.equal(concatenate([only]), only);
});
