// @ts-check
/** An endpoint: original, reconstruction, and a drop target for another image. */

import { addStyle, el, setText } from "../core/dom.js";
import { modelMark } from "../core/icons.js";
import { imageCanvas, showImage } from "../core/images.js";

/** @typedef {import("../core/payloads.js").Card} EndpointData */

const STYLE = `
.ls button.ls-endpoint { display: grid; gap: 5px; padding: 7px; border-radius: 10px; text-align: center; align-content: start;
  border: 2px solid transparent; position: relative; transition: background .12s, border-color .12s; }
.ls button.ls-endpoint:hover { background: var(--ls-surface); }
.ls button.ls-endpoint[aria-pressed=true] { border-color: var(--ls-accent); background: var(--ls-tint); }
.ls-endpoint[aria-pressed=true] .ls-endpoint-badge { background: var(--ls-accent); color: var(--ls-background); box-shadow: none; }
.ls-endpoint-label { font-size: .87rem; line-height: 1.15; font-weight: 550; text-align: left; overflow: hidden; overflow-wrap: anywhere;
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.ls-endpoint-pair { display: grid; gap: 3px; justify-items: center; }
.ls-endpoint-pair .ls-caption { display: flex; align-items: center; gap: 5px; justify-content: center; font-size: .87rem; min-height: 18px; }
.ls-endpoint[data-small] .ls-caption { display: none; }
.ls-endpoint-pair .ls-mark i { width: 7px; height: 14px; }
[data-ls-dragging] .ls [data-drop] { border-color: color-mix(in srgb, var(--ls-accent) 60%, transparent); border-style: dashed; }
[data-ls-dragging] .ls [data-drop][data-drop-over] { border-style: solid; border-color: var(--ls-accent); background: var(--ls-tint); }
`;

/** @param {HTMLCanvasElement} canvas @param {...import("../core/dom.js").Child} caption */
function captioned(canvas, ...caption) {
  return el(
    "span",
    { class: "ls-endpoint-pair" },
    canvas,
    el("span", { class: "ls-caption" }, ...caption),
  );
}

export class EndpointCard {
  /**
   * @param {object} handlers
   * @param {() => void} handlers.choose select it, so that a click on the map replaces it
   * @param {(key: string) => void} handlers.drop an image of the tray was dropped on it
   * @param {{small?: boolean}} [options] small: show the original alone, without the reconstruction
   */
  constructor(handlers, { small = false } = {}) {
    addStyle("ls-endpoint", STYLE);
    this.small = small;
    this.badge = el("span", { class: "ls-endpoint-badge" });
    this.label = el("span", { class: "ls-endpoint-label" });
    this.original = imageCanvas();
    this.decoded = imageCanvas();
    this.originalPair = captioned(this.original, "original");
    this.decodedPair = captioned(this.decoded, modelMark("decoder"), "reconstruction");
    this.root = el(
      "button",
      { type: "button", class: "ls-endpoint", dataset: { drop: "" }, onclick: handlers.choose },
      el("span", { class: "ls-endpoint-head" }, this.badge, this.label),
      this.originalPair,
      this.decodedPair,
    );
    this.root.toggleAttribute("data-small", small);
    this.root.addEventListener("ls-drop", (event) =>
      handlers.drop(/** @type {CustomEvent} */ (event).detail.key),
    );
  }

  /** @param {EndpointData} data @param {boolean} isActive */
  update(data, isActive) {
    setText(this.badge, data.name);
    setText(this.label, data.label);
    this.label.title = data.label;
    this.originalPair.hidden = data.original === "";
    this.decodedPair.hidden = this.small && data.original !== "";
    if (data.original) void showImage(this.original, data.original);
    void showImage(this.decoded, data.decoded);
    this.#describe(data, isActive);
  }

  /** @param {EndpointData} data @param {boolean} isActive */
  #describe({ slot }, isActive) {
    this.root.dataset.slot = slot;
    this.root.setAttribute("aria-pressed", String(isActive));
    this.root.title = isActive
      ? "A click on the map replaces this image."
      : "Select it to replace it by a click on the map, or drop an image of the tray here.";
  }
}

/**
 * A card per slot, which reports choices and drops.
 * @param {string[]} slots @param {(event: string, value: any) => void} send @param {{small?: boolean}} [options]
 */
export function createEndpointCards(slots, send, options) {
  return slots.map((slot) => {
    const choose = () => send("chosen", { slot });
    const drop = (/** @type {string} */ key) => send("dropped", { slot, key });
    return new EndpointCard({ choose, drop }, options);
  });
}
