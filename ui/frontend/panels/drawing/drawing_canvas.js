// @ts-check
/** Draws strokes on a canvas, white on black, and exports it as a PNG. */

import { el } from "../../core/dom.js";
import { midpoint, strokeCurves } from "./drawing.js";

/** @typedef {import("./drawing.js").Point} Point */
/** @typedef {import("./drawing.js").Stroke} Stroke */

const SIDE_PX = 560; // of the canvas, in its own pixels
const PNG_SIDE_PX = 140;
const PEN_WIDTH = 1 / 13; // of the side
const ERASER_WIDTH = 1.6 * PEN_WIDTH;

export class DrawingCanvas {
  #thumbnail = el("canvas", { width: PNG_SIDE_PX, height: PNG_SIDE_PX });

  constructor() {
    this.root = el("canvas", {
      width: SIDE_PX,
      height: SIDE_PX,
      role: "img",
      "aria-label": "your drawing",
    });
    this.context = /** @type {CanvasRenderingContext2D} */ (this.root.getContext("2d"));
    this.draw([]);
  }

  /** Replace what is drawn. @param {Stroke[]} strokes */
  draw(strokes) {
    this.context.fillStyle = "#000";
    this.context.fillRect(0, 0, SIDE_PX, SIDE_PX);
    for (const stroke of strokes) {
      this.drawFrom(stroke, 0);
      this.drawEnd(stroke);
    }
  }

  /** Draw a stroke from point `first` on, up to the midpoint before its last point.
   * @param {Stroke} stroke @param {number} first */
  drawFrom(stroke, first) {
    const { context } = this;
    const points = this.#setStyle(stroke);
    if (first === 0) {
      context.beginPath();
      context.arc(points[0][0], points[0][1], context.lineWidth / 2, 0, 2 * Math.PI);
      context.fill();
    }
    context.beginPath();
    for (const { from, control, to } of strokeCurves(points, first)) {
      context.moveTo(...from);
      context.quadraticCurveTo(...control, ...to);
    }
    context.stroke();
  }

  /** Draw the last half segment of a stroke that is complete. @param {Stroke} stroke */
  drawEnd(stroke) {
    const points = this.#setStyle(stroke);
    const last = points.length - 1;
    if (last < 1) return;
    this.context.beginPath();
    this.context.moveTo(...midpoint(points[last - 1], points[last]));
    this.context.lineTo(...points[last]);
    this.context.stroke();
  }

  /** Set color and width; returns the points in canvas pixels. @param {Stroke} stroke */
  #setStyle({ erase, points }) {
    const { context } = this;
    context.strokeStyle = context.fillStyle = erase ? "#000" : "#fff";
    context.lineWidth = SIDE_PX * (erase ? ERASER_WIDTH : PEN_WIDTH);
    context.lineCap = context.lineJoin = "round";
    return points.map(([x, y]) => /** @type {Point} */ ([x * SIDE_PX, y * SIDE_PX]));
  }

  /** The position of a pointer, as fractions of the sides. @param {PointerEvent} event @returns {Point} */
  pointOf(event) {
    const box = this.root.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  /** The reduced drawing as a data URL. */
  toPng() {
    const context = /** @type {CanvasRenderingContext2D} */ (
      this.#thumbnail.getContext("2d", { alpha: false })
    );
    context.imageSmoothingQuality = "high";
    context.drawImage(this.root, 0, 0, PNG_SIDE_PX, PNG_SIDE_PX);
    return this.#thumbnail.toDataURL("image/png");
  }
}
