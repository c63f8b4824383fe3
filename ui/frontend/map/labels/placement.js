// @ts-check
/** Which labels are shown: the first of all that fit, without overlap. */

/** @typedef {import("./occupancy.js").Occupancy} Occupancy */
/** @typedef {import("../scene/hit_test.js").Screen} Screen */
/** @typedef {{text: string, x: number, y: number, width: number, height: number}} Label its center, in pixels */

const MARGIN_PX = 2; // around a label
const MAX_NAMES = 140;
const MAX_SCANNED = 20_000; // samples whose names are tried

/** @param {Occupancy} occupancy @param {number} x @param {number} y @param {number} width @param {number} height */
function takeCentered(occupancy, x, y, width, height) {
  const [w, h] = [width + 2 * MARGIN_PX, height + 2 * MARGIN_PX];
  return occupancy.take(x - w / 2, y - h / 2, w, h);
}

/**
 * One label per class, at its densest place that is in view and free; large classes first.
 * @param {Occupancy} occupancy
 * @param {(position: ArrayLike<number>) => import("../scene/hit_test.js").ScreenPosition} project
 * @param {{text: string, width: number, places: import("./densest_places.js").Place[]}[]} classes
 * @param {number} height of a label, in pixels
 * @returns {Label[]}
 */
export function placeClassLabels(occupancy, project, classes, height) {
  /** @type {Label[]} */
  const placed = [];
  for (const { text, width, places } of classes) {
    for (const { position } of places) {
      const { x, y, depth } = project(position);
      if (depth <= 0 || !takeCentered(occupancy, x, y, width, height)) continue;
      placed.push({ text, x, y, width, height });
      break;
    }
  }
  return placed;
}

/**
 * The names of samples, in their order, above their points.
 * @param {Occupancy} occupancy
 * @param {Screen} screen
 * @param {Float32Array} positions three values per point
 * @param {Uint8Array} visible
 * @param {{text: (id: number) => string, width: (id: number) => number}} names widths in pixels
 * @param {number} height of a label, in pixels
 * @param {number} offset of its center above the point, in pixels
 * @returns {Label[]}
 */
export function placeNames(occupancy, screen, positions, visible, names, height, offset) {
  const { matrix: m, width, height: screenHeight } = screen;
  /** @type {Label[]} */
  const placed = [];
  const count = Math.min(visible.length, MAX_SCANNED);
  for (let i = 0, k = 0; i < count && placed.length < MAX_NAMES; i++, k += 3) {
    if (!visible[i]) continue;
    const [px, py, pz] = [positions[k], positions[k + 1], positions[k + 2]];
    const depth = m[3] * px + m[7] * py + m[11] * pz + m[15];
    if (depth <= 0) continue;
    const x = width * (0.5 + (0.5 * (m[0] * px + m[4] * py + m[8] * pz + m[12])) / depth);
    const y = screenHeight * (0.5 - (0.5 * (m[1] * px + m[5] * py + m[9] * pz + m[13])) / depth);
    if (x < 0 || x > width || y < 0 || y > screenHeight) continue;
    const labelWidth = names.width(i);
    if (takeCentered(occupancy, x, y - offset, labelWidth, height))
      placed.push({ text: names.text(i), x, y: y - offset, width: labelWidth, height });
  }
  return placed;
}
