// @ts-check
/** The crossover and its variations, side by side; one of them is selected. */

import { el } from "../core/dom.js";
import { imageCanvas, showDecoded } from "../core/images.js";
import { SUPPORT_SLUGS } from "../core/support_level.js";

/** @typedef {import("../core/support_level.js").SupportLevel} SupportLevel */

export const N_VARIATIONS = 8;

/** @param {number} child */
export const variationName = (child) => (child ? `variation ${child}` : "the crossover");

/** @param {(child: number) => void} onSelect */
export function createVariations(onSelect) {
  const items = Array.from({ length: N_VARIATIONS + 1 }, (_, child) => {
    const canvas = imageCanvas();
    const root = el(
      "button",
      {
        type: "button",
        class: "ls-decoded",
        role: "radio",
        dataset: { variation: child },
        onclick: () => onSelect(child),
      },
      el("span", { class: "ls-frame" }, canvas),
      el("span", { class: "ls-caption" }, child || "crossover"),
    );
    return { root, canvas };
  });
  const root = el(
    "div",
    {
      class: "ls-variations",
      role: "radiogroup",
      "aria-label": "the crossover and its variations",
    },
    ...items.map((item) => item.root),
  );
  root.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const now = items.findIndex((item) => item.root === document.activeElement);
    const next = (now + step + items.length) % items.length;
    items[next].root.focus();
    onSelect(next);
  });
  return {
    root,
    /** @param {number} chosen */
    select(chosen) {
      items.forEach((item, child) => {
        item.root.setAttribute("aria-checked", String(child === chosen));
        item.root.tabIndex = child === chosen ? 0 : -1;
      });
    },
    /** @param {number} child @param {Float32Array} images @param {[number, number, number]} shape
     * @param {SupportLevel | null} level */
    show(child, images, shape, level) {
      const { root: button, canvas } = items[child];
      showDecoded(canvas, images, shape);
      button.dataset.support = level ? SUPPORT_SLUGS[level] : "";
      button.setAttribute(
        "aria-label",
        level ? `${variationName(child)}, ${level}` : variationName(child),
      );
      button.title = button.getAttribute("aria-label") ?? "";
    },
  };
}
