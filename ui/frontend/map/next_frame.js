// @ts-check
/** Calls a function once in the next animation frame, however often requested. */

export class NextFrame {
  #frame = 0;

  /** @param {() => void} callback */
  constructor(callback) {
    this.callback = callback;
  }

  /** Whether the call is still to come. */
  get pending() {
    return this.#frame !== 0;
  }

  request() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.callback();
    });
  }

  cancel() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
