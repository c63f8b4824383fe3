import assert from "node:assert/strict";
import test from "node:test";

import { countClasses, formatShort, scaleEnds } from "../../../ui/frontend/map/legend_values.js";

test("the number of digits follows the range", () => {
  assert.equal(formatShort(12.3456, 250), "12");
  assert.equal(formatShort(12.3456, 25), "12.3");
  assert.equal(formatShort(12.3456, 2.5), "12.35");
  assert.equal(formatShort(0.123456, 0.00001), "0.1235"); // four at most
});

test("a range of zero is formatted", () => {
  assert.equal(formatShort(-1, 0), "−1.00");
});

test("samples are counted per class, absent classes as zero", () => {
  assert.deepEqual(countClasses(Uint8Array.of(2, 0, 2), 4), [1, 0, 2, 0]);
});

test("a scale says where values lie beyond its colors", () => {
  const all = { lo: 0, hi: 1, range: /** @type {[number, number]} */ ([0, 1]) };
  assert.deepEqual(scaleEnds(all), { low: "0.00", high: "1.00" });
  const robust = { ...all, range: /** @type {[number, number]} */ ([0.25, 0.75]) };
  assert.deepEqual(scaleEnds(robust), { low: "≤ 0.250", high: "≥ 0.750" });
});
