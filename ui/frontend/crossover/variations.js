// @ts-check
/** The mixture and its litter, side by side; one of them is looked at. */

import { el } from "../core/dom.js";
import { blank, showPixels } from "../core/images.js";
import { TRUST_SLUGS } from "../core/support_level.js";

/** @typedef {import("../core/support_level.js").Trust} Trust */

export const CHILDREN = 8;

/** @param {number} child */
export const nameOf = (child) => (child ? `child ${child}` : "the mixture");

/** @param {(child: number) => void} choose */
export function createLitter(choose) {
  const kids = Array.from({ length: CHILDREN + 1 }, (_, child) => {
    const canvas = blank();
    const root = el("button", { type: "button", class: "ls-stage", role: "radio", dataset: { child }, onclick: () => choose(child) },
      el("span", { class: "ls-frame" }, canvas), el("span", { class: "ls-caption" }, child || "mixture"));
    return { root, canvas };
  });
  const root = el("div", { class: "ls-litter", role: "radiogroup", "aria-label": "the mixture and its children" }, ...kids.map((kid) => kid.root));
  root.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const now = kids.findIndex((kid) => kid.root === document.activeElement);
    const next = (now + step + kids.length) % kids.length;
    kids[next].root.focus();
    choose(next);
  });
  return {
    root,
    /** @param {number} chosen */
    mark(chosen) {
      kids.forEach((kid, child) => {
        kid.root.setAttribute("aria-checked", String(child === chosen));
        kid.root.tabIndex = child === chosen ? 0 : -1;
      });
    },
    /** @param {number} child @param {Float32Array} images @param {[number, number, number]} shape
     * @param {Trust | null} word */
    paint(child, images, shape, word) {
      const { root: button, canvas } = kids[child];
      showPixels(canvas, images, shape);
      button.dataset.trust = word ? TRUST_SLUGS[word] : "";
      button.setAttribute("aria-label", word ? `${nameOf(child)}, ${word}` : nameOf(child));
      button.title = button.getAttribute("aria-label") ?? "";
    },
  };
}
