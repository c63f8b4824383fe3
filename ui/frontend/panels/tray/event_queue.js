// @ts-check
/** Events for the server, sent one at a time. */

const ANSWER_TIMEOUT_MS = 1500;

/** Sends each event once the server has answered the one before, or its answer is overdue. */
export class EventQueue {
  /** @type {[string, any][]} */ #waiting = [];
  /** @type {any} */ #answerTimer = null;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    this.send = send;
  }

  /** Whether an event has been sent and its answer is still awaited. */
  get awaitsAnswer() {
    return this.#answerTimer !== null;
  }

  /** @param {string} event @param {any} value */
  add(event, value) {
    this.#waiting.push([event, value]);
    if (!this.awaitsAnswer) this.#sendNext();
  }

  /** The server has answered: send the next event. */
  answer() {
    if (this.awaitsAnswer) this.#sendNext();
  }

  #sendNext() {
    this.dispose();
    const next = this.#waiting.shift();
    if (!next) return;
    this.#answerTimer = setTimeout(() => this.#sendNext(), ANSWER_TIMEOUT_MS);
    this.send(...next);
  }

  /** Stop waiting for an answer. */
  dispose() {
    clearTimeout(this.#answerTimer);
    this.#answerTimer = null;
  }
}
