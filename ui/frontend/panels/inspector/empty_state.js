// @ts-check
/** What the inspector shows while nothing is selected. */

import { el, setText, svg } from "../../core/dom.js";

/** A drawing of encoder, code and decoder above a hint. */
export function createEmptyState() {
  const hint = el("p");
  const root = el("div", { class: "ls-inspector-empty" }, modelDrawing(), hint);
  return { root, update: (/** @type {string} */ text) => setText(hint, text) };
}

function modelDrawing() {
  return el(
    "div",
    { class: "ls-figure", "aria-hidden": "true" },
    imageDrawing(1),
    el("i", { class: "ls-encoder" }),
    el("b", {}, el("i"), el("i"), el("i")),
    el("i", { class: "ls-decoder" }),
    imageDrawing(0.5),
  );
}

/** @param {number} opacity */
function imageDrawing(opacity) {
  return el(
    "span",
    {},
    svg(
      "svg",
      { viewBox: "0 0 52 52", opacity },
      svg("path", { d: "M17 15c9-6 20-1 16 6-2 4-7 5-10 5 5 0 13 2 12 8-1 8-14 9-20 3" }),
    ),
  );
}
