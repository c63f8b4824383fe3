import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clampIndex,
  dropIndex,
  indexOfKey,
  movedTo,
  shiftOf,
  without,
} from "../../../ui/frontend/panels/tray/order.js";

const ITEMS = ["a", "b", "c", "d"].map((key) => ({ key, label: key, picture: "" }));

/** @param {{key: string}[]} items */
const keys = (items) => items.map(({ key }) => key).join("");

test("an item is found by its key", () => {
  assert.equal(indexOfKey(ITEMS, "c"), 2);
  assert.equal(indexOfKey(ITEMS, "x"), -1);
});

test("an item is moved to an index, and the others keep their order", () => {
  assert.equal(keys(movedTo(ITEMS, "a", 2)), "bcad");
  assert.equal(keys(movedTo(ITEMS, "d", 0)), "dabc");
  assert.equal(keys(movedTo(ITEMS, "b", 3)), "acdb");
  assert.equal(keys(ITEMS), "abcd");
});

test("an item is removed", () => {
  assert.equal(keys(without(ITEMS, "b")), "acd");
  assert.equal(keys(without(ITEMS, "x")), "abcd");
});

test("indices are clipped to the tray", () => {
  assert.deepEqual(
    [-1, 0, 3, 4].map((index) => clampIndex(index, 4)),
    [0, 0, 3, 3],
  );
});

test("an item is dropped at the nearest position", () => {
  assert.equal(dropIndex(1, 26, 54, 4), 1);
  assert.equal(dropIndex(1, 28, 54, 4), 2);
  assert.equal(dropIndex(1, -1000, 54, 4), 0);
  assert.equal(dropIndex(1, 1000, 54, 4), 3);
});

test("the shifts of the others lead to the order after the drop", () => {
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      const moved = movedTo(ITEMS, ITEMS[from].key, to);
      ITEMS.forEach((item, i) => {
        if (i === from) return;
        assert.equal(i + shiftOf(i, from, to), indexOfKey(moved, item.key));
      });
    }
  }
});
