// @ts-check
/** A code whose changes are published: values, start and locked dimensions. */

import { publish } from "../../core/bus.js";

/** @typedef {import("../dimension_info.js").DimensionInfo} DimensionInfo */
/** @typedef {import("./code_history.js").Start} Start */

export class ObservableCode {
  /** @type {DimensionInfo | null} */ dims = null;
  code = new Float32Array(0);
  /** @type {Start} */ start = { code: new Float32Array(0), name: "", label: "" };
  /** @type {Set<number>} */ locked = new Set();
  /** @type {Set<() => void>} */ #listeners = new Set();

  /** @param {string} name of the latent space */
  constructor(name) {
    this.name = name;
    this.channel = `code ${name}`;
  }

  /** Calls the listener now and at every change. @param {() => void} listener @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    listener();
    return () => this.#listeners.delete(listener);
  }

  notify() {
    publish(this.channel, { code: this.code });
    for (const listener of this.#listeners) listener();
  }

  /** @param {DimensionInfo} dims */
  setDims(dims) {
    this.dims = dims;
  }

  /** Set one value, clipped to the limit; a locked one stays. @param {number} d @param {number} value */
  set(d, value) {
    const { limit } = /** @type {DimensionInfo} */ (this.dims);
    const next = Math.fround(Math.max(-limit, Math.min(limit, value)));
    if (this.locked.has(d) || !Number.isFinite(next) || next === this.code[d]) return;
    this.code = this.code.slice();
    this.code[d] = next;
    this.notify();
  }

  /** Set all unlocked values. @param {ArrayLike<number>} code */
  setAll(code) {
    this.code = this.#withLocked(code);
    this.notify();
  }

  /** A copy of a code with the locked values of this one. @param {ArrayLike<number>} code */
  #withLocked(code) {
    const copy = Float32Array.from(code);
    for (const d of this.locked) copy[d] = this.code[d];
    return copy;
  }

  /** Another start and code; locked values stay. @param {Start} start @param {ArrayLike<number>} code */
  setStart(start, code) {
    this.start = start;
    this.code = this.#withLocked(code);
  }

  /** Whether any unlocked value differs from its start. */
  get moved() {
    return this.code.some((value, d) => value !== this.start.code[d] && !this.locked.has(d));
  }
}
