// @ts-check
/** Icons, and the marks of encoder, decoder and difference. */

import { el, svg } from "./dom.js";

const ICONS = {
  previous: "M10 3 5 8l5 5",
  next: "m6 3 5 5-5 5",
  cross: "m4 4 8 8m0-8-8 8",
  plus: "M8 3v10M3 8h10",
  check: "m3 8.5 3.5 3.5L13 5",
  arrow: "M1.5 8h13M10 3.5 14.5 8 10 12.5",
  pen: "m3 13 .8-3.2 7-7a1.4 1.4 0 0 1 2.4 2.4l-7 7zM9.5 4.2l2.3 2.3",
  eraser:
    "m6 13-3.4-3.4a1 1 0 0 1 0-1.4L8.2 2.6a1 1 0 0 1 1.4 0l3.8 3.8a1 1 0 0 1 0 1.4L8.2 13zM5.4 5.4l5.2 5.2M5 13h8.5",
  undo: "M6 3 2.5 6.5 6 10M2.5 6.5h7a3.5 3.5 0 0 1 0 7H7",
  clear: "M2.5 4.5h11M6.3 4.5v-2h3.4v2M4 4.5l.7 9h6.6l.7-9M6.8 7v4M9.2 7v4",
  refused: "M8 1.8 14.8 13.8H1.2zM8 6v3.6M8 11.6v.2",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  link: "M6.5 9.5 9.5 6.5M7.3 4.6l1.2-1.2a2.9 2.9 0 0 1 4.1 4.1l-1.2 1.2M8.7 11.4l-1.2 1.2a2.9 2.9 0 0 1-4.1-4.1l1.2-1.2",
  share: "M2 2h4.5v4.5H2zM9.5 2H14v4.5H9.5zM2 9.5h4.5V14H2zM9.5 9.5h2v2h-2zM12.5 12.5h1.5V14h-1.5z",
  screen: "M1.8 3h12.4v8H1.8zM8 11v2.5M5 13.5h6",
  help: "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.1M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13",
  reset: "M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3",
  film: "M1.8 4h12.4v8H1.8zM5.9 4v8M10.1 4v8",
  redo: "M10 3l3.5 3.5L10 10M13.5 6.5h-7a3.5 3.5 0 0 0 0 7H9",
  dice: "M2.5 2.5h11v11h-11zM5.4 5.4v.1M10.6 5.4v.1M8 8v.1M5.4 10.6v.1M10.6 10.6v.1",
  mean: "M8 2.2v11.6M2.2 8h11.6M8 8m-2.6 0a2.6 2.6 0 1 0 5.2 0 2.6 2.6 0 1 0-5.2 0",
};

/** An icon in the text's color; hidden from screen readers.
 * @param {keyof typeof ICONS} name */
export function icon(name) {
  return svg(
    "svg",
    { viewBox: "0 0 16 16", class: "ls-icon", "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );
}

/** The trapezoids of encoder and decoder, or of the decoder alone.
 * @param {"both" | "decoder"} which */
export function modelMark(which) {
  const label = which === "both" ? "through encoder and decoder" : "decoded";
  return el(
    "span",
    { class: "ls-mark", role: "img", "aria-label": label },
    which === "both" && el("i", { class: "ls-encoder" }),
    el("i", { class: "ls-decoder" }),
  );
}

/** The legend of a difference image. */
export function differenceLegend() {
  return el(
    "span",
    { class: "ls-key" },
    el("i", { class: "ls-less" }),
    "missing",
    el("i", { class: "ls-more" }),
    "added",
  );
}
