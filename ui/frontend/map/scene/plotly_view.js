// @ts-check
/** What both views have in common: Plotly's figure, and the points' canvas under it. */

import { el } from "../../core/dom.js";
import { resizeFigure } from "./plotly_loader.js";
import { PointLayer } from "./point_layer.js";

export class PlotlyView {
  /** @type {any} */ plotly = null;

  /** @param {HTMLElement} host @param {() => void} onRestored the WebGL context was restored: upload the points again */
  constructor(host, onRestored) {
    this.host = host;
    this.figure = el("div", { class: "ls-map-figure" });
    host.prepend(this.figure);
    this.pointLayer = new PointLayer(host, onRestored);
  }

  get shader() {
    return this.pointLayer.shader;
  }

  /** In pixels. */
  get size() {
    return { width: this.host.clientWidth, height: this.host.clientHeight };
  }

  /** Width over height. */
  get aspect() {
    return this.size.width / Math.max(1, this.size.height);
  }

  resize() {
    resizeFigure(this.plotly, this.figure, this.host);
  }

  dispose() {
    this.plotly?.purge(this.figure);
    this.pointLayer.dispose();
    this.figure.remove();
  }
}
