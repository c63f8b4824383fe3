// @ts-check
/**
 * How many points to draw while something moves.  Where drawing takes long, only every 2nd, 4th, 8th
 * … point is drawn then, and all of them when nothing has moved for a moment.
 */

export const SETTLE_MS = 160; // without a new frame, the movement has ended
const FRAME_MS = 16.7; // of a browser that has nothing to wait for
const BUDGET_MS = 24; // for the points, beyond that
const MIN_POINTS = 5000; // never fewer than this are drawn
const SMOOTHING = 0.4; // weight of the newest frame in the moving average
const FIRST_GUESS_MS = 2e-4; // per point, until a movement has been measured

export class AdaptiveStride {
  #msPerPoint = FIRST_GUESS_MS; // moving average
  #lastFrame = -Infinity;
  #moving = false;

  /**
   * A frame begins.
   * @param {number} now in ms @param {number} count of points
   * @returns {number} every how many-th point to draw in it
   */
  begin(now, count) {
    this.#moving = now - this.#lastFrame < SETTLE_MS;
    this.#lastFrame = now;
    const wanted = Math.min((count * this.#msPerPoint) / BUDGET_MS, count / MIN_POINTS);
    return 2 ** Math.max(0, Math.ceil(Math.log2(wanted || 1) - 1e-9));
  }

  /** The next frame begins. @param {number} elapsedMs since `begin` @param {number} drawn number of points */
  end(elapsedMs, drawn) {
    if (!this.#moving || drawn < MIN_POINTS) return; // a single frame is not waited for
    const msPerPoint = Math.max(0, elapsedMs - FRAME_MS) / drawn;
    this.#msPerPoint += SMOOTHING * (msPerPoint - this.#msPerPoint);
  }
}
