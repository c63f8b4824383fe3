import assert from "node:assert/strict";
import { test } from "node:test";

import {
  dropIndex,
  insertionSlot,
  moveWaypoint,
  removeWaypoint,
  setSeconds,
} from "../../../../ui/frontend/morph/waypoint/waypoint_order.js";

const ORDER = { slots: ["a", "b", "c", "d"], seconds: [1, 2, 3] };

test("a waypoint moves in both directions; the seconds stay where they are", () => {
  assert.deepEqual(moveWaypoint(ORDER, "a", 2), {
    slots: ["b", "c", "a", "d"],
    seconds: [1, 2, 3],
  });
  assert.deepEqual(moveWaypoint(ORDER, "d", 0).slots, ["d", "a", "b", "c"]);
});

test("a move to the same place or beyond the ends changes nothing", () => {
  assert.equal(moveWaypoint(ORDER, "b", 1), null);
  assert.equal(moveWaypoint(ORDER, "a", -1), null);
  assert.equal(moveWaypoint(ORDER, "d", 4), null);
});

test("a waypoint is removed with the seconds after it, the last with those before it", () => {
  assert.deepEqual(removeWaypoint(ORDER, "b"), { slots: ["a", "c", "d"], seconds: [1, 3] });
  assert.deepEqual(removeWaypoint(ORDER, "d"), { slots: ["a", "b", "c"], seconds: [1, 2] });
});

test("two waypoints stay", () => {
  assert.equal(removeWaypoint({ slots: ["a", "b"], seconds: [1] }, "a"), null);
});

test("seconds have two decimals and are clipped", () => {
  assert.deepEqual(setSeconds(ORDER, "b", "2.345").seconds, [1, 2.35, 3]);
  assert.deepEqual(setSeconds(ORDER, "a", "0.01").seconds, [0.1, 2, 3]);
  assert.deepEqual(setSeconds(ORDER, "c", "900").seconds, [1, 2, 60]);
});

test("what is not a positive number leaves the seconds", () => {
  for (const text of ["", "0", "-1", "soon", "Infinity"])
    assert.deepEqual(setSeconds(ORDER, "a", text), ORDER, text);
});

test("no function changes the given order", () => {
  moveWaypoint(ORDER, "a", 2);
  removeWaypoint(ORDER, "a");
  setSeconds(ORDER, "a", "9");
  assert.deepEqual(ORDER, { slots: ["a", "b", "c", "d"], seconds: [1, 2, 3] });
});

test("a dragged waypoint is dropped after those whose centers it has passed", () => {
  const centers = [50, 150, 250];
  assert.deepEqual(
    [0, 100, 151, 999].map((x) => dropIndex(centers, x)),
    [0, 1, 2, 3],
  );
});

test("an image of the tray is inserted before a waypoint whose first third it is over", () => {
  const boxes = [
    { slot: "a", left: 0, width: 90 },
    { slot: "b", left: 100, width: 90 },
  ];
  assert.equal(insertionSlot(boxes, 20), "a");
  assert.equal(insertionSlot(boxes, 45), "b");
  assert.equal(insertionSlot(boxes, 129), "b");
  assert.equal(insertionSlot(boxes, 131), "end");
});
