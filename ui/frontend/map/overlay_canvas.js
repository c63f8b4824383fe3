// @ts-check
/** A canvas over or under the points, drawn in CSS pixels. */

import { el } from "../core/dom.js";
import { pixelRatio } from "./scene/point_layer.js";

/** A hidden canvas with its context. @param {string} name of its CSS class */
export function createCanvasLayer(name) {
  const canvas = el("canvas", { class: name, hidden: true, "aria-hidden": "true" });
  return { canvas, context: /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")) };
}

/** Make a canvas as large as its host, and empty. @param {CanvasRenderingContext2D} context @param {HTMLElement} host */
export function clearCanvas(context, { clientWidth: width, clientHeight: height }) {
  const { canvas } = context;
  const ratio = pixelRatio();
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
}
