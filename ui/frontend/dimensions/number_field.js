// @ts-check
/** A dimension's number as text: what is typed there counts once it is entered. */

import { el } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { digitsFor, dimensionName } from "./code_store.js";

/** @typedef {import("./code_store.js").CodeStore} CodeStore */
/** @typedef {import("./code_store.js").DimensionInfo} DimensionInfo */

/** What somebody typed as a number, or NaN. @param {string} text */
export function readNumber(text) {
  const normalized = text.trim().replace("−", "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(normalized) ? Number(normalized) : NaN;
}

export class NumberField {
  #written = ""; // the number as it was written last

  /** @param {CodeStore} store @param {number} d @param {(expected: string) => void} onInvalid */
  constructor(store, d, onInvalid) {
    this.store = store;
    this.d = d;
    this.onInvalid = onInvalid;
    this.root = el("input", {
      type: "text", inputmode: "decimal", class: "ls-dim-number", "aria-label": `${dimensionName(d)}, value`, autocomplete: "off", spellcheck: "false",
      onfocus: () => this.root.select(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      onblur: () => this.#commit(),
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === "Enter") this.#commit();
    else if (event.key === "Escape") this.#write();
    else return;
    event.preventDefault();
    this.root.select();
  }

  /** The number exactly as typed: what is shown has fewer digits, and untouched it changes nothing. */
  #commit() {
    if (this.root.value !== this.#written) {
      const value = readNumber(this.root.value);
      const { limit } = /** @type {DimensionInfo} */ (this.store.dims);
      if (Math.abs(value) <= limit) {
        this.store.set(this.d, value);
        this.store.commit();
      } else this.onInvalid(`a number, −${limit} to ${limit}`);
    }
    this.#write();
  }

  #write() {
    this.#written = formatNumber(this.store.code[this.d], digitsFor(/** @type {DimensionInfo} */ (this.store.dims), this.d));
    this.root.dataset.written = this.#written;
    if (this.root.value !== this.#written) this.root.value = this.#written;
  }

  /** What is being typed stays. */
  update() {
    const { root, store, d } = this;
    root.readOnly = store.locked.has(d);
    if (document.activeElement !== root || root.value === this.#written) this.#write();
  }
}
