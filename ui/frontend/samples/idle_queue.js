// @ts-check
/** Works on tiles one after the other, while nothing is moved. */

const REST_MS = 120; // after the last change

/**
 * @template {object} T
 */
export class IdleQueue {
  /** @type {Set<T>} */ #waiting = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #changedAt = -Infinity;

  /** @param {(tile: T) => void} work @param {() => number} now in milliseconds */
  constructor(work, now = () => performance.now()) {
    this.work = work;
    this.now = now;
  }

  /** Something is being moved: wait until it rests. */
  postpone() {
    this.#changedAt = this.now();
  }

  /** @param {T} tile */
  add(tile) {
    this.#waiting.add(tile);
    this.#schedule(0);
  }

  /** @param {T} tile */
  remove(tile) {
    this.#waiting.delete(tile);
  }

  /** @param {number} delayMs */
  #schedule(delayMs) {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#work();
    }, delayMs);
  }

  #work() {
    const rest = this.#changedAt + REST_MS - this.now();
    if (rest > 0) {
      this.#schedule(rest);
      return;
    }
    const [tile] = this.#waiting;
    if (!tile) return;
    this.#waiting.delete(tile);
    this.work(tile);
    if (this.#waiting.size > 0) this.#schedule(0);
  }

  dispose() {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }
}
