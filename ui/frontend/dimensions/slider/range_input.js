// @ts-check
/** The input of a slider for keyboard and screen readers; pointers use the track. */

import { el, setProps } from "../../core/dom.js";
import { KeyboardEdit } from "../code/keyboard_edit.js";
import { dimensionName, valueText } from "../dimension_info.js";
import { keyTarget, outsideRange } from "../dimension_scale.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */

export class RangeInput {
  /** @param {CodeStore} store @param {number} d @param {() => void} keyboardUsed after a key, and when the input loses focus */
  constructor(store, d, keyboardUsed) {
    this.store = store;
    this.d = d;
    this.keyboardUsed = keyboardUsed;
    this.keyboard = new KeyboardEdit(store);
    this.root = el("input", {
      type: "range",
      step: "any",
      "aria-label": dimensionName(d),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      oninput: () => this.#set(Number(this.root.value)),
      onblur: () => {
        this.keyboard.flush();
        keyboardUsed();
      },
    });
  }

  get #dims() {
    return /** @type {import("../dimension_info.js").DimensionInfo} */ (this.store.dims);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const value = keyTarget(event, this.#dims, this.d, this.store.code[this.d]);
    if (value === null) return;
    event.preventDefault();
    this.keyboardUsed();
    this.#set(value);
  }

  /** @param {number} value */
  #set(value) {
    this.keyboard.apply(() => this.store.set(this.d, value));
  }

  update() {
    const { store, d } = this;
    const dims = this.#dims;
    const isLocked = store.locked.has(d);
    const text = [
      valueText(dims, d, store.code[d]),
      outsideRange(dims, d, store.code[d]) && "beyond the slider's end",
      isLocked && "locked",
    ];
    setProps(this.root, {
      min: dims.low[d],
      max: dims.high[d],
      "aria-readonly": isLocked ? "true" : null,
      "aria-valuetext": text.filter(Boolean).join(", "),
    });
    this.root.value = String(store.code[d]);
  }

  dispose() {
    this.keyboard.flush();
  }
}
