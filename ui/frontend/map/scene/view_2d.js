// @ts-check
/**
 * The 2D view: Plotly handles axes and gestures (drag, wheel), the points are in a WebGL
 * canvas under it that follows the axes' ranges.
 */

import { el } from "../../core/dom.js";
import { PLOTLY_CONFIG, PLOTLY_LAYOUT, pointSize, resizeFigure } from "./plotly_loader.js";
import { PointLayer } from "./point_layer.js";

const MARGIN = 1.06; // around the points
const FADED = { size: 0.5, opacity: 0.6 }; // of points over the decoded grid
const PLOTLY_EVENTS = ["plotly_relayouting", "plotly_relayout", "plotly_afterplot"];

export class View2D {
  nDims = 2;

  /**
   * @param {HTMLElement} host
   * @param {{onMove: () => void, onRestored: () => void}} on the axes have changed: draw again;
   *   the WebGL context was restored: upload the points again
   */
  constructor(host, { onMove, onRestored }) {
    this.host = host;
    this.onMove = onMove;
    this.extent = [1, 1]; // half the width and height of what `home` shows
    this.figure = el("div", { class: "ls-map-figure" });
    host.prepend(this.figure);
    this.pointLayer = new PointLayer(host, onRestored);
    this.plotly = null;
  }

  get shader() {
    return this.pointLayer.shader;
  }

  /** Sets what `home` shows. @param {Float32Array} positions */
  setExtent(positions) {
    let [wide, high] = [0.05, 0.05];
    for (let i = 0; i < positions.length; i += 3) {
      wide = Math.max(wide, Math.abs(positions[i]));
      high = Math.max(high, Math.abs(positions[i + 1]));
    }
    this.extent = [wide, high];
  }

  /** @param {any} plotly */
  async attach(plotly) {
    const [x, y] = this.#home();
    const axis = { visible: false, fixedrange: false };
    const layout = {
      ...PLOTLY_LAYOUT,
      width: this.host.clientWidth,
      height: this.host.clientHeight,
      dragmode: "pan",
      xaxis: { ...axis, range: x },
      yaxis: { ...axis, range: y, scaleanchor: "x", scaleratio: 1 },
    };
    const anchor = { type: "scatter", mode: "none", x: [-1, 1], y: [-1, 1], hoverinfo: "skip" };
    await plotly.newPlot(this.figure, [anchor], layout, PLOTLY_CONFIG);
    this.plotly = plotly;
    for (const step of PLOTLY_EVENTS) /** @type {any} */ (this.figure).on(step, this.onMove);
    this.onMove();
  }

  /** The ranges that show everything. @returns {[[number, number], [number, number]]} */
  #home() {
    const aspect = this.host.clientWidth / Math.max(1, this.host.clientHeight);
    const high = MARGIN * Math.max(this.extent[1], this.extent[0] / aspect);
    return [
      [-high * aspect, high * aspect],
      [-high, high],
    ];
  }

  /** The ranges in view. @returns {[number[], number[]]} */
  ranges() {
    const full = this.plotly && /** @type {any} */ (this.figure)._fullLayout;
    return full ? [full.xaxis.range, full.yaxis.range] : this.#home();
  }

  /** @param {number[]} x @param {number[]} y */
  #setRanges(x, y) {
    this.plotly?.relayout(this.figure, { "xaxis.range": x, "yaxis.range": y });
    this.onMove();
  }

  /** Show everything. */
  home() {
    this.#setRanges(...this.#home());
  }

  /** @param {number} factor above 1 zooms in */
  zoom(factor) {
    const [x, y] = this.ranges().map(([low, high]) => {
      const middle = (low + high) / 2;
      const half = (high - low) / 2 / factor;
      return [middle - half, middle + half];
    });
    this.#setRanges(x, y);
  }

  resize() {
    resizeFigure(this.plotly, this.figure, this.host);
    this.onMove();
  }

  /** Map → clip space, column after column. @returns {number[]} */
  matrix() {
    const [[left, right], [low, high]] = this.ranges();
    const [sx, sy] = [2 / (right - left), 2 / (high - low)];
    return [
      sx,
      0,
      0,
      0,
      0,
      sy,
      0,
      0,
      0,
      0,
      1,
      0,
      -(left + right) / (right - left),
      -(low + high) / (high - low),
      0,
      1,
    ];
  }

  /** The map position of a pixel. @param {number} x @param {number} y in pixels */
  unproject(x, y) {
    const [[left, right], [low, high]] = this.ranges();
    const { clientWidth, clientHeight } = this.host;
    return [left + (x / clientWidth) * (right - left), high - (y / clientHeight) * (high - low)];
  }

  /** @param {number} count a point's size in CSS pixels, growing slightly with the zoom */
  pointSize(count) {
    const [home] = this.#home();
    const [now] = this.ranges();
    const magnification = (home[1] - home[0]) / (now[1] - now[0]);
    return (
      pointSize(count, this.host.clientWidth) * Math.min(3, Math.max(0.8, magnification ** 0.45))
    );
  }

  /** @param {{background: [number, number, number], transition: number, faded: boolean}} style */
  draw({ background, transition, faded }) {
    const size = this.pointSize(this.shader.count) * (faded ? FADED.size : 1);
    this.pointLayer.draw(
      { matrix: this.matrix(), size, opacity: faded ? FADED.opacity : 0.86, background },
      transition,
    );
  }

  camera() {
    return { ranges: this.ranges() };
  }

  dispose() {
    this.plotly?.purge(this.figure);
    this.pointLayer.dispose();
    this.figure.remove();
  }
}
