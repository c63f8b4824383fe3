// @ts-check
/** The crossover and its variations, side by side; one of them is selected. */

import { N_VARIATIONS } from "../core/constants.js";
import { el } from "../core/dom.js";
import { imageCanvas, showDecoded } from "../core/images.js";
import { verdictWords } from "../core/verdict.js";
import { neighborOf, variationName } from "./variation_names.js";

/** @typedef {import("../core/verdict.js").Verdict} Verdict */

/** @param {number} child @param {() => void} onclick */
function createItem(child, onclick) {
  const canvas = imageCanvas();
  const root = el(
    "button",
    { type: "button", class: "ls-decoded", role: "radio", dataset: { variation: child }, onclick },
    el("span", { class: "ls-frame" }, canvas),
    el("span", { class: "ls-caption" }, child || "crossover"),
  );
  return { root, canvas };
}

export class Variations {
  /** @param {(child: number) => void} onSelect */
  constructor(onSelect) {
    this.onSelect = onSelect;
    this.items = Array.from({ length: N_VARIATIONS + 1 }, (_, child) =>
      createItem(child, () => onSelect(child)),
    );
    this.root = el(
      "div",
      {
        class: "ls-variations",
        role: "radiogroup",
        "aria-label": "the crossover and its variations",
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      },
      ...this.items.map(({ root }) => root),
    );
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const focused = this.items.findIndex(({ root }) => root === document.activeElement);
    const next = neighborOf(focused, event.key);
    if (next === null) return;
    event.preventDefault();
    this.items[next].root.focus();
    this.onSelect(next);
  }

  /** @param {number} selected */
  update(selected) {
    this.items.forEach(({ root }, child) => {
      root.setAttribute("aria-checked", String(child === selected));
      root.tabIndex = child === selected ? 0 : -1;
    });
  }

  /**
   * @param {number} child @param {Float32Array} images @param {[number, number, number]} shape
   * @param {Verdict | null} verdict
   */
  showImage(child, images, shape, verdict) {
    const { root, canvas } = this.items[child];
    showDecoded(canvas, images, shape);
    root.dataset.support = verdict?.slug ?? "";
    root.title = [variationName(child), ...(verdict ? [verdictWords(verdict)] : [])].join(", ");
    root.setAttribute("aria-label", root.title);
  }
}
