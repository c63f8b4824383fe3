// @ts-check
/** The 2D view: the axis ranges that are in view, and the points drawn in them. */

import {
  clipMatrix,
  extentOf,
  homeRanges,
  magnification,
  panRanges,
  unproject,
  zoomRanges,
} from "./axes_2d.js";
import { pointSize, zoomFactor } from "./point_size.js";
import { View } from "./view.js";

/** @typedef {import("./axes_2d.js").Ranges} Ranges */

const NORMAL = { size: 1, opacity: 0.86 };
const FADED = { size: 0.5, opacity: 0.6 }; // of points over the decoded grid

export class View2D extends View {
  nDims = 2;
  /** @type {[number, number]} */ extent = [1, 1]; // half the width and height of all points
  /** @type {{center: [number, number], half: number} | null} */ #shown = null; // half the height; null shows everything

  get #home() {
    return homeRanges(this.extent, this.aspect);
  }

  /** Sets what `home` shows. @param {Float32Array} positions */
  setExtent(positions) {
    this.extent = extentOf(positions);
  }

  /** The ranges in view. @returns {Ranges} */
  ranges() {
    if (!this.#shown) return this.#home;
    const { center, half } = this.#shown;
    const halfWidth = half * this.aspect;
    return [
      [center[0] - halfWidth, center[0] + halfWidth],
      [center[1] - half, center[1] + half],
    ];
  }

  /** @param {Ranges} ranges */
  #show([[left, right], [low, high]]) {
    this.#shown = { center: [(left + right) / 2, (low + high) / 2], half: (high - low) / 2 };
    this.moved();
  }

  /** Show everything. */
  home() {
    this.#shown = null;
    this.moved();
  }

  /** @param {number} factor above 1 zooms in @param {{x: number, y: number}} [pixel] that stays where it is, by default the center */
  zoom(factor, pixel) {
    const ranges = this.ranges();
    this.#show(zoomRanges(ranges, factor, pixel && this.unproject(pixel.x, pixel.y)));
  }

  /** Move the points by pixels. @param {number} dx @param {number} dy */
  pan(dx, dy) {
    this.#show(panRanges(this.ranges(), this.size, dx, dy));
  }

  /** What a drag does. @param {number} dx @param {number} dy in pixels */
  drag(dx, dy) {
    this.pan(dx, dy);
  }

  /** Map → clip space, column after column. */
  matrix() {
    return clipMatrix(this.ranges());
  }

  /** The map position of a pixel. @param {number} x @param {number} y in pixels */
  unproject(x, y) {
    return unproject(this.ranges(), this.size, x, y);
  }

  /** A point's size in CSS pixels, growing slightly with the zoom. @param {number} count */
  pointSize(count) {
    const zoom = magnification(this.ranges(), this.#home);
    return pointSize(count, this.size.width) * zoomFactor(zoom) * this.pointScale();
  }

  /** @param {{background: [number, number, number], transition: number, faded: boolean}} style */
  draw({ background, transition, faded }) {
    const look = faded ? FADED : NORMAL;
    const size = this.pointSize(this.shader.count) * look.size;
    const { opacity } = look;
    this.pointLayer.draw({ matrix: this.matrix(), size, opacity, background }, transition);
  }

  camera() {
    return { ranges: this.ranges() };
  }
}
