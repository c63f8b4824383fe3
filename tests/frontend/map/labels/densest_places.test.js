import assert from "node:assert/strict";
import { test } from "node:test";

import { densestPlaces } from "../../../../ui/frontend/map/labels/densest_places.js";

/** @param {[number, number, number][]} centers each with `count` points around it @param {number[]} counts */
function clusters(centers, counts) {
  const rows = centers.flatMap((center, c) =>
    Array.from({ length: counts[c] }, (_, i) =>
      center.map((value, k) => value + 0.02 * Math.sin(7 * i + k)),
    ),
  );
  return Float32Array.from(rows.flat());
}

test("the first place of a class is where most of its points are, the next one apart from it", () => {
  const positions = clusters(
    [
      [-0.6, 0.5, 0],
      [0.7, -0.4, 0],
      [0, 0, 0],
    ],
    [30, 90, 50],
  );
  const classes = Uint8Array.from({ length: 170 }, (_, i) => (i < 120 ? 0 : 1));
  const visible = new Uint8Array(170).fill(1);
  const [first, second] = densestPlaces(positions, classes, visible, 2);
  assert.ok(Math.hypot(first[0].position[0] - 0.7, first[0].position[1] + 0.4) < 0.03);
  assert.ok(Math.hypot(first[1].position[0] + 0.6, first[1].position[1] - 0.5) < 0.03);
  assert.equal(second.length, 1);
  assert.equal(second[0].count, 50);
});

test("stray points make no place, and hidden points do not count", () => {
  const positions = clusters(
    [
      [0.5, 0.5, 0.5],
      [-0.5, -0.5, -0.5],
    ],
    [40, 3],
  );
  const classes = new Uint8Array(43);
  assert.equal(densestPlaces(positions, classes, new Uint8Array(43).fill(1), 1)[0].length, 1);
  assert.deepEqual(densestPlaces(positions, classes, new Uint8Array(43), 1), [[]]);
});
