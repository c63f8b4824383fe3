// @ts-check
/** The numbers of a code: bars that show them, or sliders that move them. */

import { el, setText } from "../core/dom.js";
import { formatNumber } from "../core/format.js";

const STEP = 0.01;
/** Sliders go beyond the training codes, which lie from 0 to 1, by this. */
const BEYOND = 0.2;

export class CodeSliders {
  /** @param {number} count @param {{moved: (index: number, value: number) => void, released: () => void}} handlers */
  constructor(count, handlers) {
    this.rows = Array.from({ length: count }, (_, i) => createRow(i, handlers));
    this.root = el("div", { class: "ls-code-sliders" }, ...this.rows.map(({ root }) => root));
  }

  /** @param {number[]} code @param {boolean} editable */
  update(code, editable) {
    this.rows.forEach(({ input, number, bar }, i) => {
      input.value = String(code[i]);
      input.hidden = !editable;
      bar.hidden = editable;
      const fraction = (code[i] + BEYOND) / (1 + 2 * BEYOND);
      bar.style.setProperty("--at", `${100 * Math.min(1, Math.max(0, fraction))}%`);
      setText(number, formatNumber(code[i]));
    });
  }
}

/** @param {number} index @param {{moved: (index: number, value: number) => void, released: () => void}} handlers */
function createRow(index, { moved, released }) {
  const name = `z${index + 1}`;
  const input = el("input", {
    type: "range",
    class: "ls-range",
    min: -BEYOND,
    max: 1 + BEYOND,
    step: STEP,
    "aria-label": name,
    oninput: () => moved(index, Number(input.value)),
    onchange: released,
  });
  const number = el("output", {});
  const bar = el("div", { class: "ls-code-bar", "aria-hidden": "true" });
  return {
    root: el("div", { class: "ls-code-row" }, el("strong", {}, name), input, bar, number),
    input,
    number,
    bar,
  };
}
