// @ts-check
/** Recognizes the second click of a double click. */

const MAX_DELAY_MS = 500; // a second click so soon …
const MAX_DISTANCE_PX = 12; // … and so near is the same one

export class DoubleClickFilter {
  #last = { x: -Infinity, y: 0, time: -Infinity };

  /** Whether this click repeats the last one. @param {number} x @param {number} y in pixels @param {number} time in ms */
  isRepeat(x, y, time) {
    const { x: lastX, y: lastY, time: lastTime } = this.#last;
    this.#last = { x, y, time };
    return time - lastTime < MAX_DELAY_MS && Math.hypot(x - lastX, y - lastY) < MAX_DISTANCE_PX;
  }
}
