// @ts-check
/** The points on a 2D canvas, for browsers without WebGL: the same interface as `PointLayer`. */

import { el } from "../../core/dom.js";
import { CanvasPoints, depthOrder, projectPoints } from "./canvas_points.js";
import { pixelRatio } from "./point_layer.js";
import { AdaptiveStride, SETTLE_MS } from "./stride.js";

const SQUARE_PX = 3; // points up to this size are squares, which are drawn faster than discs

export class CanvasLayer {
  shader = new CanvasPoints();
  complete = false; // every point is drawn, not only those of a movement
  adaptive = new AdaptiveStride();
  #settleTimer = 0;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.canvas = el("canvas", { class: "ls-map-points" });
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    host.prepend(this.canvas);
  }

  /** @param {import("./point_shader.js").PointStyle} style its size in CSS pixels @param {number} transition */
  draw(style, transition) {
    const now = performance.now();
    const { count } = this.shader;
    const stride = this.adaptive.begin(now, count);
    this.#drawFrame(style, transition, stride);
    this.adaptive.end(performance.now() - now, count / stride);
    clearTimeout(this.#settleTimer);
    if (stride > 1)
      this.#settleTimer = window.setTimeout(() => this.#drawFrame(style, transition, 1), SETTLE_MS);
  }

  /** @param {import("./point_shader.js").PointStyle} style @param {number} transition @param {number} stride */
  #drawFrame(style, transition, stride) {
    const { canvas, context, host, shader } = this;
    const ratio = pixelRatio();
    [canvas.width, canvas.height] = [host.clientWidth, host.clientHeight].map((side) =>
      Math.round(side * ratio),
    );
    const points = projectPoints(shader, style, transition, stride, canvas);
    const order = style.centerDepth ? depthOrder(points) : points.keys();
    for (const k of order) drawPoint(context, points[k], style.opacity, ratio);
    context.globalAlpha = 1;
    this.complete = stride === 1;
  }

  dispose() {
    clearTimeout(this.#settleTimer);
    this.canvas.remove();
  }
}

/**
 * @param {CanvasRenderingContext2D} context @param {import("./canvas_points.js").CanvasPoint} point
 * @param {number} opacity @param {number} ratio device pixels per CSS pixel
 */
function drawPoint(context, { x, y, size, alpha, color }, opacity, ratio) {
  const side = size * ratio;
  context.globalAlpha = alpha * opacity;
  context.fillStyle = color;
  if (size <= SQUARE_PX) {
    context.fillRect(x - side / 2, y - side / 2, side, side);
    return;
  }
  context.beginPath();
  context.arc(x, y, side / 2, 0, 2 * Math.PI);
  context.fill();
}
