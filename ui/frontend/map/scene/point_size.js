// @ts-check
/** The size of a point on the screen. */

/** CSS pixels: smaller with many points or little space. @param {number} count @param {number} width of the plot, in pixels */
export function pointSize(count, width) {
  const size = Math.min(8, Math.max(2.4, 46 / count ** 0.25));
  return size * Math.sqrt(Math.min(1, Math.max(0.55, width / 760)));
}

/** The factor by which points grow with the zoom. @param {number} magnification 1 shows everything */
export function zoomFactor(magnification) {
  return Math.min(3, Math.max(0.8, magnification ** 0.45));
}
