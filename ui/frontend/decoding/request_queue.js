// @ts-check
/** The decoder worker's queue: urgent requests first, long requests in small batches. */

const MAX_BATCH = 16; // codes decoded at once
const BUDGET_MS = 8; // target duration of a batch, since an urgent request may be waiting
const SMOOTHING = 0.3; // weight of the last batch in the moving average

/** @typedef {{id: number, codes: Float32Array, urgent: boolean}} WorkerRequest */

export class RequestQueue {
  /** @type {WorkerRequest[]} */ #requests = [];
  #msPerCode = BUDGET_MS / 2; // moving average

  get size() {
    return this.#requests.length;
  }

  /** Add a request behind those of the same urgency. @param {WorkerRequest} request */
  add(request) {
    this.#insert(request, (other) => other.urgent < request.urgent);
  }

  /** Put the rest of a request before others of the same urgency. @param {WorkerRequest} request */
  putBack(request) {
    this.#insert(request, (other) => other.urgent <= request.urgent);
  }

  /** @param {WorkerRequest} request @param {(other: WorkerRequest) => boolean} isBehind */
  #insert(request, isBehind) {
    const position = this.#requests.findIndex(isBehind);
    this.#requests.splice(position < 0 ? this.#requests.length : position, 0, request);
  }

  /** The next request, removed from the queue. */
  take() {
    return this.#requests.shift();
  }

  /** @param {number} id */
  cancel(id) {
    this.#requests = this.#requests.filter((request) => request.id !== id);
  }

  /** How many of `count` codes to decode at once, at the speed measured so far.
   * @param {number} count */
  batchSize(count) {
    return Math.min(MAX_BATCH, count, Math.max(1, Math.floor(BUDGET_MS / this.#msPerCode)));
  }

  /** Record the duration of a batch. @param {number} count codes @param {number} ms */
  recordDuration(count, ms) {
    this.#msPerCode += SMOOTHING * (ms / count - this.#msPerCode);
  }
}
