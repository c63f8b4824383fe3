// @ts-check
/** Reports of a state that changes quickly: only the newest, one at a time. */

const MIN_INTERVAL_MS = 125;
const ANSWER_TIMEOUT_MS = 1500;

/**
 * Sends the newest state once the server has answered the report before, or the wait for its
 * answer has timed out, and a minimum interval has passed.
 */
export class ReportThrottle {
  #changed = false;
  #sequence = 0;
  #answered = 0;
  #sentAt = -Infinity;
  /** @type {any} */ #timer = 0;

  /** @param {(sequence: number) => void} send sends the current state under this number */
  constructor(send) {
    this.send = send;
  }

  /** Continue the numbering of an earlier instance. @param {number} sequence the last one used */
  continueFrom(sequence) {
    this.#sequence = sequence;
  }

  /** Whether a change is not sent yet, or the server has not answered the last report. */
  get isWaiting() {
    return this.#changed || this.#answered < this.#sequence;
  }

  /** The state has changed. */
  change() {
    this.#changed = true;
    this.#sendWhenDue();
  }

  /** The server has answered a report. @param {number} sequence */
  answer(sequence) {
    this.#answered = Math.max(this.#answered, sequence);
    this.#sendWhenDue();
  }

  #sendWhenDue() {
    clearTimeout(this.#timer);
    if (!this.#changed) return;
    const interval = this.#answered >= this.#sequence ? MIN_INTERVAL_MS : ANSWER_TIMEOUT_MS;
    const wait = this.#sentAt + interval - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#sendWhenDue(), wait);
    else this.#sendNow();
  }

  #sendNow() {
    this.#changed = false;
    this.#sequence += 1;
    this.#sentAt = performance.now();
    this.send(this.#sequence);
  }

  dispose() {
    clearTimeout(this.#timer);
  }
}
