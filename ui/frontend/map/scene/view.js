// @ts-check
/** What both views have in common: the points' canvas, and the element over it that takes gestures. */

import { el } from "../../core/dom.js";
import { PointLayer } from "./point_layer.js";

export class View {
  /**
   * @param {HTMLElement} host
   * @param {{moved: () => void, restored: () => void}} handlers moved: draw again; restored: the WebGL
   *   context was lost and is back, upload the points again
   */
  constructor(host, { moved, restored }) {
    this.host = host;
    this.moved = moved;
    this.figure = el("div", { class: "ls-map-figure" });
    host.prepend(this.figure);
    this.pointLayer = new PointLayer(host, restored);
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
    return this.size.width / Math.max(1, this.size.height) || 1;
  }

  dispose() {
    this.pointLayer.dispose();
    this.figure.remove();
  }
}
