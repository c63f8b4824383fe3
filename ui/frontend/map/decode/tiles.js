// @ts-check
/**
 * Tiles of the decoded grid: squares aligned to the map, so that they stay in place
 * while it is moved, in levels each finer than the last by √2.
 */

export const TILE_PX = 50; // CSS pixels of a tile's side, within a fifth
const RATIO = Math.SQRT2;

/** @typedef {{name: string, x: number, y: number, side: number}} Tile its center and side, in normalized coordinates */
/** @typedef {import("../scene/axes_2d.js").Ranges} Ranges */

/** The level whose tiles are nearest to `TILE_PX`. @param {number} scale pixels per unit of the cube */
export function levelFor(scale) {
  return Math.round(Math.log(scale / TILE_PX) / Math.log(RATIO));
}

/** A tile's side in the cube. @param {number} level */
export function tileSide(level) {
  return RATIO ** -level;
}

/**
 * The tiles in view, from the center outwards.
 * @param {Ranges} ranges @param {number} level @returns {Tile[]}
 */
export function tilesInView([[left, right], [low, high]], level) {
  const side = tileSide(level);
  const tiles = [];
  for (let i = Math.floor(left / side); i * side < right; i++) {
    for (let j = Math.floor(low / side); j * side < high; j++) {
      tiles.push({ name: `${level} ${i} ${j}`, x: (i + 0.5) * side, y: (j + 0.5) * side, side });
    }
  }
  const [x, y] = [(left + right) / 2, (low + high) / 2];
  const distanceToCenter = (/** @type {Tile} */ tile) => (tile.x - x) ** 2 + (tile.y - y) ** 2;
  return tiles.sort((a, b) => distanceToCenter(a) - distanceToCenter(b));
}

/**
 * The square of a tile on a canvas that shows `ranges`.
 * @param {Tile} tile @param {Ranges} ranges @param {number} canvasWidth in pixels
 * @param {number} fraction of the tile's side that is filled
 * @returns {{x: number, y: number, side: number}} top left corner and side, in pixels
 */
export function tileSquare(tile, [[left, right], [, high]], canvasWidth, fraction) {
  const scale = canvasWidth / (right - left);
  const side = tile.side * scale * fraction;
  const [centerX, centerY] = [(tile.x - left) * scale, (high - tile.y) * scale];
  return { x: centerX - side / 2, y: centerY - side / 2, side };
}
