// @ts-check
/**
 * The map in space: Plotly's scene keeps the camera and the gestures (turn, wheel), the dots
 * lie in a canvas under it, drawn with the scene's own matrices whenever it is drawn.
 */

import { el } from "../../core/dom.js";
import { CONFIG, LAYOUT, dotSize, fit } from "./plotly_loader.js";
import { Dots } from "./point_layer.js";

const CUBE = [-1, 1]; // of the map; Plotly's world gives it a side of 1
const TOWARDS = [0.66, 0.66, 0.36]; // from the middle to the eye, length 1
const RIGHT = [-Math.SQRT1_2, Math.SQRT1_2, 0];
const UPWARDS = [-0.255, -0.255, 0.933];
const HALF_ANGLE = Math.tan(Math.PI / 8); // of Plotly's camera, up and down
const AIR = 1.08; // around the points

/** @param {ArrayLike<number>} a @param {number} i @param {number[]} b */
function dot(a, i, b) {
  return a[i] * b[0] + a[i + 1] * b[1] + a[i + 2] * b[2];
}

/**
 * How far the eye must stand off so that every place is in sight.
 * @param {Float32Array} places
 * @param {number} aspect width over height
 */
function standOff(places, aspect) {
  let far = 0.4;
  for (let i = 0; i < places.length; i += 3) {
    const across = Math.max(Math.abs(dot(places, i, UPWARDS)), Math.abs(dot(places, i, RIGHT)) / aspect);
    far = Math.max(far, (AIR * across) / HALF_ANGLE + dot(places, i, TOWARDS));
  }
  return far / 2; // the world is half the map's size
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b @returns {number[]} 4×4, column after column */
function times(a, b) {
  const product = new Array(16).fill(0);
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      for (let k = 0; k < 4; k++) product[4 * column + row] += a[4 * k + row] * b[4 * column + k];
    }
  }
  return product;
}

export class SpaceView {
  dims = 3;

  /**
   * @param {HTMLElement} host
   * @param {{drawn: () => void, restored: () => void}} on the dots have been drawn, as they are
   *   whenever the camera moves; the graphics card has forgotten them: hand them over again
   */
  constructor(host, { drawn, restored }) {
    this.host = host;
    this.drawn = drawn;
    this.figure = el("div", { class: "ls-map-figure" });
    host.prepend(this.figure);
    this.dots = new Dots(host, restored);
    this.far = 1.7; // of the eye from the middle
    /** @type {any} */ this.plotly = null;
    /** @type {any} */ this.scene = null;
    this.look = { ground: /** @type {[number, number, number]} */ ([255, 255, 255]), mixing: 1 };
  }

  get cloud() {
    return this.dots.cloud;
  }

  /** @param {any} plotly */
  async attach(plotly) {
    const axis = { visible: false, range: CUBE, showspikes: false };
    const scene = {
      xaxis: axis, yaxis: axis, zaxis: axis,
      aspectmode: "cube", camera: this.#homeCamera(), dragmode: "turntable", hovermode: false,
    };
    const size = { width: this.host.clientWidth, height: this.host.clientHeight };
    const anchor = { type: "scatter3d", mode: "none", x: CUBE, y: CUBE, z: CUBE, hoverinfo: "skip" };
    await plotly.newPlot(this.figure, [anchor], { ...LAYOUT, ...size, scene }, CONFIG);
    this.plotly = plotly;
    this.scene = /** @type {any} */ (this.figure)._fullLayout.scene._scene;
    if (!this.scene?.glplot) throw new Error("this browser offers no WebGL, which the map is drawn with");
    this.#join();
  }

  /** What `home` is to show. @param {Float32Array} places */
  setFit(places) {
    this.far = standOff(places, this.host.clientWidth / Math.max(1, this.host.clientHeight));
  }

  #homeCamera() {
    const [x, y, z] = TOWARDS.map((part) => part * this.far);
    return { eye: { x, y, z }, center: { x: 0, y: 0, z: 0 }, up: { x: 0, y: 0, z: 1 } };
  }

  /**
   * Put a witness into the scene that is there now, so that the dots are drawn whenever Plotly
   * draws; it makes a new scene after a lost context.
   */
  #join() {
    this.glplot = this.scene.glplot;
    this.witness = {
      dirty: true,
      isOpaque: () => true,
      isTransparent: () => false,
      draw: () => this.#paint(),
      dispose: () => {},
    };
    this.glplot.add(this.witness);
  }

  #paint() {
    if (this.witness) this.witness.dirty = false;
    const matrix = this.matrix();
    const reach = Math.hypot(matrix[3], matrix[7], matrix[11]);
    const size = this.dot(this.cloud.count);
    const { ground, mixing } = this.look;
    this.dots.draw({ matrix, size, opacity: 1, middle: matrix[15], reach, ground }, mixing);
    this.drawn();
  }

  /** Map → clip space, column after column. @returns {number[]} */
  matrix() {
    const { projection, view, model } = this.scene.glplot.cameraParams;
    const [x, y, z] = this.scene.dataScale;
    const scale = [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1];
    return times(times(times(projection, view), model), scale);
  }

  /** @param {{ground: [number, number, number], mixing: number}} look */
  draw(look) {
    this.look = look;
    if (!this.scene) return;
    if (this.scene.glplot !== this.glplot) this.#join();
    if (this.witness) this.witness.dirty = true; // Plotly's own loop draws it in this frame or the next
  }

  /** @param {number} count */
  dot(count) {
    return dotSize(count, this.host.clientWidth) * 1.12;
  }

  home() {
    this.plotly?.relayout(this.figure, { "scene.camera": this.#homeCamera() });
  }

  /** @param {number} factor over 1 comes nearer */
  zoom(factor) {
    const camera = this.scene.getCamera();
    const { eye, center } = camera;
    for (const axis of ["x", "y", "z"]) eye[axis] = center[axis] + (eye[axis] - center[axis]) / factor;
    this.plotly.relayout(this.figure, { "scene.camera": { ...camera, eye } });
  }

  resize() {
    fit(this.plotly, this.figure, this.host);
  }

  camera() {
    return this.scene.getCamera();
  }

  dispose() {
    this.plotly?.purge(this.figure);
    this.dots.dispose();
    this.figure.remove();
  }
}
