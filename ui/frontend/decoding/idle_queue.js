// @ts-check
/** Decoding that nobody's hand waits for: one batch after the other, with a rest between them. */

/** @typedef {import("./decoder.js").Decoder} Decoder */
/** @typedef {{codes: Float32Array, show: (images: Float32Array) => void}} Wish */

const REST_MS = 40; // while a hand moves: drawing a row of pictures takes a few of these

export class Quiet {
  /** @type {Map<object, Wish>} the newest wish of each asker, in the order in which they began to wait */
  #wishes = new Map();
  #busy = false;

  /** @param {() => Decoder} decoder @param {() => boolean} hand whether one is moving something */
  constructor(decoder, hand) {
    this.decoder = decoder;
    this.hand = hand;
  }

  /** A later wish of the same asker takes the place of one that still waits.
   * @param {object} asker @param {Float32Array} codes @param {(images: Float32Array) => void} show */
  ask(asker, codes, show) {
    this.#wishes.set(asker, { codes, show });
    if (!this.#busy) void this.#work();
  }

  /** @param {object} asker */
  drop(asker) {
    this.#wishes.delete(asker);
  }

  async #work() {
    this.#busy = true;
    for (let next = this.#first(); next; next = this.#first()) {
      const { codes, show } = next;
      try {
        show(await this.decoder().decode(codes, { urgent: false }));
      } catch {
        // what was there stays; the next wish tries again
      }
      if (this.hand()) await new Promise((done) => { setTimeout(done, REST_MS); });
    }
    this.#busy = false;
  }

  #first() {
    const [first] = this.#wishes;
    if (!first) return null;
    this.#wishes.delete(first[0]);
    return first[1];
  }
}

/** @type {WeakMap<object, Quiet>} */
const queues = new WeakMap();

/** The queue of a desk, for all that is decoded beside it. @param {import("../dimensions/code_store.js").Desk} desk @param {() => Decoder} decoder */
export function quietOf(desk, decoder) {
  const queue = queues.get(desk) ?? new Quiet(decoder, () => desk.holding);
  queue.decoder = decoder; // of whichever component is on the page now
  queues.set(desk, queue);
  return queue;
}
