// @ts-check
/** The 3D view: a camera that turns around the points, z always up. */

import {
  cameraDistance,
  homeCamera,
  panCamera,
  projectionMatrix,
  rotateCamera,
  zoomCamera,
} from "./camera_3d.js";
import { pointSize } from "./point_size.js";
import { View } from "./view.js";

/** @typedef {import("./camera_3d.js").Camera} Camera */

const SIZE_FACTOR = 1.12; // points of a 3D map are slightly larger
const HALF_TURN_HEIGHTS = 1.2; // a drag over that many heights of the plot turns the points by 180°

export class View3D extends View {
  nDims = 3;
  distance = 1.7; // of the eye from the center
  turned = false; // by a drag
  /** @type {Camera | null} */ #shown = null; // null shows everything

  /** Sets what `home` shows. @param {Float32Array} positions */
  setExtent(positions) {
    this.distance = cameraDistance(positions, this.aspect);
  }

  /** Map → clip space, column after column. @returns {number[]} */
  matrix() {
    return projectionMatrix(this.camera(), this.aspect);
  }

  /** @param {{background: [number, number, number], transition: number}} style */
  draw({ background, transition }) {
    const matrix = this.matrix();
    const depthRange = Math.hypot(matrix[3], matrix[7], matrix[11]);
    const size = this.pointSize(this.shader.count);
    const style = { matrix, size, opacity: 1, centerDepth: matrix[15], depthRange, background };
    this.pointLayer.draw(style, transition);
  }

  /** @param {number} count */
  pointSize(count) {
    return pointSize(count, this.size.width) * SIZE_FACTOR * this.pointScale();
  }

  /** @param {Camera | null} camera */
  #show(camera) {
    this.#shown = camera;
    this.moved();
  }

  home() {
    this.#show(null);
  }

  /** @param {number} factor above 1 zooms in */
  zoom(factor) {
    this.#show(zoomCamera(this.camera(), factor));
  }

  /** Move the points by pixels. @param {number} dx @param {number} dy */
  pan(dx, dy) {
    this.#show(panCamera(this.camera(), dx / this.size.height, dy / this.size.height));
  }

  /** What a drag does. @param {number} dx @param {number} dy in pixels */
  drag(dx, dy) {
    this.turned = true;
    const angle = Math.PI / (HALF_TURN_HEIGHTS * this.size.height);
    this.#show(rotateCamera(this.camera(), dx * angle, dy * angle));
  }

  /** @returns {Camera} */
  camera() {
    return this.#shown ?? homeCamera(this.distance);
  }
}
