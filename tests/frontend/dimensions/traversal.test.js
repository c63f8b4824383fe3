import assert from "node:assert/strict";
import { test } from "node:test";

import {
  nearestStep,
  traversalCodes,
  traversalValues,
} from "../../../ui/frontend/dimensions/traversal.js";

test("values are evenly spaced from end to end", () => {
  assert.deepEqual([...traversalValues(-1, 1, 5)], [-1, -0.5, 0, 0.5, 1]);
});

test("each code differs from the given one in that dimension alone", () => {
  const codes = traversalCodes(Float32Array.of(7, 8, 9), 1, Float32Array.of(-1, 1));
  assert.deepEqual([...codes], [7, -1, 9, 7, 1, 9]);
});

test("the nearest step, also for values beyond the ends", () => {
  assert.deepEqual(
    [-9, -0.8, -0.7, 0.1, 9].map((value) => nearestStep(-1, 1, 5, value)),
    [0, 0, 1, 2, 4],
  );
});
