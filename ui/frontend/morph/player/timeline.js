// @ts-check
/** The slider of a path, with its support curve below. */

import { EXTRAPOLATION } from "../../core/constants.js";
import { addStyle, el } from "../../core/dom.js";
import { SurfaceDrag } from "../surface_drag.js";
import { SupportCurve } from "./support_curve.js";
import { TimeScale } from "./time_scale.js";
import { timelineKeyTarget } from "./timeline_keys.js";
import { TIMELINE_STYLE } from "./timeline_style.js";

/** @typedef {import("../../core/payloads.js").TimelineStop} TimelineStop */

const REPORT_DELAY_MS = 350; // after the last key

export class Timeline {
  scale = new TimeScale(-EXTRAPOLATION, 1 + EXTRAPOLATION, 0.16);
  #time = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #reportTimer;

  /**
   * @param {object} handlers
   * @param {(time: number) => void} handlers.move moved
   * @param {() => void} handlers.rest released
   */
  constructor(handlers) {
    addStyle("ls-timeline", TIMELINE_STYLE);
    this.handlers = handlers;
    this.curve = new SupportCurve();
    this.handle = el("div", {
      class: "ls-timeline-handle",
      role: "slider",
      tabindex: "0",
      "aria-label": "position on the path",
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
    });
    this.line = el("span", { class: "ls-timeline-line" });
    this.stops = el("span");
    const bar = el("div", { class: "ls-timeline-bar" }, this.stops, this.handle);
    this.root = el("div", { class: "ls-timeline" }, bar, this.curve.root, this.line);
    this.drag = new SurfaceDrag(this.root, this.handle, {
      move: (event) => this.#moveTo(this.#timeUnder(event)),
      release: () => handlers.rest(),
    });
  }

  get dragging() {
    return this.drag.active;
  }

  /** @param {PointerEvent} event */
  #timeUnder({ clientX }) {
    const { left, width } = this.root.getBoundingClientRect();
    return this.scale.time(Math.min(1, Math.max(0, (clientX - left) / width)));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const time = timelineKeyTarget(event, this.#time);
    if (time === null) return;
    event.preventDefault();
    this.#moveTo(time);
    clearTimeout(this.#reportTimer);
    this.#reportTimer = setTimeout(() => this.handlers.rest(), REPORT_DELAY_MS);
  }

  /** @param {number} time */
  #moveTo(time) {
    const next = this.scale.clamp(time);
    if (next === this.#time) return;
    this.#place(next);
    this.handlers.move(next);
  }

  /** @param {number} time */
  #place(time) {
    this.#time = time;
    const left = `${(100 * this.scale.fraction(time)).toFixed(3)}%`;
    this.handle.style.left = this.line.style.left = left;
    this.handle.setAttribute("aria-valuenow", String(Math.round(100 * time)));
  }

  /** @param {number} time @param {string} text for screen readers */
  update(time, text) {
    this.#place(time);
    this.handle.setAttribute("aria-valuetext", text);
  }

  /** @param {TimeScale} scale @param {TimelineStop[]} stops */
  setScale(scale, stops) {
    this.scale = scale;
    this.root.style.setProperty("--margin", `${100 * scale.margin}%`);
    this.root.toggleAttribute("data-many", stops.length > 2);
    this.stops.replaceChildren(...stops.map((stop) => stopMark(scale, stop)));
    this.handle.setAttribute("aria-valuemin", String(Math.round(100 * scale.low)));
    this.handle.setAttribute("aria-valuemax", String(Math.round(100 * scale.high)));
    this.#place(scale.clamp(this.#time));
  }

  /** @param {import("./sampled_path.js").SampledPath | undefined} path @param {import("./sampled_path.js").Limits} limits */
  setSupport(path, limits) {
    const { low, high } = this.scale;
    const positionOf = (/** @type {number} */ time) => this.scale.fraction(time);
    this.curve.update(path, limits, { from: low, to: high, positionOf });
  }

  dispose() {
    clearTimeout(this.#reportTimer);
  }
}

/** @param {TimeScale} scale @param {TimelineStop} stop */
function stopMark(scale, { time, name }) {
  const style = { left: `${100 * scale.fraction(time)}%` };
  return el("span", { class: "ls-timeline-stop", style }, name);
}
