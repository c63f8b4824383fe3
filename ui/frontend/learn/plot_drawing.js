// @ts-check
/** Draws codes of three numbers as points in a cube. */

import { classColor, themeOf, toRgb } from "../widgets/palette.js";
import { seenFrom } from "./plot_geometry.js";

/** @typedef {import("./plot_geometry.js").View} View */
/** @typedef {{codes: number[][], classes: number[], code: number[], target: number[] | null}} Shown */

const CORNER = [0, 0, 0];
const AXES = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
/** The edges of the cube, each between two corners. */
const EDGES = edgesOfCube();

/** One drawing of the plot, in pixels from its center. */
export class PlotDrawing {
  /** @param {CanvasRenderingContext2D} context @param {View} view @param {number} scale @param {Element} root */
  constructor(context, view, scale, root) {
    this.context = context;
    this.view = view;
    this.scale = scale;
    const style = getComputedStyle(root);
    this.text = style.getPropertyValue("--st-text-color") || "#888";
    this.accent = style.getPropertyValue("--st-primary-color") || "#888";
    this.ground = style.getPropertyValue("--st-background-color") || "#fff";
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.font = `600 ${0.875 * rem}px ${style.fontFamily}`;
    this.theme = themeOf(toRgb(this.ground));
  }

  /** @param {Shown} shown */
  draw({ codes, classes, code, target }) {
    for (const [a, b] of EDGES) this.#line(a, b, this.text, 0.16, 1);
    AXES.forEach((axis, i) => this.#axis(axis, `z${i + 1}`));
    const points = codes.map((point, i) => ({ ...this.#seen(point), color: classes[i] }));
    points.sort((a, b) => b.depth - a.depth);
    for (const point of points)
      this.#dot(point, 2.6 - point.depth, classColor(this.theme, point.color), 0.75);
    if (target) this.#ring(this.#seen(target));
    this.#code(code);
  }

  /** @param {number[]} point */
  #seen(point) {
    const { x, y, depth } = seenFrom(point, this.view);
    return { x: x * this.scale, y: y * this.scale, depth };
  }

  /** @param {number[]} axis @param {string} name */
  #axis(axis, name) {
    this.#line(CORNER, axis, this.text, 0.7, 1.5);
    const end = this.#seen(axis.map((value) => 1.09 * value));
    this.context.globalAlpha = 1;
    this.context.fillStyle = this.text;
    this.context.font = this.font;
    this.context.textAlign = "center";
    this.context.textBaseline = "middle";
    this.context.fillText(name, end.x, end.y);
  }

  /** The code, with lines along the axes that lead to it. @param {number[]} code */
  #code([x, y, z]) {
    this.#line([0, 0, 0], [x, 0, 0], this.accent, 1, 2);
    this.#line([x, 0, 0], [x, y, 0], this.accent, 1, 2);
    this.#line([x, y, 0], [x, y, z], this.accent, 1, 2);
    const at = this.#seen([x, y, z]);
    this.#dot(at, 9, this.ground, 1);
    this.#dot(at, 7, this.accent, 1);
  }

  /** @param {number[]} from @param {number[]} to @param {string} color @param {number} alpha @param {number} width */
  #line(from, to, color, alpha, width) {
    const [a, b] = [this.#seen(from), this.#seen(to)];
    const { context } = this;
    context.globalAlpha = alpha;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  }

  /** @param {{x: number, y: number}} at @param {number} radius @param {string} color @param {number} alpha */
  #dot({ x, y }, radius, color, alpha) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.fillStyle = color;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }

  /** @param {{x: number, y: number}} at */
  #ring({ x, y }) {
    const { context } = this;
    context.globalAlpha = 1;
    context.strokeStyle = this.text;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(x, y, 13, 0, 2 * Math.PI);
    context.stroke();
  }
}

/** @returns {[number[], number[]][]} */
function edgesOfCube() {
  const corners = Array.from({ length: 8 }, (_, i) => [i & 1, (i >> 1) & 1, (i >> 2) & 1]);
  return corners.flatMap((corner) =>
    corner.flatMap((value, axis) => {
      const other = corner.map((one, i) => (i === axis ? 1 : one));
      return value === 0 ? [/** @type {[number[], number[]]} */ ([corner, other])] : [];
    }),
  );
}
