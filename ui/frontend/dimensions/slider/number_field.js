// @ts-check
/** A dimension's value as text, committed by Enter or when the field loses focus. */

import { el } from "../../core/dom.js";
import { dimensionName, valueText } from "../dimension_info.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("../dimension_info.js").DimensionInfo} DimensionInfo */

/** The typed text as a number, or NaN. @param {string} text */
export function parseNumber(text) {
  const normalized = text.trim().replace("−", "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(normalized) ? Number(normalized) : NaN;
}

export class NumberField {
  #written = ""; // the text written last

  /** @param {CodeStore} store @param {number} d @param {(expected: string) => void} onInvalid */
  constructor(store, d, onInvalid) {
    this.store = store;
    this.d = d;
    this.onInvalid = onInvalid;
    this.root = el("input", {
      type: "text",
      inputmode: "decimal",
      class: "ls-dim-number",
      "aria-label": `${dimensionName(d)}, value`,
      autocomplete: "off",
      spellcheck: "false",
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

  /** The value exactly as typed: the text shown has fewer digits, so an untouched field changes nothing. */
  #commit() {
    if (this.root.value !== this.#written) {
      const value = parseNumber(this.root.value);
      const { limit } = /** @type {DimensionInfo} */ (this.store.dims);
      if (Math.abs(value) <= limit) {
        this.store.set(this.d, value);
        this.store.commit();
      } else this.onInvalid(`a number, −${limit} to ${limit}`);
    }
    this.#write();
  }

  #write() {
    this.#written = valueText(
      /** @type {DimensionInfo} */ (this.store.dims),
      this.d,
      this.store.code[this.d],
    );
    this.root.dataset.written = this.#written;
    if (this.root.value !== this.#written) this.root.value = this.#written;
  }

  /** Does not overwrite a text that is being typed. */
  update() {
    const { root, store, d } = this;
    root.readOnly = store.locked.has(d);
    if (document.activeElement !== root || root.value === this.#written) this.#write();
  }
}
