// @ts-check
/** Many small pictures of which no hand waits for any: decoded in turn, always of the newest codes. */

const AT_ONCE = 2; // so that a hand's own picture gets its turn in between

export class Later {
  /** @type {Float32Array[]} */ #codes = [];
  #next = 0;
  #due = 0; // how many show something older
  #busy = false;

  /**
   * @param {() => import("./decoder.js").Decoder} decoder
   * @param {(index: number, code: Float32Array, images: Float32Array, at: number) => void} show picture `at` of `images`
   * @param {(error: Error) => void} failed
   */
  constructor(decoder, show, failed) {
    this.decoder = decoder;
    this.show = show;
    this.failed = failed;
  }

  /** Show all of these, whatever was asked before. @param {Float32Array[]} codes */
  ask(codes) {
    this.#codes = codes;
    this.#due = codes.length;
    if (!this.#busy) void this.#work();
  }

  /** Ask for nothing any more. */
  drop() {
    this.#due = 0;
  }

  /** Whether all is shown. */
  get idle() {
    return !this.#busy;
  }

  async #work() {
    this.#busy = true;
    while (this.#due > 0) {
      const codes = this.#codes;
      const decoder = this.decoder();
      const count = Math.min(this.#due, decoder.state.way === "here" ? AT_ONCE : codes.length);
      const turn = Array.from({ length: count }, (_, k) => (this.#next + k) % codes.length);
      this.#due -= count;
      try {
        const images = await decoder.decode(joined(turn.map((i) => codes[i])), { urgent: false });
        if (decoder === this.decoder()) turn.forEach((i, at) => this.show(i, codes[i], images, at));
      } catch (error) {
        this.failed(/** @type {Error} */ (error));
        this.#due = 0;
      }
      this.#next = (this.#next + count) % codes.length;
    }
    this.#busy = false;
  }
}

/** @param {Float32Array[]} codes of the same length */
function joined(codes) {
  const all = new Float32Array(codes.length * codes[0].length);
  codes.forEach((code, i) => all.set(code, i * code.length));
  return all;
}
