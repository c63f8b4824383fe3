import assert from "node:assert/strict";
import { test } from "node:test";

import { parseNumber } from "../../../../ui/frontend/dimensions/slider/number_field.js";

test("numbers are read with comma, true minus sign and exponent", () => {
  assert.equal(parseNumber(" −5,5 "), -5.5);
  assert.equal(parseNumber("+.25"), 0.25);
  assert.equal(parseNumber("3."), 3);
  assert.equal(parseNumber("1e-2"), 0.01);
});

test("anything else is not a number", () => {
  for (const text of ["", "-", "1 2", "0x10", "Infinity", "1,2,3", "five"])
    assert.ok(Number.isNaN(parseNumber(text)), text);
});
