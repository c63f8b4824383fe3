// @ts-check
/** Where the name of a class can stand: the densest places of its points. */

const CELLS = 24; // along the cube [−1, 1]³
const MAX_PLACES = 12; // per class
const MIN_SEPARATION_CELLS = 3; // between the places of a class
const MIN_DENSITY = 0.12; // of the densest place of the class

/**
 * @typedef {object} Place
 * @property {[number, number, number]} position the mean of the points around, in normalized coordinates
 * @property {number} count of those points
 */

/** @typedef {{x: number, y: number, z: number, count: number, sums: [number, number, number]}} Cell */

/** @param {number} value in [−1, 1] */
function cellOf(value) {
  return Math.min(CELLS - 1, Math.max(0, Math.floor(((value + 1) / 2) * CELLS)));
}

/** @param {number} x @param {number} y @param {number} z */
const keyOf = (x, y, z) => (z * CELLS + y) * CELLS + x;

/**
 * The occupied cells of each class.
 * @param {Float32Array} positions three values per point @param {Uint8Array} classes
 * @param {Uint8Array} visible @param {number} count of classes
 * @returns {Map<number, Cell>[]}
 */
function countCells(positions, classes, visible, count) {
  const tables = Array.from({ length: count }, () => /** @type {Map<number, Cell>} */ (new Map()));
  for (let i = 0; i < classes.length; i++) {
    if (!visible[i]) continue;
    const at = positions.subarray(3 * i, 3 * i + 3);
    const [x, y, z] = [cellOf(at[0]), cellOf(at[1]), cellOf(at[2])];
    const key = keyOf(x, y, z);
    let cell = tables[classes[i]].get(key);
    if (!cell) tables[classes[i]].set(key, (cell = { x, y, z, count: 0, sums: [0, 0, 0] }));
    cell.count += 1;
    for (let k = 0; k < 3; k++) cell.sums[k] += at[k];
  }
  return tables;
}

/** A cell with its neighbors as one place. @param {Map<number, Cell>} table @param {Cell} cell */
function placeAround(table, { x, y, z }) {
  let count = 0;
  const sums = [0, 0, 0];
  for (let dz = -1; dz <= 1; dz++) {
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const near = table.get(keyOf(x + dx, y + dy, z + dz));
        if (!near || near.x !== x + dx || near.y !== y + dy) continue; // beyond the cube's side
        count += near.count;
        for (let k = 0; k < 3; k++) sums[k] += near.sums[k];
      }
    }
  }
  const position = /** @type {[number, number, number]} */ (sums.map((sum) => sum / count));
  return { position, count, x, y, z };
}

/** @param {{x: number, y: number, z: number}} a @param {{x: number, y: number, z: number}} b */
function cellDistance(a, b) {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y), Math.abs(a.z - b.z));
}

/** @param {Map<number, Cell>} table @returns {Place[]} the densest first, apart from each other */
function densestOf(table) {
  const ranked = [...table.values()]
    .map((cell) => placeAround(table, cell))
    .sort((a, b) => b.count - a.count);
  /** @type {typeof ranked} */
  const places = [];
  for (const place of ranked) {
    if (places.length === MAX_PLACES || place.count < MIN_DENSITY * ranked[0].count) break;
    if (places.every((other) => cellDistance(other, place) >= MIN_SEPARATION_CELLS))
      places.push(place);
  }
  return places.map(({ position, count }) => ({ position, count }));
}

/**
 * The densest places of each class; none for a class without visible points.
 * @param {Float32Array} positions three values per point, in [−1, 1]
 * @param {Uint8Array} classes one per point
 * @param {Uint8Array} visible one per point
 * @param {number} count of classes
 * @returns {Place[][]}
 */
export function densestPlaces(positions, classes, visible, count) {
  return countCells(positions, classes, visible, count).map(densestOf);
}
