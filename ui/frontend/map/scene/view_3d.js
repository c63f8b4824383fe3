// @ts-check
/**
 * The 3D view: Plotly's scene handles camera and gestures (turn, wheel), the points
 * are in a canvas under it, drawn with the scene's matrices whenever the scene is.
 */

import { el } from "../../core/dom.js";
import { PLOTLY_CONFIG, PLOTLY_LAYOUT, pointSize, resizeFigure } from "./plotly_loader.js";
import { PointLayer } from "./point_layer.js";

const AXIS_RANGE = [-1, 1]; // of the map; Plotly's world gives it a side of 1
const EYE_DIRECTION = [0.66, 0.66, 0.36]; // from the middle to the eye, length 1
const RIGHT = [-Math.SQRT1_2, Math.SQRT1_2, 0];
const UP = [-0.255, -0.255, 0.933];
const TAN_HALF_FOV = Math.tan(Math.PI / 8); // of Plotly's camera, up and down
const MARGIN = 1.08; // around the points

/** @param {ArrayLike<number>} a @param {number} i @param {number[]} b */
function dot(a, i, b) {
  return a[i] * b[0] + a[i + 1] * b[1] + a[i + 2] * b[2];
}

/**
 * The distance of the eye at which every position is in view.
 * @param {Float32Array} positions
 * @param {number} aspect width over height
 */
function cameraDistance(positions, aspect) {
  let distance = 0.4;
  for (let i = 0; i < positions.length; i += 3) {
    const across = Math.max(
      Math.abs(dot(positions, i, UP)),
      Math.abs(dot(positions, i, RIGHT)) / aspect,
    );
    distance = Math.max(
      distance,
      (MARGIN * across) / TAN_HALF_FOV + dot(positions, i, EYE_DIRECTION),
    );
  }
  return distance / 2; // the world is half the map's size
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b @returns {number[]} 4×4, column after column */
function multiply(a, b) {
  const product = new Array(16).fill(0);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      for (let k = 0; k < 4; k++) product[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    }
  }
  return product;
}

export class View3D {
  nDims = 3;

  /**
   * @param {HTMLElement} host
   * @param {{onDraw: () => void, onRestored: () => void}} on the points have been drawn, as they are
   *   whenever the camera moves; the WebGL context was restored: upload them again
   */
  constructor(host, { onDraw, onRestored }) {
    this.host = host;
    this.onDraw = onDraw;
    this.figure = el("div", { class: "ls-map-figure" });
    host.prepend(this.figure);
    this.pointLayer = new PointLayer(host, onRestored);
    this.distance = 1.7; // of the eye from the middle
    /** @type {any} */ this.plotly = null;
    /** @type {any} */ this.scene = null;
    this.style = {
      background: /** @type {[number, number, number]} */ ([255, 255, 255]),
      transition: 1,
    };
  }

  get shader() {
    return this.pointLayer.shader;
  }

  /** @param {any} plotly */
  async attach(plotly) {
    const axis = { visible: false, range: AXIS_RANGE, showspikes: false };
    const scene = {
      xaxis: axis,
      yaxis: axis,
      zaxis: axis,
      aspectmode: "cube",
      camera: this.#homeCamera(),
      dragmode: "turntable",
      hovermode: false,
    };
    const size = { width: this.host.clientWidth, height: this.host.clientHeight };
    const anchor = {
      type: "scatter3d",
      mode: "none",
      x: AXIS_RANGE,
      y: AXIS_RANGE,
      z: AXIS_RANGE,
      hoverinfo: "skip",
    };
    await plotly.newPlot(
      this.figure,
      [anchor],
      { ...PLOTLY_LAYOUT, ...size, scene },
      PLOTLY_CONFIG,
    );
    this.plotly = plotly;
    this.scene = /** @type {any} */ (this.figure)._fullLayout.scene._scene;
    if (!this.scene?.glplot)
      throw new Error("this browser offers no WebGL, which the map is drawn with");
    this.#hookRender();
  }

  /** Sets what `home` shows. @param {Float32Array} positions */
  setExtent(positions) {
    this.distance = cameraDistance(
      positions,
      this.host.clientWidth / Math.max(1, this.host.clientHeight),
    );
  }

  #homeCamera() {
    const [x, y, z] = EYE_DIRECTION.map((part) => part * this.distance);
    return { eye: { x, y, z }, center: { x: 0, y: 0, z: 0 }, up: { x: 0, y: 0, z: 1 } };
  }

  /**
   * Add an object to the current scene, so that the points are drawn whenever Plotly
   * draws; it makes a new scene after a lost context.
   */
  #hookRender() {
    this.glPlot = this.scene.glplot;
    this.probe = {
      dirty: true,
      isOpaque: () => true,
      isTransparent: () => false,
      draw: () => this.#paint(),
      dispose: () => {},
    };
    this.glPlot.add(this.probe);
  }

  #paint() {
    if (this.probe) this.probe.dirty = false;
    const matrix = this.matrix();
    const reach = Math.hypot(matrix[3], matrix[7], matrix[11]);
    const size = this.pointSize(this.shader.count);
    const { background, transition } = this.style;
    this.pointLayer.draw(
      { matrix, size, opacity: 1, middle: matrix[15], reach, background },
      transition,
    );
    this.onDraw();
  }

  /** Map → clip space, column after column. @returns {number[]} */
  matrix() {
    const { projection, view, model } = this.scene.glplot.cameraParams;
    const [x, y, z] = this.scene.dataScale;
    const scale = [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1];
    return multiply(multiply(multiply(projection, view), model), scale);
  }

  /** @param {{background: [number, number, number], transition: number}} style */
  draw(style) {
    this.style = style;
    if (!this.scene) return;
    if (this.scene.glplot !== this.glPlot) this.#hookRender();
    if (this.probe) this.probe.dirty = true; // Plotly's own loop draws it in this frame or the next
  }

  /** @param {number} count */
  pointSize(count) {
    return pointSize(count, this.host.clientWidth) * 1.12;
  }

  home() {
    this.plotly?.relayout(this.figure, { "scene.camera": this.#homeCamera() });
  }

  /** @param {number} factor above 1 zooms in */
  zoom(factor) {
    const camera = this.scene.getCamera();
    const { eye, center } = camera;
    for (const axis of ["x", "y", "z"])
      eye[axis] = center[axis] + (eye[axis] - center[axis]) / factor;
    this.plotly.relayout(this.figure, { "scene.camera": { ...camera, eye } });
  }

  resize() {
    resizeFigure(this.plotly, this.figure, this.host);
  }

  camera() {
    return this.scene.getCamera();
  }

  dispose() {
    this.plotly?.purge(this.figure);
    this.pointLayer.dispose();
    this.figure.remove();
  }
}
