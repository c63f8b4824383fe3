// @ts-check
/** The codes of the data set as points on the plane. */

import { el } from "../../core/dom.js";
import { fetchClasses } from "../../core/fetch.js";
import { loadSpace } from "../../latent/support.js";
import { classColor, themeOf, toRgb } from "../../widgets/palette.js";
import { toPlane } from "./plane_geometry.js";

/** @typedef {import("../../core/payloads.js").PlaneSpec} PlaneSpec */
/** @typedef {import("../dimension_scale.js").SliderRanges} SliderRanges */

const POINT_PX = 2.2;
const OPACITY = 0.62;

/** Give a canvas the size of its element, in device pixels. @param {HTMLCanvasElement} canvas @param {HTMLElement} area */
export function fitCanvas(canvas, { clientWidth, clientHeight }) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(clientWidth * ratio);
  canvas.height = Math.round(clientHeight * ratio);
  return canvas.getContext("2d");
}

export class PlanePoints {
  #drawnState = "";
  root = el("canvas", { "aria-hidden": "true" });

  /** @param {HTMLElement} area the plane */
  constructor(area) {
    this.area = area;
  }

  /** Draw the points, unless they are drawn. @param {PlaneSpec} spec @param {SliderRanges} ranges */
  async draw(spec, ranges) {
    const background = this.#cssColor("--st-background-color") || "#ffffff";
    const state = `${spec.space.codes.url} ${this.area.clientWidth} ${background}`;
    if (state === this.#drawnState) return;
    this.#drawnState = state;
    try {
      const [space, classes] = await Promise.all([
        loadSpace(spec.space),
        spec.classes ? fetchClasses(spec.classes) : null,
      ]);
      if (state === this.#drawnState) this.#drawPoints(space.codes, classes, ranges, background);
    } catch {
      this.#drawnState = ""; // the next call tries again
    }
  }

  /** @param {import("../../latent/neighbors.js").PointIndex} codes @param {Uint8Array | null} classes @param {SliderRanges} ranges @param {string} background */
  #drawPoints(codes, classes, ranges, background) {
    const context = fitCanvas(this.root, this.area);
    if (!context) return;
    const theme = themeOf(toRgb(background));
    const accent = this.#cssColor("--st-primary-color");
    const { width, height } = this.root;
    const size = POINT_PX * (window.devicePixelRatio || 1);
    context.globalAlpha = OPACITY;
    for (let i = 0; i < codes.count; i++) {
      const { x, y } = toPlane(ranges, [codes.table[2 * i], codes.table[2 * i + 1]]);
      context.fillStyle = classes ? classColor(theme, classes[i]) : accent;
      context.fillRect(x * width - 1, y * height - 1, size, size);
    }
    this.area.dataset.points = String(codes.count);
  }

  /** @param {string} property */
  #cssColor(property) {
    return getComputedStyle(this.area).getPropertyValue(property).trim();
  }
}
