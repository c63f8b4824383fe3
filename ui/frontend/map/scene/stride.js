// @ts-check
/**
 * How many points to draw during a movement.  Where drawing is slow, only every 2nd, 4th or 8th
 * point is drawn during a movement, and all of them at its end.
 */

export const SETTLE_MS = 160; // without a new frame, the movement has ended
const SLOW_FRAME_MS = 50; // a frame that takes longer is slow
const MAX_STRIDE = 8; // at least every eighth point is drawn …
const MIN_POINTS = 5000; // … and never fewer points than this
const SMOOTHING = 0.4; // weight of the newest frame time in the moving average

export class AdaptiveStride {
  stride = 1; // every stride-th point is drawn during a movement
  moving = false;
  #lastFrame = -Infinity;
  #frameMs = 0;

  /** A frame begins. @param {number} now in ms @returns {number} the stride to draw it with */
  begin(now) {
    this.moving = now - this.#lastFrame < SETTLE_MS;
    this.#lastFrame = now;
    if (!this.moving && this.#frameMs < SLOW_FRAME_MS / 2)
      this.stride = Math.max(1, this.stride / 2);
    return this.moving ? this.stride : 1;
  }

  /** A frame has ended. @param {number} elapsedMs @param {number} count of points @param {boolean} moving whether it was part of a movement */
  end(elapsedMs, count, moving) {
    this.#frameMs += SMOOTHING * (elapsedMs - this.#frameMs);
    const maxStride = Math.min(MAX_STRIDE, count / MIN_POINTS);
    if (!moving || this.#frameMs < SLOW_FRAME_MS || 2 * this.stride > maxStride) return;
    this.stride *= 2;
    this.#frameMs = 0; // measure again before the next change
  }
}
