// @ts-check
/** Codes of three numbers as points in a cube that can be turned. */

import { el } from "../core/dom.js";
import { PlotDrawing } from "./plot_drawing.js";
import { HOME, turnedBy } from "./plot_geometry.js";

/** @typedef {import("./plot_geometry.js").View} View */
/** @typedef {import("./plot_drawing.js").Shown} Shown */

const FILL = 0.6; // the side of the cube, relative to the shorter side of the plot
const KEY_TURN = 14; // in pixels of a drag
const ARROWS = new Map([
  ["ArrowLeft", [-KEY_TURN, 0]],
  ["ArrowRight", [KEY_TURN, 0]],
  ["ArrowUp", [0, -KEY_TURN]],
  ["ArrowDown", [0, KEY_TURN]],
]);

export class CodePlot {
  /** @type {View} */ view = HOME;
  /** @type {Shown | null} */ #shown = null;
  #last = /** @type {{x: number, y: number} | null} */ (null);

  /** @param {() => void} turned called after the plot was turned */
  constructor(turned) {
    this.turned = turned;
    this.canvas = el("canvas", {
      tabindex: 0,
      role: "application",
      "aria-label": "Codes in 3D; turn with the arrow keys",
    });
    this.root = el("div", { class: "ls-code-plot" }, this.canvas);
    this.canvas.addEventListener("pointerdown", (event) => this.#press(event));
    this.canvas.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel"])
      this.canvas.addEventListener(end, () => this.#release());
    this.canvas.addEventListener("keydown", (event) => this.#onKey(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.root);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.#last = { x: event.clientX, y: event.clientY };
  }

  /** @param {PointerEvent} event */
  #drag({ clientX, clientY }) {
    if (!this.#last) return;
    this.#turn(clientX - this.#last.x, clientY - this.#last.y);
    this.#last = { x: clientX, y: clientY };
  }

  #release() {
    if (!this.#last) return;
    this.#last = null;
    this.turned();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const arrow = ARROWS.get(event.key);
    if (!arrow) return;
    event.preventDefault();
    this.#turn(arrow[0], arrow[1]);
    this.turned();
  }

  /** @param {number} right @param {number} down */
  #turn(right, down) {
    this.view = turnedBy(this.view, right, down);
    this.draw();
  }

  /** @param {Shown} shown */
  update(shown) {
    this.#shown = shown;
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.root;
    const context = this.canvas.getContext("2d");
    if (!this.#shown || !context || !width || !height) return;
    const ratio = globalThis.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, (width * ratio) / 2, (height * ratio) / 2);
    new PlotDrawing(context, this.view, FILL * Math.min(width, height), this.root).draw(
      this.#shown,
    );
  }

  dispose() {
    this.observer.disconnect();
  }
}
