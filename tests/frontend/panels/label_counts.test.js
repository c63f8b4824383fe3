import assert from "node:assert/strict";
import { test } from "node:test";
import { isShort, labelRows } from "../../../ui/frontend/panels/label_counts.js";

test("bars are relative to the most frequent label", () => {
  const rows = labelRows([
    ["cat", 40],
    ["dog", 10],
  ]);
  assert.deepEqual(rows, [
    { name: "cat", count: 40, percent: 100 },
    { name: "dog", count: 10, percent: 25 },
  ]);
  assert.deepEqual(labelRows([]), []);
});

test("at most ten labels are shown, the most frequent ones", () => {
  const labels = Array.from(
    { length: 12 },
    (_, i) => /** @type {[string, number]} */ ([`${i}`, 12 - i]),
  );
  assert.deepEqual(
    labelRows(labels).map(({ name }) => name),
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  );
});

test("digits are short labels", () => {
  assert.deepEqual(["7", "10", "cat"].map(isShort), [true, true, false]);
});
