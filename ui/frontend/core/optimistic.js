// @ts-check
/** What both a hand and Python may change: the hand's later word stands until Python has answered it. */

/** @template T a number, a text, a boolean or null */
export class Told {
  /** @type {T | undefined} */ #told; // what Python last said
  /** @type {T[]} */ #sent = []; // what Python hasn't answered yet

  /** @param {T} value */
  constructor(value) {
    this.value = value;
  }

  /** The hand's word, on its way to Python. @param {T} value */
  say(value) {
    this.value = value;
    this.#sent.push(value);
  }

  /** Python's word, unless a later one of the hand is still on its way. @param {T} told @returns {boolean} whether the value is another one now */
  hear(told) {
    if (told === this.#told) return false;
    this.#told = told;
    const answered = this.#sent.indexOf(told);
    if (answered < 0) this.#sent = [];
    else this.#sent.splice(0, answered + 1);
    if (this.#sent.length > 0 || told === this.value) return false;
    this.value = told;
    return true;
  }
}
