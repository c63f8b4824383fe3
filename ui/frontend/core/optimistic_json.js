// @ts-check
/** What this side and Python hold in common, while news of it travel both ways. */

/**
 * One value.  Python's word counts, unless something later was said here that it hasn't answered.
 * @template T
 */
export class Agreed {
  #told = "";
  /** @type {string[]} */ #sent = [];

  /** Something was decided here, and Python is told. @param {T} value */
  say(value) {
    const text = JSON.stringify(value);
    if (text === (this.#sent.at(-1) ?? this.#told)) return false;
    this.#sent.push(text);
    return true;
  }

  /** Python's word; whether it is news that counts. @param {T} value */
  hear(value) {
    const text = JSON.stringify(value);
    const answered = this.#sent.lastIndexOf(text);
    if (answered >= 0) this.#sent.splice(0, answered + 1);
    if (text === this.#told) return false;
    this.#told = text;
    if (answered < 0) this.#sent = [];
    return this.#sent.length === 0;
  }
}
