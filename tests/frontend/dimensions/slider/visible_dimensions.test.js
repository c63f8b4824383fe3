import assert from "node:assert/strict";
import { test } from "node:test";

import {
  groupByVisibility,
  inactiveText,
} from "../../../../ui/frontend/dimensions/slider/visible_dimensions.js";

const dimsWith = (count, inactive) => ({
  order: Array.from({ length: count }, (_, k) => count - 1 - k),
  inactive: Array.from({ length: count }, (_, d) => inactive.includes(d)),
});

test("active dimensions keep their order, inactive ones are sorted by number", () => {
  const { active, visible, inactive } = groupByVisibility(dimsWith(5, [0, 3]), false);
  assert.deepEqual(active, [4, 2, 1]);
  assert.deepEqual(visible, active);
  assert.deepEqual(inactive, [0, 3]);
});

test("of 64 dimensions or more the first 24 are visible until all are wanted", () => {
  const dims = dimsWith(64, [63]);
  const { active, visible } = groupByVisibility(dims, false);
  assert.equal(active.length, 63);
  assert.deepEqual(visible, active.slice(0, 24));
  assert.equal(groupByVisibility(dims, true).visible.length, 63);
  assert.equal(groupByVisibility(dimsWith(63, []), false).visible.length, 63);
});

test("up to eight inactive dimensions are named", () => {
  assert.equal(inactiveText([2]), "1 inactive dimension: z3");
  assert.equal(inactiveText([0, 8]), "2 inactive dimensions: z1, z9");
  assert.equal(inactiveText([0, 1, 2, 3, 4, 5, 6, 7, 8]), "9 inactive dimensions");
});
