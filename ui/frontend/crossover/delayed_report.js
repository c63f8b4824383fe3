// @ts-check
/** The state of a component, reported to Python after a pause without further changes. */

import { OptimisticValue } from "../core/optimistic.js";

const REPORT_DELAY_MS = 250;

/** @template T any JSON value */
export class DelayedReport {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #changed = false; // changed and not reported yet

  /** @param {T} value @param {() => T} current @param {(value: T) => void} send */
  constructor(value, current, send) {
    this.current = current;
    this.send = send;
    /** @type {OptimisticValue<T>} */ this.reported = new OptimisticValue(value);
  }

  /** A local change; `schedule` is to follow. */
  markChanged() {
    this.#changed = true;
  }

  /** Report after a pause. */
  schedule() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#report(), REPORT_DELAY_MS);
  }

  #report() {
    this.#changed = false;
    const value = this.current();
    if (this.reported.set(value)) this.send(value);
  }

  /** Do not report the last change. */
  cancel() {
    clearTimeout(this.#timer);
    this.#changed = false;
  }

  /** @param {T} value of the server @returns {boolean} whether it is new and replaces the local one */
  receive(value) {
    return this.reported.receive(value) && !this.#changed;
  }
}
