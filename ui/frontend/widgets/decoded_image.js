// @ts-check
/** A decoded image with its verdict, shown the same way everywhere. */

import { addStyle, el, setText } from "../core/dom.js";
import { modelMark } from "../core/icons.js";
import { imageCanvas, showDecoded } from "../core/images.js";
import { verdictHelp, verdictWords } from "../core/verdict.js";

/** @typedef {import("../core/verdict.js").Verdict} Verdict */

const STYLE = `
.ls-decoded { position: relative; display: block; }
.ls-decoded .ls-frame { display: block; padding: 5px; border-radius: 7px; border: 3px solid transparent;
  box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--ls-line, var(--st-border-color)) 100%, transparent); }
.ls-decoded[data-support=near] .ls-frame { border-color: color-mix(in srgb, var(--st-primary-color) 55%, transparent); box-shadow: none; }
.ls-decoded[data-support=sparse] .ls-frame { border: 3px dashed #b7791f; box-shadow: none; }
.ls-decoded[data-support=far] .ls-frame { border: 3px double #c2410c; box-shadow: none;
  background: repeating-linear-gradient(-45deg, #c2410c 0 4px, transparent 4px 9px); }
.ls-support { display: inline-flex; align-items: center; gap: .4em; font-size: .87rem; font-weight: 600; white-space: nowrap; }
.ls-support i { width: 1.15em; height: 1.15em; display: inline-grid; place-items: center; border-radius: 50%; font-style: normal;
  font-size: 1em; line-height: 1; color: #fff; background: var(--st-primary-color); }
.ls-support[data-support=sparse] i { background: #b7791f; }
.ls-support[data-support=far] i { background: #c2410c; border-radius: 2px; }
.ls-support[data-support=sparse] { color: color-mix(in srgb, #b7791f 80%, var(--st-text-color)); }
.ls-support[data-support=far] { color: color-mix(in srgb, #c2410c 80%, var(--st-text-color)); }
.ls-decoded-footer { display: flex; justify-content: space-between; align-items: center; gap: 8px; margin-top: 6px; min-height: 1.5em; }
`;
const SIGNS = { near: "✓", sparse: "!", far: "✕" };

/** The verdict with its icon; `show(null)` hides it. */
export function createSupportBadge() {
  addStyle("ls-decoded", STYLE);
  const sign = el("i", { "aria-hidden": "true" });
  const words = el("span");
  const root = el("span", { class: "ls-support", hidden: true }, sign, words);
  /** @param {Verdict | null} verdict */
  function show(verdict) {
    root.hidden = verdict === null;
    if (verdict === null) return;
    root.dataset.support = verdict.slug;
    root.title = verdictHelp(verdict);
    setText(sign, SIGNS[verdict.slug]);
    setText(words, verdictWords(verdict));
  }
  return { root, show };
}

/**
 * An image in its frame, with verdict and decoder mark below it.
 * @param {string} label for a screen reader
 */
export function createDecodedImage(label) {
  addStyle("ls-decoded", STYLE);
  const canvas = imageCanvas(label);
  const badge = createSupportBadge();
  const caption = el("span", { class: "ls-caption ls-ellipsis" });
  const root = el(
    "div",
    { class: "ls-decoded" },
    el("span", { class: "ls-frame" }, canvas),
    el("div", { class: "ls-decoded-footer" }, badge.root, caption, modelMark("decoder")),
  );
  return {
    root,
    canvas,
    /**
     * @param {Float32Array} images in [0, 1] @param {[number, number, number]} shape
     * @param {Verdict | null} verdict @param {number} [index] which of them
     */
    show(images, shape, verdict, index = 0) {
      showDecoded(canvas, images, shape, index);
      badge.show(verdict);
      root.dataset.support = verdict?.slug ?? "";
    },
    /** @param {string} text */
    caption: (text) => setText(caption, text),
  };
}
