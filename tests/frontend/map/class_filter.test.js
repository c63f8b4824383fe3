import assert from "node:assert/strict";
import test from "node:test";

import { ClassFilter } from "../../../ui/frontend/map/class_filter.js";

/** @param {ClassFilter} filter */
const hidden = (filter) => [...filter.hidden].sort();

test("a class is hidden and shown again", () => {
  const filter = new ClassFilter(3);
  filter.toggle(1);
  assert.deepEqual(hidden(filter), [1]);
  filter.toggle(1);
  assert.deepEqual(hidden(filter), []);
});

test("hiding the last visible class shows all", () => {
  const filter = new ClassFilter(2);
  filter.toggle(0);
  filter.toggle(1);
  assert.deepEqual(hidden(filter), []);
});

test("showing only one hides the others, whatever was hidden", () => {
  const filter = new ClassFilter(4);
  filter.toggle(2);
  filter.showOnly(2);
  assert.deepEqual(hidden(filter), [0, 1, 3]);
  filter.showAll();
  assert.deepEqual(hidden(filter), []);
});
