// @ts-check
/** Positions of the points while they move from their previous to their new position. */

export class PointPositions {
  /** @type {Float32Array} */ previous = new Float32Array(0); // three values per point
  /** @type {Float32Array} */ target = new Float32Array(0);
  progress = 1; // 0 at `previous`, 1 at `target`

  get count() {
    return this.target.length / 3;
  }

  get moving() {
    return this.progress < 1;
  }

  /** @param {Float32Array} target @param {Float32Array} previous of the same length */
  set(target, previous) {
    this.target = target;
    this.previous = previous;
  }

  /** @param {number} k index of a value */
  #value(k) {
    return this.previous[k] + (this.target[k] - this.previous[k]) * this.progress;
  }

  /** Current positions of all points. @returns {Float32Array} three values per point */
  current() {
    if (!this.moving) return this.target;
    return this.target.map((_, k) => this.#value(k));
  }

  /** Current position of one point; null without such a point. @param {number | null} id @returns {[number, number, number] | null} */
  at(id) {
    if (id === null || id >= this.count) return null;
    return [this.#value(3 * id), this.#value(3 * id + 1), this.#value(3 * id + 2)];
  }
}
