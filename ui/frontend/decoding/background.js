// @ts-check
/** Decoding at low priority: the newest request of each requester, in the order in which they began to wait. */

/** @typedef {import("./decoder.js").Decoder} Decoder */
/** @typedef {{codes: Float32Array, show: (images: Float32Array) => void}} Request */

const LOCAL_CODES = 2; // per batch, so that an urgent request gets its turn in between
const SERVER_CODES = 64; // per batch: one request over the network
const PAUSE_MS = 40; // during a drag; drawing a row of images takes several such pauses

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

  /** Replaces what the same requester still waits for.
   * @param {unknown} requester @param {Float32Array} codes one after the other @param {(images: Float32Array) => void} show */
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
      const batch = this.#take(decoder);
      try {
        const images = await decoder.decode(concatenate(batch.map(({ codes }) => codes)), {
          urgent: false,
        });
        if (decoder === this.decoder()) distribute(images, batch, decoder);
      } catch (error) {
        this.failed(/** @type {Error} */ (error)); // what was shown stays; the next request tries again
      }
      if (this.dragging())
        await new Promise((done) => {
          setTimeout(done, PAUSE_MS);
        });
    }
    this.#busy = false;
  }

  /** The first requests, at least one. @param {Decoder} decoder */
  #take({ state, spec }) {
    const most = state.mode === "browser" ? LOCAL_CODES : SERVER_CODES;
    /** @type {Request[]} */
    const batch = [];
    let codes = 0;
    for (const [requester, request] of this.#waiting) {
      codes += request.codes.length / spec.dim;
      if (batch.length > 0 && codes > most) break;
      batch.push(request);
      this.#waiting.delete(requester);
    }
    return batch;
  }
}

/** @param {Float32Array} images @param {Request[]} batch @param {Decoder} decoder */
function distribute(images, batch, { spec, size }) {
  let start = 0;
  for (const { codes, show } of batch) {
    const end = start + (codes.length / spec.dim) * size;
    show(images.subarray(start, end));
    start = end;
  }
}

/** @param {Float32Array[]} parts */
function concatenate(parts) {
  if (parts.length === 1) return parts[0];
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}
