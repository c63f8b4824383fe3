// @ts-check
/** The axes under the points: a grid in 2D, a box in 3D. */

import { clearCanvas, createCanvasLayer } from "../overlay_canvas.js";
import { axesShapes2d } from "./shapes_2d.js";
import { boxShapes3d } from "./shapes_3d.js";

/** @typedef {import("../../core/payloads.js").AxisData} AxisData */
/** @typedef {import("./shapes_2d.js").Shapes} Shapes */

const FONT_SCALE = 0.95; // of the map's font size
const NOTHING = /** @type {Shapes} */ ({ lines: [], texts: [] });

/** The lowest and highest position. @param {Float32Array} positions three values per point */
export function boundsOf(positions) {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const k = i % 3;
    if (positions[i] < low[k]) low[k] = positions[i];
    if (positions[i] > high[k]) high[k] = positions[i];
  }
  return { low, high };
}

export class AxesLayer {
  /** @type {AxisData[]} */ axes = [];
  /** @type {Shapes} */ shapes = NOTHING;
  #bounds = boundsOf(new Float32Array(3));

  /** @param {HTMLElement} host @param {import("../scene/scene.js").Scene} scene */
  constructor(host, scene) {
    this.host = host;
    this.scene = scene;
    const { canvas, context } = createCanvasLayer("ls-map-axes");
    this.canvas = canvas;
    this.context = context;
    host.prepend(this.canvas);
  }

  /** @param {AxisData[]} axes one per dimension, or none */
  set(axes) {
    this.axes = axes;
    this.#bounds = boundsOf(this.scene.positions.target);
  }

  /** Draw; called after the points were drawn. */
  update() {
    const { scene, axes, canvas } = this;
    const shown = axes.length === scene.view?.nDims && !scene.positions.moving;
    canvas.hidden = !shown;
    this.shapes = shown ? this.#shapes() : NOTHING;
    if (shown) this.#draw();
  }

  /** @returns {Shapes} */
  #shapes() {
    const { scene, host, axes } = this;
    const { clientWidth: width, clientHeight: height } = host;
    const denormalize = (/** @type {number[]} */ at) => scene.normalizer.denormalize(at);
    if (scene.view?.nDims === 3)
      return boxShapes3d(scene.screen.projector(), this.#bounds, denormalize, axes);
    const view = /** @type {import("../scene/view_2d.js").View2D} */ (scene.view);
    const [[left, right], [low, high]] = view.ranges();
    const [x0, y0] = denormalize([left, low]);
    const [x1, y1] = denormalize([right, high]);
    return axesShapes2d({ width, height, x: [x0, x1], y: [y0, y1] }, axes);
  }

  #draw() {
    const { context, host, shapes } = this;
    clearCanvas(context, host);
    const { color, fontFamily, fontSize } = getComputedStyle(host);
    const font = `${FONT_SCALE * parseFloat(fontSize)}px ${fontFamily}`;
    context.strokeStyle = context.fillStyle = color;
    for (const line of shapes.lines) this.#line(line);
    context.globalAlpha = 0.75;
    for (const text of shapes.texts) this.#text(text, font);
  }

  /** @param {import("./shapes_2d.js").Line} line */
  #line({ x1, y1, x2, y2, strong }) {
    const { context } = this;
    context.globalAlpha = strong ? 0.38 : this.scene.view?.nDims === 3 ? 0.22 : 0.1;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }

  /** @param {import("./shapes_2d.js").Text} text @param {string} font size and family */
  #text({ text, x, y, align, strong }, font) {
    const { context } = this;
    context.font = `${strong ? 650 : 400} ${font}`;
    context.textAlign = align;
    context.fillText(text, x, y);
  }
}
