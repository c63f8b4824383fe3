// @ts-check
/** What both views have in common: the points' canvas, and the element over it that takes gestures. */

import { el } from "../../core/dom.js";
import { CanvasLayer } from "./canvas_layer.js";
import { PointLayer, createWebGLCanvas } from "./point_layer.js";

export class View {
  /**
   * @param {HTMLElement} host
   * @param {{moved: () => void, restored: () => void, pointScale: () => number}} handlers moved: draw again;
   *   restored: the WebGL context was lost and is back, upload the points again; pointScale: by which
   *   the page enlarges points
   */
  constructor(host, { moved, restored, pointScale }) {
    this.host = host;
    this.moved = moved;
    this.pointScale = pointScale;
    this.figure = el("div", { class: "ls-map-figure" });
    host.prepend(this.figure);
    const webgl = createWebGLCanvas();
    this.hasWebGL = webgl !== null;
    this.pointLayer = webgl
      ? new PointLayer(host, webgl.canvas, webgl.gl, restored)
      : new CanvasLayer(host);
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
