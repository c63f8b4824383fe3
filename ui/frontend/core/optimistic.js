// @ts-check
/** An optimistic value: local changes win until the server has echoed them. */

/** @template T any JSON value */
export class OptimisticValue {
  #received = ""; // what the server last sent, as JSON
  /** @type {string[]} */ #unconfirmed = []; // local values that the server has not echoed yet

  /** @param {T} value */
  constructor(value) {
    this.value = value;
  }

  /**
   * A local change.
   * @param {T} value
   * @returns {boolean} whether to send it: the server neither has this value nor is being sent it
   */
  set(value) {
    this.value = value;
    const text = JSON.stringify(value);
    if (text === (this.#unconfirmed.at(-1) ?? this.#received)) return false;
    this.#unconfirmed.push(text);
    return true;
  }

  /**
   * The server's value; adopted unless a later local change is not confirmed yet.
   * @param {T} value
   * @returns {boolean} whether it is new and was adopted
   */
  receive(value) {
    const text = JSON.stringify(value);
    const echoed = this.#unconfirmed.lastIndexOf(text);
    if (echoed >= 0) this.#unconfirmed.splice(0, echoed + 1);
    if (text === this.#received) return false;
    this.#received = text;
    if (echoed < 0) this.#unconfirmed = [];
    if (this.#unconfirmed.length > 0) return false;
    this.value = value;
    return true;
  }

  /** Drop local changes that the server has not confirmed, for a server that ignored them. */
  revert() {
    this.#unconfirmed = [];
    if (this.#received) this.value = JSON.parse(this.#received);
  }
}
