// @ts-check
/** A dimension's number as text: what is typed there counts once it is entered. */

import { el } from "../core/dom.js";
import { number } from "../core/format.js";
import { digitsOf, nameOf } from "./code_store.js";

/** @typedef {import("./code_store.js").Desk} Desk */
/** @typedef {import("./code_store.js").Dims} Dims */

/** What somebody typed as a number, or NaN. @param {string} text */
export function readNumber(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

export class Field {
  #said = ""; // the number as it was written last

  /** @param {Desk} desk @param {number} d @param {(wanted: string) => void} complain */
  constructor(desk, d, complain) {
    this.desk = desk;
    this.d = d;
    this.complain = complain;
    this.root = el("input", {
      type: "text", inputmode: "decimal", class: "ls-dim-number", "aria-label": `${nameOf(d)}, number`, autocomplete: "off", spellcheck: "false",
      onfocus: () => this.root.select(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      onblur: () => this.#read(),
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === "Enter") this.#read();
    else if (event.key === "Escape") this.#write();
    else return;
    event.preventDefault();
    this.root.select();
  }

  /** The number exactly as typed: what is shown has fewer digits, and untouched it changes nothing. */
  #read() {
    if (this.root.value !== this.#said) {
      const value = readNumber(this.root.value);
      const { limit } = /** @type {Dims} */ (this.desk.dims);
      if (Math.abs(value) <= limit) {
        this.desk.set(this.d, value);
        this.desk.commit();
      } else this.complain(`a number, −${limit} to ${limit}`);
    }
    this.#write();
  }

  #write() {
    this.#said = number(this.desk.code[this.d], digitsOf(/** @type {Dims} */ (this.desk.dims), this.d));
    this.root.dataset.said = this.#said;
    if (this.root.value !== this.#said) this.root.value = this.#said;
  }

  /** What is being typed stays. */
  update() {
    const { root, desk, d } = this;
    root.readOnly = desk.locked.has(d);
    if (document.activeElement !== root || root.value === this.#said) this.#write();
  }
}
