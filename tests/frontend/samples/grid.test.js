import assert from "node:assert/strict";
import { test } from "node:test";

import {
  GAP_PX,
  contentHeight,
  gridOf,
  scrollTo,
  tilePosition,
  visibleRange,
} from "../../../ui/frontend/samples/grid_geometry.js";
import { IdleQueue } from "../../../ui/frontend/samples/idle_queue.js";

const grid = gridOf(800, 92, (width) => width + 12);

test("tiles fill the width and are at least as wide as asked", () => {
  assert.equal(grid.columns, 8);
  assert.equal(grid.columns * grid.width + GAP_PX * 7, 800);
  assert.ok(grid.width >= 92);
  assert.equal(gridOf(50, 92, (width) => width).columns, 1);
});

test("the tiles that are seen are those of whole rows, and no others", () => {
  const seen = visibleRange(grid, 2.5 * grid.height, 3 * grid.height);
  assert.deepEqual(seen, { first: 16, end: 48 });
  assert.deepEqual(visibleRange(grid, 0, 1), { first: 0, end: 8 });
});

test("there is always more to scroll to", () => {
  for (let top = 0; top < 1e6; top += 9999) {
    const { end } = visibleRange(grid, top, 400);
    assert.ok(contentHeight(grid, end) > top + 400);
  }
});

test("a sample that is not seen is scrolled to, one that is seen is not", () => {
  assert.equal(scrollTo(grid, 9, 0, 3 * grid.height), null);
  const target = scrollTo(grid, 800, 0, 300);
  assert.ok(target !== null);
  assert.equal(target, tilePosition(grid, 800).top - GAP_PX);
  const { first, end } = visibleRange(grid, target, 300);
  assert.ok(first <= 800 && 800 < end);
});

test("nothing is done while something moves; then each once, the removed not", async () => {
  /** @type {string[]} */
  const finished = [];
  let time = 0;
  const done = new Promise((resolve) => {
    const queue = new IdleQueue(
      ({ name }) => {
        finished.push(`${name} at ${time}`);
        if (finished.length === 2) resolve(undefined);
      },
      () => (time += 100),
    );
    const [a, b, c] = ["a", "b", "c"].map((name) => ({ name }));
    queue.postpone(); // at 100
    for (const tile of [a, b, c, a]) queue.add(tile);
    queue.remove(b);
  });
  await done;
  assert.deepEqual(finished, ["a at 300", "c at 400"]);
});
