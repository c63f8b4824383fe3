// @ts-check
/**
 * The 2D view: Plotly handles axes and gestures (drag, wheel), the points are in a WebGL
 * canvas under it that follows the axes' ranges.
 */

import {
  clipMatrix,
  extentOf,
  homeRanges,
  magnification,
  unproject,
  zoomRanges,
} from "./axes_2d.js";
import { PLOTLY_LAYOUT, plotlyConfig } from "./plotly_loader.js";
import { PlotlyView } from "./plotly_view.js";
import { pointSize, zoomFactor } from "./point_size.js";

/** @typedef {import("./axes_2d.js").Ranges} Ranges */

const NORMAL = { size: 1, opacity: 0.86 };
const FADED = { size: 0.5, opacity: 0.6 }; // of points over the decoded grid
const PLOTLY_EVENTS = ["plotly_relayouting", "plotly_relayout", "plotly_afterplot"];
const ANCHOR = { type: "scatter", mode: "none", x: [-1, 1], y: [-1, 1], hoverinfo: "skip" }; // Plotly needs a trace

/** @param {{width: number, height: number}} size @param {Ranges} ranges */
function plotlyLayout(size, [x, y]) {
  const axis = { visible: false, fixedrange: false };
  return {
    ...PLOTLY_LAYOUT,
    ...size,
    dragmode: "pan",
    xaxis: { ...axis, range: x },
    yaxis: { ...axis, range: y, scaleanchor: "x", scaleratio: 1 },
  };
}

export class View2D extends PlotlyView {
  nDims = 2;
  /** @type {[number, number]} */ extent = [1, 1]; // half the width and height of all points

  /**
   * @param {HTMLElement} host
   * @param {{onMove: () => void, onRestored: () => void}} handlers the axes have changed: draw again;
   *   the WebGL context was restored: upload the points again
   */
  constructor(host, { onMove, onRestored }) {
    super(host, onRestored);
    this.onMove = onMove;
  }

  get #home() {
    return homeRanges(this.extent, this.aspect);
  }

  /** Sets what `home` shows. @param {Float32Array} positions */
  setExtent(positions) {
    this.extent = extentOf(positions);
  }

  /** @param {any} plotly */
  async attach(plotly) {
    const layout = plotlyLayout(this.size, this.#home);
    await plotly.newPlot(this.figure, [{ ...ANCHOR }], layout, plotlyConfig());
    this.plotly = plotly;
    for (const event of PLOTLY_EVENTS) /** @type {any} */ (this.figure).on(event, this.onMove);
    this.onMove();
  }

  /** The ranges in view. @returns {Ranges} */
  ranges() {
    const layout = this.plotly && /** @type {any} */ (this.figure)._fullLayout;
    return layout ? [layout.xaxis.range, layout.yaxis.range] : this.#home;
  }

  /** @param {Ranges} ranges */
  #setRanges([x, y]) {
    this.plotly?.relayout(this.figure, { "xaxis.range": x, "yaxis.range": y });
    this.onMove();
  }

  /** Show everything. */
  home() {
    this.#setRanges(this.#home);
  }

  /** @param {number} factor above 1 zooms in */
  zoom(factor) {
    this.#setRanges(zoomRanges(this.ranges(), factor));
  }

  /** @override */
  resize() {
    super.resize();
    this.onMove();
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
    return pointSize(count, this.size.width) * zoomFactor(zoom);
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
