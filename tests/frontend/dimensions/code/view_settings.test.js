import assert from "node:assert/strict";
import { test } from "node:test";

import { ViewSettings } from "../../../../ui/frontend/dimensions/code/view_settings.js";

test("each change is announced", () => {
  let changes = 0;
  const view = new ViewSettings(() => (changes += 1));
  view.toggleFilmstrip(2);
  assert.deepEqual([...view.openFilmstrips], [2]);
  view.toggleFilmstrip(2);
  assert.deepEqual([...view.openFilmstrips], []);
  view.toggleGrid();
  view.showAll();
  assert.deepEqual([view.showsGrid, view.showsAll, changes], [true, true, 4]);
});

test("all filmstrips open; if all are open, they close", () => {
  const view = new ViewSettings(() => {});
  view.toggleFilmstrip(1);
  view.toggleFilmstrips([0, 1, 2]);
  assert.deepEqual([...view.openFilmstrips], [0, 1, 2]);
  assert.equal(view.allOpen([0, 1, 2]), true);
  view.toggleFilmstrips([0, 1, 2]);
  assert.equal(view.openFilmstrips.size, 0);
});

test("without dimensions none count as open", () => {
  assert.equal(new ViewSettings(() => {}).allOpen([]), false);
});
