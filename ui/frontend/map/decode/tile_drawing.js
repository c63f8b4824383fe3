// @ts-check
/** Draws decoded tiles on a canvas, fainter and smaller the worse the verdict. */

import { tileSquare } from "./tiles.js";

/** @typedef {import("../../core/verdict.js").Verdict} Verdict */
/** @typedef {{image: HTMLCanvasElement, verdict: Verdict}} TileImage */
/** @typedef {TileImage | "far"} DecodedTile "far" from all points: nothing is drawn */

const CORNER_RADIUS = 0.14; // of a tile's side
/** Opacity of a tile, and the fraction of its square that it fills. @type {Record<Verdict["slug"], [number, number]>} */
const TILE_STYLES = { near: [1, 0.94], sparse: [0.5, 0.8], far: [0.16, 0.62] };

/** @param {CanvasRenderingContext2D} context @param {{x: number, y: number, side: number}} square @param {HTMLCanvasElement} image */
function drawRounded(context, { x, y, side }, image) {
  context.save();
  context.beginPath();
  context.roundRect(x, y, side, side, CORNER_RADIUS * side);
  context.clip();
  context.drawImage(image, x, y, side, side);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./tiles.js").Ranges} ranges
 * @param {import("./tiles.js").Tile} tile
 * @param {DecodedTile} decoded
 * @param {boolean} replace erase what another level has drawn in the tile's square
 */
export function drawTile(context, ranges, tile, decoded, replace) {
  const { width } = context.canvas;
  if (replace) {
    const { x, y, side } = tileSquare(tile, ranges, width, 1);
    context.clearRect(x, y, side, side);
  }
  if (decoded === "far") return;
  const [opacity, fraction] = TILE_STYLES[decoded.verdict.slug];
  context.globalAlpha = opacity;
  drawRounded(context, tileSquare(tile, ranges, width, fraction), decoded.image);
}
