// @ts-check
/** How the position moves during playback: play mode, direction, speed. */

/** @typedef {"once" | "loop" | "back"} PlayMode */

const REDUCED_MOTION_MS = 700; // between two frames with reduced motion
const REDUCED_MOTION_STEP = 0.1;

/**
 * How far a frame moves, or null where none is due yet.
 * @param {object} frame
 * @param {number} frame.elapsed ms since the last frame
 * @param {number} frame.speed a factor
 * @param {number} frame.duration seconds from 0 to 1 at ordinary speed
 * @param {boolean} frame.reducedMotion few large steps instead of continuous motion
 */
export function frameStep({ elapsed, speed, duration, reducedMotion }) {
  if (!reducedMotion) return (speed * elapsed) / 1000 / duration;
  return elapsed >= REDUCED_MOTION_MS / speed ? REDUCED_MOTION_STEP : null;
}

export class Playhead {
  #direction = 1;

  /** The time from which playback starts. @param {number} time now @param {PlayMode} mode */
  start(time, mode) {
    this.#direction = time >= 1 && mode === "back" ? -1 : 1;
    const restarts = time < 0 || (time >= 1 && mode !== "back");
    return restarts ? 0 : time;
  }

  /** The next time, in [0, 1]. @param {number} time now @param {number} step @param {PlayMode} mode */
  next(time, step, mode) {
    const next = Math.min(1, Math.max(0, time)) + this.#direction * step;
    if (next > 1) return this.#afterEnd(next, mode);
    if (next >= 0) return next;
    this.#direction = 1;
    return Math.min(1, -next);
  }

  /** @param {number} next above 1 @param {PlayMode} mode */
  #afterEnd(next, mode) {
    if (mode === "once") return 1;
    if (mode === "loop") return next % 1;
    this.#direction = -1;
    return Math.max(0, 2 - next);
  }
}
