// @ts-check
/** The points of a map and their view: positions, transitions, colors. */

import { NextFrame } from "../next_frame.js";
import { permuted } from "./draw_order.js";
import { CORNERS, Normalizer } from "./normalizer.js";
import { PointColors } from "./point_colors.js";
import { PointPositions } from "./positions.js";
import { ScreenPoints } from "./screen_points.js";
import { Transition } from "./transition.js";
import { View2D } from "./view_2d.js";
import { View3D } from "./view_3d.js";

/** @typedef {View2D | View3D} View */
/** @typedef {{count: number, dims: number, lo: number[], hi: number[]}} PointsSpec */

export class Scene {
  normalizer = new Normalizer([-1, -1], [1, 1]);
  positions = new PointPositions();
  colors = new PointColors();
  screen = new ScreenPoints(this);
  faded = false; // points are drawn fainter, so that the decoded grid shows through
  pointScale = 1; // by which the page enlarges points
  ready = false; // drawn
  /** @type {View | null} */ view = null;
  #computing = false;
  /** @type {Uint32Array | null} */ #order = null; // in which points are drawn; null: by index
  #frame = new NextFrame(() => this.#draw());

  /** @param {HTMLElement} element @param {() => void} onDrawn */
  constructor(element, onDrawn) {
    this.element = element;
    this.onDrawn = onDrawn;
    this.transition = new Transition((progress) => {
      this.positions.progress = progress;
      this.redraw();
    });
  }

  /** Replace the view. @param {number} nDims 2 or 3 @returns {View} */
  #open(nDims) {
    this.view?.dispose();
    this.view = null;
    const handlers = {
      moved: () => this.redraw(),
      restored: () => this.#upload(),
      pointScale: () => this.pointScale,
    };
    this.view = new (nDims === 2 ? View2D : View3D)(this.element, handlers);
    return this.view;
  }

  /** Whether positions and colors are there and belong together. */
  get complete() {
    const { count } = this.positions;
    return count > 0 && this.colors.match(count);
  }

  /** Whether all points are drawn where they belong, and nothing is still to be drawn. */
  get atRest() {
    const { positions, view } = this;
    return this.ready && !positions.moving && !this.#frame.pending && !!view?.pointLayer.complete;
  }

  /**
   * Show these points; if there are as many as before, each moves to its new position.
   * @param {PointsSpec} spec
   * @param {Float32Array} table row after row
   * @param {boolean} computing still being computed: keep the whole cube in view
   */
  setPoints({ count, dims, lo, hi }, table, computing) {
    const isNewView = this.view?.nDims !== dims;
    const previous = this.positions.count === count ? this.positions.current() : null;
    if (!previous) this.colors.region = null;
    if (isNewView) this.ready = false;
    const view = isNewView || !this.view ? this.#open(dims) : this.view;
    this.normalizer = new Normalizer(lo, hi);
    const positions = this.normalizer.normalize(table);
    this.positions.set(positions, previous ?? positions);
    this.#uploadPositions();
    view.setExtent(computing ? CORNERS : positions);
    if (!isNewView && !(computing && this.#computing)) view.home();
    this.#computing = computing;
    this.transition.start(previous !== null);
  }

  /** Upload everything to the graphics card again. */
  #upload() {
    this.#uploadPositions();
    this.applyColors();
  }

  #uploadPositions() {
    const { target, previous } = this.positions;
    const inOrder = permuted(target, this.#order, 3);
    const before = previous === target ? inOrder : permuted(previous, this.#order, 3);
    this.view?.shader.setPositions(inOrder, before);
  }

  /** The order in which points are drawn, the last one on top; null: by index. @param {Uint32Array | null} order */
  setOrder(order) {
    if (order === this.#order) return;
    this.#order = order;
    this.#uploadPositions();
  }

  /** Upload and draw the current colors. */
  applyColors() {
    if (!this.complete) return;
    this.view?.shader.setColors(permuted(this.colors.rgba(), this.#order, 4));
    this.redraw();
  }

  /** Draw once in the next frame, however often requested. */
  redraw() {
    this.#frame.request();
  }

  #draw() {
    const { view, faded } = this;
    if (!view || !this.complete) return;
    const { background } = this.colors;
    view.draw({ background, transition: this.positions.progress, faded });
    this.ready = true;
    this.onDrawn();
  }

  dispose() {
    this.#frame.cancel();
    this.transition.stop();
    this.view?.dispose();
  }
}
