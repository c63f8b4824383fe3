// @ts-check
/** Decodes at low priority, in batches: the newest request of each requester, first come first served. */

import { concatenate } from "../core/arrays.js";
import { MAX_SERVER_CODES } from "../core/constants.js";

/** @typedef {import("./decoder.js").Decoder} Decoder */
/** @typedef {import("./onnx_session.js").Decoded} Decoded */
/** @typedef {import("./latest_only.js").ShowDecoded} ShowDecoded */
/** @typedef {{codes: Float32Array, show: ShowDecoded}} Request */

const LOCAL_CODES = 2; // per batch, so that urgent requests are decoded in between
const PAUSE_MS = 40; // during a drag; drawing a row of images takes several such pauses

/** Decodes one batch at a time, after urgent requests. */
export class BackgroundQueue {
  /** @type {Map<unknown, Request>} */ #waiting = new Map();
  #busy = false;

  /**
   * @param {() => Decoder} decoder the current one; images of another are not shown
   * @param {object} [options]
   * @param {() => boolean} [options.dragging] whether to pause after each batch
   * @param {(error: Error) => void} [options.failed]
   */
  constructor(decoder, { dragging = () => false, failed = () => {} } = {}) {
    this.decoder = decoder;
    this.dragging = dragging;
    this.failed = failed;
  }

  /**
   * Decode codes; replaces the same requester's request if it still waits.
   * @param {unknown} requester
   * @param {Float32Array} codes (N, D)
   * @param {ShowDecoded} show
   */
  request(requester, codes, show) {
    this.#waiting.set(requester, { codes, show });
    if (!this.#busy) void this.#work();
  }

  /** @param {unknown} requester */
  cancel(requester) {
    this.#waiting.delete(requester);
  }

  /** Cancel all that waits. */
  clear() {
    this.#waiting.clear();
  }

  /** Whether nothing waits or is being decoded. */
  get idle() {
    return !this.#busy;
  }

  async #work() {
    this.#busy = true;
    while (this.#waiting.size > 0) {
      const decoder = this.decoder();
      const batch = this.#takeBatch(decoder);
      try {
        const decoded = await decoder.decode(concatenate(batch.map(({ codes }) => codes)), {
          urgent: false,
        });
        if (decoder === this.decoder()) distribute(decoded, batch, decoder);
      } catch (error) {
        this.failed(/** @type {Error} */ (error)); // what was shown stays; the next request tries again
      }
      if (this.dragging()) await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
    this.#busy = false;
  }

  /** Remove the first requests, at least one, that fit a batch. @param {Decoder} decoder */
  #takeBatch({ state, spec }) {
    const maxCodes = state.mode === "browser" ? LOCAL_CODES : MAX_SERVER_CODES;
    /** @type {Request[]} */
    const batch = [];
    let count = 0;
    for (const [requester, request] of this.#waiting) {
      count += request.codes.length / spec.dim;
      if (batch.length > 0 && count > maxCodes) break;
      batch.push(request);
      this.#waiting.delete(requester);
    }
    return batch;
  }
}

/** Show each request its own images. @param {Decoded} decoded @param {Request[]} batch @param {Decoder} decoder */
function distribute({ images, realism }, batch, { spec, size }) {
  let start = 0;
  for (const { codes, show } of batch) {
    const end = start + codes.length / spec.dim;
    show(images.subarray(start * size, end * size), realism.subarray(start, end));
    start = end;
  }
}
