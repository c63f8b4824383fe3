import assert from "node:assert/strict";
import test from "node:test";

import {
  TILE_PX,
  levelFor,
  tileSide,
  tileSquare,
  tilesInView,
} from "../../../../ui/frontend/map/decode/tiles.js";

/** @typedef {import("../../../../ui/frontend/map/decode/tiles.js").Ranges} Ranges */

/** @type {Ranges} */ const RANGES = [
  [-1.3, 0.9],
  [-0.4, 1.1],
];

test("a tile's side on the screen is within a fifth of its nominal size", () => {
  for (let scale = 20; scale < 20_000; scale *= 1.07) {
    const side = tileSide(levelFor(scale)) * scale;
    assert.ok(side > TILE_PX / 1.2 && side < TILE_PX * 1.2, `${side} at ${scale}`);
  }
});

test("twice the zoom is two levels", () => {
  assert.equal(levelFor(800) - levelFor(400), 2);
  assert.ok(Math.abs(tileSide(3) - 2 * tileSide(5)) < 1e-12);
});

test("the tiles cover the view without a gap or overlap", () => {
  const tiles = tilesInView(RANGES, 2);
  const side = tileSide(2);
  const columns = new Set(tiles.map(({ x }) => x));
  const rows = new Set(tiles.map(({ y }) => y));
  assert.equal(tiles.length, columns.size * rows.size);
  assert.equal(new Set(tiles.map(({ name }) => name)).size, tiles.length);
  const [[left, right], [low, high]] = RANGES;
  assert.ok(Math.min(...columns) - side / 2 <= left && Math.max(...columns) + side / 2 >= right);
  assert.ok(Math.min(...rows) - side / 2 <= low && Math.max(...rows) + side / 2 >= high);
});

test("a tile keeps name and position while the view moves", () => {
  const [[left, right], y] = RANGES;
  const moved = tilesInView([[left + 0.6, right + 0.6], y], 2);
  const before = new Map(tilesInView(RANGES, 2).map((tile) => [tile.name, tile]));
  const common = moved.filter(({ name }) => before.has(name));
  assert.ok(common.length > 4);
  for (const tile of common) assert.deepEqual(before.get(tile.name), tile);
});

test("names of different levels differ", () => {
  const names = new Set(tilesInView(RANGES, 2).map(({ name }) => name));
  assert.ok(tilesInView(RANGES, 3).every(({ name }) => !names.has(name)));
});

test("tiles are sorted from the center outwards", () => {
  const distances = tilesInView(RANGES, 3).map(({ x, y }) => Math.hypot(x + 0.2, y - 0.35));
  assert.deepEqual(
    distances,
    [...distances].sort((a, b) => a - b),
  );
});

test("a tile's square on a canvas is around its center, y down", () => {
  const tile = { name: "", x: 0, y: 0.5, side: 0.5 };
  /** @type {Ranges} */ const ranges = [
    [-1, 1],
    [-1, 1],
  ];
  assert.deepEqual(tileSquare(tile, ranges, 200, 1), { x: 75, y: 25, side: 50 });
  assert.deepEqual(tileSquare(tile, ranges, 200, 0.5), { x: 87.5, y: 37.5, side: 25 });
});
