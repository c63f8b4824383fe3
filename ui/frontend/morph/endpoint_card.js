// @ts-check
/** An endpoint: original, reconstruction, and a drop target for another image. */

import { addStyle, el, setText } from "../core/dom.js";
import { modelMark } from "../core/icons.js";
import { imageCanvas, showImage } from "../core/images.js";

/**
 * @typedef {object} EndpointData
 * @property {string} slot what Python calls it
 * @property {string} name on its badge
 * @property {string} label
 * @property {string} original an address, or "" where there is only a code
 * @property {string} decoded
 */

const STYLE = `
.ls button.ls-endpoint { display: grid; gap: 5px; padding: 7px; border-radius: 10px; text-align: center; align-content: start;
  border: 2px solid transparent; position: relative; transition: background .12s, border-color .12s; }
.ls button.ls-endpoint:hover { background: var(--ls-surface); }
.ls button.ls-endpoint[aria-pressed=true] { border-color: var(--ls-accent); background: var(--ls-tint); }
.ls-endpoint[aria-pressed=true] .ls-endpoint-badge { background: var(--ls-accent); color: var(--ls-background); box-shadow: none; }
.ls-endpoint-label { font-size: .87rem; line-height: 1.15; font-weight: 550; text-align: left; overflow: hidden; overflow-wrap: anywhere;
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.ls-endpoint-pair { display: grid; gap: 3px; justify-items: center; }
.ls-endpoint-pair .ls-caption { display: flex; align-items: center; gap: 5px; justify-content: center; font-size: .74rem; min-height: 18px; }
.ls-endpoint[data-small] .ls-caption { display: none; }
.ls-endpoint-pair .ls-mark i { width: 7px; height: 14px; }
[data-ls-dragging] .ls [data-drop] { border-color: color-mix(in srgb, var(--ls-accent) 60%, transparent); border-style: dashed; }
[data-ls-dragging] .ls [data-drop][data-drop-over] { border-style: solid; border-color: var(--ls-accent); background: var(--ls-tint); }
`;

/**
 * @param {object} handlers
 * @param {() => void} handlers.choose select it, so that a click on the map replaces it
 * @param {(key: string) => void} handlers.drop an image of the tray was dropped on it
 * @param {boolean} [small] show the original alone, without the reconstruction
 */
export function createEndpointCard(handlers, small = false) {
  addStyle("ls-endpoint", STYLE);
  const badge = el("span", { class: "ls-endpoint-badge" });
  const label = el("span", { class: "ls-endpoint-label" });
  const [original, decoded] = [imageCanvas(), imageCanvas()];
  const originalPair = el(
    "span",
    { class: "ls-endpoint-pair" },
    original,
    el("span", { class: "ls-caption" }, "original"),
  );
  const decodedPair = el(
    "span",
    { class: "ls-endpoint-pair" },
    decoded,
    el("span", { class: "ls-caption" }, modelMark("decoder"), "decoded"),
  );
  const root = el(
    "button",
    { type: "button", class: "ls-endpoint", dataset: { drop: "" }, onclick: handlers.choose },
    el("span", { class: "ls-endpoint-head" }, badge, label),
    originalPair,
    decodedPair,
  );
  root.addEventListener("ls-drop", (event) =>
    handlers.drop(/** @type {CustomEvent} */ (event).detail.key),
  );
  return {
    root,
    /** @param {EndpointData} data @param {boolean} active */
    show(data, active) {
      root.dataset.slot = data.slot;
      setText(badge, data.name);
      setText(label, data.label);
      label.title = data.label;
      originalPair.hidden = data.original === "";
      root.toggleAttribute("data-small", small);
      decodedPair.hidden = small && data.original !== "";
      if (data.original) void showImage(original, data.original);
      void showImage(decoded, data.decoded);
      root.setAttribute("aria-pressed", String(active));
      root.setAttribute(
        "aria-label",
        `${data.name}: ${data.label}. While it is selected, a click on the map replaces it; an image of the tray can be dropped here.`,
      );
      root.title = active
        ? "A click on the map replaces this image."
        : "Select it to replace it by a click on the map, or drop an image of the tray here.";
    },
  };
}
