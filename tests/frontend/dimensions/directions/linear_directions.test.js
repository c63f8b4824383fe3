import assert from "node:assert/strict";
import { test } from "node:test";

import {
  LinearDirections,
  stripCodes,
  valueText,
} from "../../../../ui/frontend/dimensions/directions/linear_directions.js";

// two attributes of two dimensions: weights, directions, offsets
const directions = new LinearDirections(
  Float32Array.of(1, 0, 0, 2, /**/ 1, 0.5, 0, 0.5, /**/ 10, -1),
  2,
);

test("a prediction is linear in the code", () => {
  assert.equal(directions.predict(0, Float32Array.of(3, 4)), 13);
  assert.equal(directions.predict(1, Float32Array.of(3, 4)), 7);
});

test("the moved code has the wanted prediction and lies along the direction", () => {
  const moved = directions.moveTo(0, Float32Array.of(3, 4), 15, 100);
  assert.deepEqual([...moved], [5, 5]);
  assert.equal(directions.predict(0, moved), 15);
});

test("the moved code is clipped to the limit", () => {
  assert.deepEqual([...directions.moveTo(0, Float32Array.of(3, 4), 1000, 6)], [6, 6]);
  assert.deepEqual([...directions.moveTo(0, Float32Array.of(3, 4), -1000, 6)], [-6, -6]);
});

test("a prediction outside the data's range says so", () => {
  const age = { range: [18, 80], digits: 0, unit: "years" };
  assert.equal(valueText(age, 44.4), "44 years");
  assert.equal(valueText(age, 12), "under 18 years");
  assert.equal(valueText(age, 99), "over 80 years");
  assert.equal(valueText({ range: [-1, 1], digits: 1, unit: "" }, -0.5), "−0.5");
});

test("the codes of a strip have its values, from minus to plus", () => {
  const values = Float32Array.of(11, 13, 15);
  const codes = stripCodes(directions, 0, Float32Array.of(3, 4), values, 100);
  assert.deepEqual([...codes], [1, 3, 3, 4, 5, 5]);
});
