// @ts-check
/** An animated transition from 0 to 1. */

export const TRANSITION_MS = 600;

/** Progress with zero speed at both ends. @param {number} t in [0, 1] */
export function smoothstep(t) {
  return t * t * (3 - 2 * t);
}

export class Transition {
  #frame = 0;

  /** @param {(progress: number) => void} onStep called once per frame, with 1 at the end */
  constructor(onStep) {
    this.onStep = onStep;
  }

  /** Start anew; a person who wants no motion gets the end at once. @param {boolean} animated */
  start(animated) {
    this.stop();
    const reduced = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!animated || reduced) this.onStep(1);
    else this.#animate(performance.now());
  }

  /** @param {number} started */
  #animate(started) {
    this.onStep(0);
    const step = () => {
      const t = Math.min(1, (performance.now() - started) / TRANSITION_MS);
      this.#frame = t < 1 ? requestAnimationFrame(step) : 0;
      this.onStep(smoothstep(t));
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
