// @ts-check
/** The line above a slider: name, KL or variance, buttons and the value as text. */

import { el, setProps, setText } from "../../core/dom.js";
import { icon } from "../../core/icons.js";
import { dimensionName, usageText } from "../dimension_info.js";
import { NumberField } from "./number_field.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("../dimension_info.js").DimensionInfo} DimensionInfo */

const ERROR_MS = 5000;
const USAGE_HELP = {
  nats: "KL divergence from the prior, mean over the images: the more, the more the model uses this dimension",
  share: "fraction of the variance of the codes along this dimension",
};

export class SliderHead {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #errorTimer;

  /** @param {CodeStore} store @param {number} d */
  constructor(store, d) {
    this.store = store;
    this.d = d;
    const name = dimensionName(d);
    this.usage = el("span", {
      class: "ls-caption ls-ellipsis",
      title: USAGE_HELP[this.#dims.unit],
    });
    this.lock = iconButton("lock", `lock ${name}`, () => store.toggleLock(d));
    this.reset = iconButton("reset", `reset ${name} to its start`, () => store.reset(d));
    this.filmstripButton = iconButton("film", `filmstrip of ${name}`, () =>
      store.view.toggleFilmstrip(d),
    );
    this.field = new NumberField(store, d, (expected) => this.#showError(expected));
    const parts = [this.usage, this.reset, this.lock, this.filmstripButton, this.field.root];
    this.root = el("div", { class: "ls-dim-head" }, el("strong", {}, name), ...parts);
  }

  get #dims() {
    return /** @type {DimensionInfo} */ (this.store.dims);
  }

  /** @param {string} expected shown for a while in place of KL or variance */
  #showError(expected) {
    setText(this.usage, expected);
    setProps(this.usage, { role: "alert" });
    clearTimeout(this.#errorTimer);
    this.#errorTimer = setTimeout(() => this.#showUsage(), ERROR_MS);
  }

  #showUsage() {
    clearTimeout(this.#errorTimer);
    setProps(this.usage, { role: null });
    setText(this.usage, usageText(this.#dims, this.d));
  }

  update() {
    const { store, d } = this;
    const isLocked = store.locked.has(d);
    this.#showUsage();
    this.field.update();
    this.lock.setAttribute("aria-pressed", String(isLocked));
    this.reset.disabled = isLocked || store.code[d] === store.start.code[d];
  }

  /** @param {boolean} isOpen */
  setFilmstripOpen(isOpen) {
    this.filmstripButton.setAttribute("aria-expanded", String(isOpen));
  }

  dispose() {
    clearTimeout(this.#errorTimer);
  }
}

/** @param {"lock" | "reset" | "film"} kind @param {string} label @param {() => void} onclick */
function iconButton(kind, label, onclick) {
  return el(
    "button",
    { type: "button", class: `ls-dim-${kind}`, "aria-label": label, title: label, onclick },
    icon(kind),
  );
}
