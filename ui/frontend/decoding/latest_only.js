// @ts-check
/** Decodes the newest request of one consumer and drops those in between. */

/** @typedef {import("./decoder.js").Decoder} Decoder */
/** @typedef {(images: Float32Array, realism: Float32Array) => void} ShowDecoded */

const RETRY_DELAY_MS = 250; // after a failure, before the waiting request

/**
 * While one request of a consumer is being decoded only its newest request waits;
 * those in between are dropped, so each image shown is newer than the one before.
 */
export class LatestOnly {
  /** @type {{codes: Float32Array, show: ShowDecoded} | null} */ #next = null;
  #busy = false;
  #generation = 0;

  /** @param {() => Decoder} decoder @param {(error: Error) => void} [failed] */
  constructor(decoder, failed = () => {}) {
    this.decoder = decoder;
    this.failed = failed;
  }

  /** @param {Float32Array} codes @param {ShowDecoded} show */
  request(codes, show) {
    this.#next = { codes, show };
    if (!this.#busy) void this.#work();
  }

  /** Drop the waiting request and discard the result of the running one. */
  cancel() {
    this.#next = null;
    this.#generation += 1;
  }

  /** Whether nothing is being decoded. */
  get idle() {
    return !this.#busy;
  }

  async #work() {
    this.#busy = true;
    while (this.#next) {
      const { codes, show } = this.#next;
      this.#next = null;
      const generation = this.#generation;
      try {
        const { images, realism } = await this.decoder().decode(codes);
        if (generation === this.#generation) show(images, realism);
      } catch (error) {
        this.failed(/** @type {Error} */ (error));
        await new Promise((done) => setTimeout(done, this.#next ? RETRY_DELAY_MS : 0));
      }
    }
    this.#busy = false;
  }
}
