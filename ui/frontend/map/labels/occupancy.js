// @ts-check
/** Which parts of the screen are taken, so that labels and images do not overlap. */

const CELL_PX = 4;

/** @typedef {{left: number, top: number, width: number, height: number}} Box in pixels */

export class Occupancy {
  #columns = 0;
  #rows = 0;
  #taken = new Uint8Array(0);

  /** Free everything. @param {number} width @param {number} height in pixels */
  reset(width, height) {
    this.#columns = Math.ceil(width / CELL_PX);
    this.#rows = Math.ceil(height / CELL_PX);
    const size = this.#columns * this.#rows;
    if (this.#taken.length === size) this.#taken.fill(0);
    else this.#taken = new Uint8Array(size);
  }

  /**
   * Take a box if all of it is free and inside; nothing is allocated.
   * @param {number} left @param {number} top @param {number} width @param {number} height in pixels
   * @returns {boolean} whether it was
   */
  take(left, top, width, height) {
    const [x0, y0] = [Math.floor(left / CELL_PX), Math.floor(top / CELL_PX)];
    const x1 = Math.ceil((left + width) / CELL_PX);
    const y1 = Math.ceil((top + height) / CELL_PX);
    if (x0 < 0 || y0 < 0 || x1 > this.#columns || y1 > this.#rows) return false;
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) if (this.#taken[y * this.#columns + x]) return false;
    }
    this.#fill(x0, y0, x1, y1);
    return true;
  }

  /** Take what is inside of a box. @param {Box} box */
  block({ left, top, width, height }) {
    this.#fill(
      Math.max(0, Math.floor(left / CELL_PX)),
      Math.max(0, Math.floor(top / CELL_PX)),
      Math.min(this.#columns, Math.ceil((left + width) / CELL_PX)),
      Math.min(this.#rows, Math.ceil((top + height) / CELL_PX)),
    );
  }

  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 in cells */
  #fill(x0, y0, x1, y1) {
    for (let y = y0; y < y1; y++)
      this.#taken.fill(1, y * this.#columns + x0, y * this.#columns + Math.max(x0, x1));
  }
}
