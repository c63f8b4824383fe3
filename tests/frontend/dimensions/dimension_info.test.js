import assert from "node:assert/strict";
import { test } from "node:test";

import {
  correlateText,
  digitsFor,
  nameAndValue,
  usageText,
  withAllDimensions,
} from "../../../ui/frontend/dimensions/dimension_info.js";
import { DIMS } from "./sample_dimensions.js";

test("KL has one decimal, three where it is small", () => {
  assert.equal(usageText(DIMS, 0), "KL 1.2 nats");
  assert.equal(usageText(DIMS, 1), "KL 0.005 nats");
});

test("a share of the variance is a percentage", () => {
  const dims = { ...DIMS, unit: "share" };
  assert.equal(usageText(dims, 2), "50 % of the variance");
  assert.equal(usageText(dims, 1), "0.5 % of the variance");
});

test("the shorter the slider, the more decimals", () => {
  const digits = (length) => digitsFor({ low: [0], high: [length] }, 0);
  assert.deepEqual([4, 5, 40, 400, 4e6, 0.04, 1e-6].map(digits), [3, 2, 2, 1, 0, 5, 5]);
});

test("name and value, with a true minus sign", () => {
  assert.equal(nameAndValue(DIMS, 2, -1.5), "z3 = −1.50");
});

test("the correlated factor with its rank correlation; nothing where none is known", () => {
  assert.equal(correlateText(DIMS, 0), "correlates with age (ρ = −0.43)");
  assert.equal(correlateText(DIMS, 1), "");
});

test("dimensions that are not listed get an entry, and no place in the order", () => {
  const dims = { ...DIMS, listed: [4, 1, 0], order: [4, 1, 0], mean: [0, 0, 0, 0, 0] };
  const all = withAllDimensions(dims, 5);
  assert.deepEqual(all.high, [10, 1, 1, 1, 2]);
  assert.deepEqual(all.inactive, [false, true, false, false, false]);
  assert.deepEqual(all.correlates[4], DIMS.correlates[0]);
  assert.deepEqual(all.order, [4, 1, 0]);
  assert.equal(withAllDimensions(DIMS, 3), DIMS);
});
