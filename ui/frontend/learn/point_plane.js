// @ts-check
/** A plane with named points, which can be dragged, and the distances between them. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setChildCount, setProps, setText } from "../core/dom.js";
import { classColor, themeOf, toRgb } from "../widgets/palette.js";
import { PlaneDistances } from "./plane_distances.js";
import { onPlane } from "./plane_geometry.js";
import { PLANE_STYLE } from "./plane_style.js";

/** @typedef {import("../core/payloads.js").PointPlaneData} Data */
/** @typedef {import("./plane_geometry.js").Position} Position */

const KEY_STEP = 0.01;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
/** Steps to the right and up. @type {Map<string, Position>} */
const ARROWS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, 1]],
  ["ArrowDown", [0, -1]],
]);

class PointPlane {
  /** @type {Data | null} */ #data = null;
  #at = /** @type {Position[]} */ ([]); // the server only gives the first ones
  #dragged = -1;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-plane", PLANE_STYLE);
    this.send = send;
    this.distances = new PlaneDistances();
    this.target = el("i", { class: "ls-plane-target", hidden: true });
    this.points = el("div", { class: "ls-plane-points" });
    this.surface = el(
      "div",
      { class: "ls-plane-surface" },
      ...TICKS.flatMap((tick) => createTicks(tick)),
      this.distances.rays,
      this.distances.lines,
      this.target,
      this.points,
    );
    this.root = el(
      "section",
      { class: "ls ls-plane", "aria-label": "Codes of two numbers as points" },
      this.surface,
      el("div", {}, this.distances.heading, this.distances.list),
    );
  }

  /** @param {Data} data */
  update(data) {
    if (this.#at.length !== data.points.length) this.#at = data.points.map(({ at }) => at);
    this.#data = data;
    setChildCount(this.points, data.points.length, () => this.#createPoint());
    this.target.hidden = data.target === null;
    if (data.target) place(this.target, data.target);
    this.#draw();
  }

  #createPoint() {
    const index = this.points.children.length;
    const point = el("button", { type: "button" }, el("i"), el("span"));
    point.addEventListener("pointerdown", (event) => this.#press(event, index));
    point.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel"])
      point.addEventListener(end, () => this.#release());
    point.addEventListener("keydown", (event) => this.#onKey(event, index));
    return point;
  }

  /** @param {PointerEvent} event @param {number} index */
  #press(event, index) {
    if (event.button !== 0 || !this.#data?.points[index].movable) return;
    this.points.children[index].setPointerCapture(event.pointerId);
    this.#dragged = index;
  }

  /** @param {PointerEvent} event */
  #drag({ clientX, clientY }) {
    if (this.#dragged < 0) return;
    const box = this.surface.getBoundingClientRect();
    const x = (clientX - box.left) / box.width;
    this.#at[this.#dragged] = onPlane([x, 1 - (clientY - box.top) / box.height]);
    this.#draw();
  }

  #release() {
    if (this.#dragged < 0) return;
    const index = this.#dragged;
    this.#dragged = -1;
    this.#report(index);
  }

  /** @param {KeyboardEvent} event @param {number} index */
  #onKey(event, index) {
    const arrow = ARROWS.get(event.key);
    if (!arrow || !this.#data?.points[index].movable) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 * KEY_STEP : KEY_STEP;
    const [x, y] = this.#at[index];
    this.#at[index] = onPlane([x + step * arrow[0], y + step * arrow[1]]);
    this.#draw();
    this.#report(index);
  }

  /** @param {number} index */
  #report(index) {
    this.send("moved", { index, at: this.#at[index] });
  }

  #draw() {
    const { points, shows_cosine } = /** @type {Data} */ (this.#data);
    const ground = getComputedStyle(this.root).getPropertyValue("--st-background-color") || "#fff";
    const theme = themeOf(toRgb(ground));
    points.forEach(({ name, group, movable }, i) => {
      const point = /** @type {HTMLElement} */ (this.points.children[i]);
      const code = this.#at[i].map((value) => value.toFixed(2)).join(", ");
      const how = movable ? "; move it with the arrow keys" : "";
      setProps(point, { "aria-label": `${name} at ${code}${how}`, "data-movable": movable });
      point.style.setProperty("--color", classColor(theme, group));
      setText(/** @type {Node} */ (point.lastChild), `${name} (${code})`);
      point.toggleAttribute("data-left", this.#at[i][0] > 0.6);
      place(point, this.#at[i]);
    });
    this.distances.update(
      points.map(({ name }) => name),
      this.#at,
      shows_cosine,
    );
  }

  dispose() {}
}

/** @param {HTMLElement} node @param {Position} at */
export function place(node, [x, y]) {
  setProps(node, { style: { left: `${100 * x}%`, bottom: `${100 * y}%` } });
}

/** Two grid lines with their numbers. @param {number} tick */
function createTicks(tick) {
  const text = tick.toFixed(1);
  const across = el("i", { class: "ls-plane-row", style: { bottom: `${100 * tick}%` } }, text);
  const up = el("i", { class: "ls-plane-column", style: { left: `${100 * tick}%` } }, text);
  return [across, up];
}

export default defineComponent((send) => new PointPlane(send));
