import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCount, formatNumber, formatQuantity } from "../../../ui/frontend/core/format.js";

test("numbers have a true minus sign, and zero has none", () => {
  assert.equal(formatNumber(-1.236), "−1.24");
  assert.equal(formatNumber(1.236, 1), "1.2");
  assert.equal(formatNumber(-0.001), "0.00");
  assert.equal(formatNumber(-0.4, 0), "0");
  assert.equal(formatNumber(-0.06, 1), "−0.1");
});

test("thousands are separated by commas", () => {
  assert.equal(formatCount(999), "999");
  assert.equal(formatCount(1000), "1,000");
  assert.equal(formatCount(1234567.4), "1,234,567");
});

test("a noun is in the singular for 1 only", () => {
  assert.equal(formatQuantity(1, "image"), "1 image");
  assert.equal(formatQuantity(0, "image"), "0 images");
  assert.equal(formatQuantity(2048, "dimension"), "2,048 dimensions");
});
