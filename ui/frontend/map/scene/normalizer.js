// @ts-check
/** Maps coordinates of any range to the cube [−1, 1]³ and back. */

/** The eight corners of the cube, three values each. */
export const CORNERS = Float32Array.from({ length: 24 }, (_, k) =>
  ((k / 3) >> (k % 3)) & 1 ? 1 : -1,
);

export class Normalizer {
  /** @param {number[]} lo lowest of each dimension @param {number[]} hi highest */
  constructor(lo, hi) {
    this.center = lo.map((low, k) => (low + hi[k]) / 2);
    this.half = Math.max(...lo.map((low, k) => (hi[k] - low) / 2)) || 1;
  }

  /**
   * @param {ArrayLike<number>} values row after row
   * @returns {Float32Array} three values per row; z is 0 for a 2D map
   */
  normalize(values) {
    const dims = this.center.length;
    const rows = values.length / dims;
    const positions = new Float32Array(3 * rows);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < dims; k++)
        positions[3 * i + k] = (values[dims * i + k] - this.center[k]) / this.half;
    }
    return positions;
  }

  /** @param {ArrayLike<number>} position @returns {number[]} in map coordinates */
  denormalize(position) {
    return this.center.map((center, k) => center + position[k] * this.half);
  }
}
