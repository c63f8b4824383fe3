// @ts-check
/** SVG path data of projected positions. */

/** @typedef {{x: number, y: number}} Pixel */

/** @param {Pixel[]} pixels */
function join(pixels) {
  return pixels.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
}

/** A line; "" for fewer than two positions. @param {Pixel[]} pixels */
export function openPath(pixels) {
  return pixels.length > 1 ? `M${join(pixels)}` : "";
}

/** A polygon; "" for fewer than three positions. @param {Pixel[]} pixels */
export function closedPath(pixels) {
  return pixels.length > 2 ? `M${join(pixels)}Z` : "";
}
