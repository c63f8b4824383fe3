// @ts-check
/**
 * The 3D view: Plotly's scene handles camera and gestures (rotation, wheel), the points
 * are in a canvas under it, drawn with the scene's matrices whenever the scene is.
 */

import { cameraDistance, homeCamera, multiply, scaling, zoomCamera } from "./camera_3d.js";
import { NO_WEBGL, PLOTLY_LAYOUT, plotlyConfig } from "./plotly_loader.js";
import { PlotlyView } from "./plotly_view.js";
import { pointSize } from "./point_size.js";

const AXIS_RANGE = [-1, 1]; // of the map; Plotly's world gives it a side of 1
const SIZE_FACTOR = 1.12; // points of a 3D map are slightly larger
const ANCHOR = {
  type: "scatter3d",
  mode: "none",
  x: AXIS_RANGE,
  y: AXIS_RANGE,
  z: AXIS_RANGE,
  hoverinfo: "skip",
}; // Plotly needs a trace

/** @param {{width: number, height: number}} size @param {import("./camera_3d.js").Camera} camera */
function plotlyLayout(size, camera) {
  const axis = { visible: false, range: AXIS_RANGE, showspikes: false };
  const scene = {
    xaxis: axis,
    yaxis: axis,
    zaxis: axis,
    aspectmode: "cube",
    camera,
    dragmode: "turntable",
    hovermode: false,
  };
  return { ...PLOTLY_LAYOUT, ...size, scene };
}

/** An object of Plotly's scene: it is drawn whenever the scene is. @param {() => void} draw */
function createRenderHook(draw) {
  const hook = {
    dirty: true,
    isOpaque: () => true,
    isTransparent: () => false,
    draw: () => {
      hook.dirty = false;
      draw();
    },
    dispose: () => {},
  };
  return hook;
}

export class View3D extends PlotlyView {
  nDims = 3;
  distance = 1.7; // of the eye from the center
  /** @type {any} */ scene = null;
  style = { background: /** @type {[number, number, number]} */ ([255, 255, 255]), transition: 1 };

  /**
   * @param {HTMLElement} host
   * @param {{onDraw: () => void, onRestored: () => void}} handlers the points have been drawn, as they
   *   are whenever the camera moves; the WebGL context was restored: upload them again
   */
  constructor(host, { onDraw, onRestored }) {
    super(host, onRestored);
    this.onDraw = onDraw;
  }

  /** @param {any} plotly */
  async attach(plotly) {
    const layout = plotlyLayout(this.size, homeCamera(this.distance));
    await plotly.newPlot(this.figure, [{ ...ANCHOR }], layout, plotlyConfig());
    this.plotly = plotly;
    this.scene = /** @type {any} */ (this.figure)._fullLayout.scene._scene;
    if (!this.scene?.glplot) throw new Error(NO_WEBGL);
    this.#hookRender();
  }

  /** Sets what `home` shows. @param {Float32Array} positions */
  setExtent(positions) {
    this.distance = cameraDistance(positions, this.aspect);
  }

  /**
   * Add an object to the current scene, so that the points are drawn whenever Plotly
   * draws; it makes a new scene after a lost context.
   */
  #hookRender() {
    this.glPlot = this.scene.glplot;
    this.renderHook = createRenderHook(() => this.#drawPoints());
    this.glPlot.add(this.renderHook);
  }

  #drawPoints() {
    const matrix = this.matrix();
    const depthRange = Math.hypot(matrix[3], matrix[7], matrix[11]);
    const size = this.pointSize(this.shader.count);
    const { background, transition } = this.style;
    const style = { matrix, size, opacity: 1, centerDepth: matrix[15], depthRange, background };
    this.pointLayer.draw(style, transition);
    this.onDraw();
  }

  /** Map → clip space, column after column. @returns {number[]} */
  matrix() {
    const { projection, view, model } = this.scene.glplot.cameraParams;
    return multiply(multiply(multiply(projection, view), model), scaling(this.scene.dataScale));
  }

  /** @param {{background: [number, number, number], transition: number}} style */
  draw(style) {
    this.style = style;
    if (!this.scene) return;
    if (this.scene.glplot !== this.glPlot) this.#hookRender();
    if (this.renderHook) this.renderHook.dirty = true; // Plotly's own loop draws it in this frame or the next
  }

  /** @param {number} count */
  pointSize(count) {
    return pointSize(count, this.size.width) * SIZE_FACTOR;
  }

  /** @param {import("./camera_3d.js").Camera} camera */
  #setCamera(camera) {
    this.plotly?.relayout(this.figure, { "scene.camera": camera });
  }

  home() {
    this.#setCamera(homeCamera(this.distance));
  }

  /** @param {number} factor above 1 zooms in */
  zoom(factor) {
    this.#setCamera(zoomCamera(this.scene.getCamera(), factor));
  }

  camera() {
    return this.scene.getCamera();
  }
}
