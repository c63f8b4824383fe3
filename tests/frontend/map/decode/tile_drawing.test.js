import assert from "node:assert/strict";
import test from "node:test";

import { drawTile } from "../../../../ui/frontend/map/decode/tile_drawing.js";

/** @type {import("../../../../ui/frontend/map/decode/tiles.js").Ranges} */ const RANGES = [
  [-1, 1],
  [-1, 1],
];
const TILE = { name: "", x: 0, y: 0, side: 1 };

/** A 2D context that records how images are drawn and rectangles erased. */
function recordingContext() {
  const drawn = /** @type {any[]} */ ([]);
  const erased = /** @type {number[][]} */ ([]);
  const context = {
    canvas: { width: 100 },
    globalAlpha: 1,
    save() {},
    restore() {},
    beginPath() {},
    clip() {},
    roundRect() {},
    /** @param {unknown} image @param {number[]} square */
    drawImage(image, ...square) {
      drawn.push({ image, square, opacity: this.globalAlpha });
    },
    clearRect: (/** @type {number[]} */ ...square) => erased.push(square),
  };
  return { context: /** @type {any} */ (context), drawn, erased };
}

test("the worse the verdict, the fainter and smaller the image", () => {
  const { context, drawn } = recordingContext();
  const image = /** @type {any} */ ("image");
  for (const slug of /** @type {const} */ (["near", "sparse", "far"])) {
    const verdict = { slug, support: /** @type {const} */ ("near data"), image: null };
    drawTile(context, RANGES, TILE, { image, verdict }, false);
  }
  assert.deepEqual(
    drawn.map(({ opacity }) => opacity),
    [1, 0.5, 0.16],
  );
  const sides = drawn.map(({ square }) => square[2]);
  assert.ok(50 > sides[0] && sides[0] > sides[1] && sides[1] > sides[2]);
  for (const { square } of drawn) {
    assert.equal(square[2], square[3]);
    assert.ok(Math.abs(square[0] + square[2] / 2 - 50) < 1e-9); // centered
  }
});

test("the whole square of a tile that replaces another level is erased", () => {
  const { context, drawn, erased } = recordingContext();
  drawTile(context, RANGES, TILE, "far", false);
  assert.deepEqual([drawn, erased], [[], []]);
  drawTile(context, RANGES, TILE, "far", true);
  assert.deepEqual([drawn, erased], [[], [[25, 25, 50, 50]]]);
});
