import assert from "node:assert/strict";
import { test } from "node:test";
import {
  barIndex,
  describeDimension,
  deviationSpan,
  relativePosition,
} from "../../../ui/frontend/widgets/code_values.js";

test("a position is relative to the farther end of a range that contains 0", () => {
  assert.equal(relativePosition(1, -2, 1), 0.5);
  assert.equal(relativePosition(-2, -2, 1), -1);
  assert.equal(relativePosition(4, -2, 1), 2);
});

test("a range without 0 is centered", () => {
  assert.deepEqual(
    [2, 3, 4].map((value) => relativePosition(value, 2, 4)),
    [-1, 0, 1],
  );
});

test("in an empty range only the sign counts", () => {
  assert.deepEqual(
    [-3, 0, 5].map((value) => relativePosition(value, 0, 0)),
    [-1, 0, 1],
  );
});

test("a dimension is described by its value, its range and its use", () => {
  const code = { values: [0.5, -300], low: [-1, -400], high: [2, 0], active: [true, false] };
  assert.equal(describeDimension(code, 0), "z1 = 0.50  ·  usually −1.00 to 2.00");
  assert.equal(describeDimension(code, 1), "z2 = −300.0  ·  usually −400.0 to 0.0, inactive");
  assert.ok(!describeDimension({ ...code, active: null }, 1).includes("inactive"));
});

test("a dimension of a VAE has its standard deviation, and a bar its interval", () => {
  const code = { values: [0.5, 3], low: [-2, -2], high: [2, 2], active: null, std: [0.25, 0.5] };
  assert.equal(describeDimension(code, 0), "z1 = 0.50 ± 0.25  ·  usually −2.00 to 2.00");
  assert.deepEqual(deviationSpan(code, 0), [0.5625, 0.6875]);
  assert.deepEqual(deviationSpan(code, 1), [1, 1], "it is cut at the end of the range");
  assert.equal(deviationSpan({ ...code, std: null }, 0), null);
});

test("a pointer is over the bar at its position", () => {
  assert.deepEqual(
    [10, 19.9, 20, 49.9].map((x) => barIndex(x, 10, 50, 4)),
    [0, 0, 1, 3],
  );
  assert.deepEqual([barIndex(9.9, 10, 50, 4), barIndex(50, 10, 50, 4)], [-1, -1]);
});
