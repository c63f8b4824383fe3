import assert from "node:assert/strict";
import { test } from "node:test";

import {
  neighborOf,
  nextSeed,
  variationName,
} from "../../../ui/frontend/crossover/variation_names.js";

test("0 is the crossover itself", () => {
  assert.deepEqual([0, 3].map(variationName), ["the crossover", "variation 3"]);
});

test("the seed counts up and starts again at the greatest", () => {
  assert.equal(nextSeed(41), 42);
  assert.equal(nextSeed(999999), 0);
});

test("arrows lead to the neighbors, around the ends", () => {
  assert.equal(neighborOf(3, "ArrowRight"), 4);
  assert.equal(neighborOf(3, "ArrowUp"), 2);
  assert.equal(neighborOf(0, "ArrowLeft"), 8);
  assert.equal(neighborOf(8, "ArrowDown"), 0);
  assert.equal(neighborOf(3, "Enter"), null);
});
