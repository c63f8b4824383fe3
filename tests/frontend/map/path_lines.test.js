import assert from "node:assert/strict";
import test from "node:test";

import { linesInLegend } from "../../../ui/frontend/map/path_lines.js";

/** @param {string} name @param {string} tone */
const line = (name, tone) => ({ points: [0, 0, 1, 1], name, tone });

test("the legend has one entry per name and tone, in order", () => {
  const lines = [line("linear", "first"), line("linear", "first"), line("linear", "second")];
  const entries = linesInLegend(lines).map(({ name, tone }) => [name, tone]);
  assert.deepEqual(entries, [
    ["linear", "first"],
    ["linear", "second"],
  ]);
});

test("a line without a name has no entry", () => {
  assert.deepEqual(linesInLegend([line("", "first")]), []);
});
