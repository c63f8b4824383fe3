// @ts-check
/** A handle in a square, moved by pointer, touch or keys. */

import { addStyle, el } from "../../core/dom.js";
import { SurfaceDrag } from "../surface_drag.js";
import { padKeyTarget, toFraction, toSide } from "./pad_geometry.js";

const REPORT_DELAY_MS = 350; // after the last key

const STYLE = `
.ls-pad { position: relative; aspect-ratio: 1; width: 100%; touch-action: none; cursor: crosshair; user-select: none; -webkit-user-select: none; }
.ls-pad-handle { position: absolute; width: 34px; height: 34px; margin: -17px; border-radius: 50%; z-index: 2; cursor: grab;
  border: 3.5px solid var(--ls-accent); box-shadow: 0 0 0 2.5px #fff, 0 0 0 4.5px rgb(0 0 0 / .55), inset 0 0 0 2px #fff; }
.ls .ls-pad-handle:focus-visible { outline: 3px solid var(--st-text-color); outline-offset: 6px; border-radius: 50%; }
.ls-pad[data-dragging], .ls-pad[data-dragging] .ls-pad-handle { cursor: grabbing; }
`;

export class PadHandle {
  #position = { u: 0.5, v: 0.5 };
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #reportTimer;

  /**
   * @param {object} handlers
   * @param {(u: number, v: number) => void} handlers.move how far right and down, in [0, 1]
   * @param {() => void} handlers.rest released
   */
  constructor(handlers) {
    addStyle("ls-pad", STYLE);
    this.handlers = handlers;
    this.handle = el("div", {
      class: "ls-pad-handle",
      role: "slider",
      tabindex: "0",
      "aria-label": "position between the four corners",
      "aria-roledescription": "two-dimensional slider",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
    });
    this.root = el("div", { class: "ls-pad" }, this.handle);
    this.drag = new SurfaceDrag(this.root, this.handle, {
      move: (event) => this.#onMove(event),
      release: () => handlers.rest(),
    });
  }

  get dragging() {
    return this.drag.active;
  }

  /** @param {PointerEvent} event */
  #onMove(event) {
    const { left, top, width, height } = this.root.getBoundingClientRect();
    this.handlers.move(
      toFraction((event.clientX - left) / width),
      toFraction((event.clientY - top) / height),
    );
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const target = padKeyTarget(event, this.#position);
    if (!target) return;
    event.preventDefault();
    this.handlers.move(target.u, target.v);
    clearTimeout(this.#reportTimer);
    this.#reportTimer = setTimeout(() => this.handlers.rest(), REPORT_DELAY_MS);
  }

  /** @param {import("./pad_geometry.js").PadPoint} position @param {string} valueText for a screen reader */
  update({ u, v }, valueText) {
    this.#position = { u, v };
    this.handle.style.left = `${100 * toSide(u)}%`;
    this.handle.style.top = `${100 * toSide(v)}%`;
    this.handle.setAttribute("aria-valuenow", String(Math.round(100 * u)));
    this.handle.setAttribute("aria-valuetext", valueText);
  }

  dispose() {
    clearTimeout(this.#reportTimer);
  }
}
