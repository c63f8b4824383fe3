// @ts-check
/** The points of a map and their view: positions, transitions, colors. */

import { NextFrame } from "../next_frame.js";
import { CORNERS, Normalizer } from "./normalizer.js";
import { PointColors } from "./point_colors.js";
import { PointPositions } from "./positions.js";
import { ScreenPoints } from "./screen_points.js";
import { Transition } from "./transition.js";
import { ViewHost } from "./view_host.js";

/** @typedef {{count: number, dims: number, lo: number[], hi: number[]}} PointsSpec */

export class Scene {
  normalizer = new Normalizer([-1, -1], [1, 1]);
  positions = new PointPositions();
  colors = new PointColors();
  screen = new ScreenPoints(this);
  faded = false; // points are drawn fainter, so that the decoded grid shows through
  ready = false; // drawn, and Plotly handles gestures
  #computing = false;
  #frame = new NextFrame(() => this.#draw());

  /**
   * @param {HTMLElement} element
   * @param {{drawn: () => void, failed: (error: unknown) => void}} handlers
   */
  constructor(element, handlers) {
    this.element = element;
    this.handlers = handlers;
    this.transition = new Transition((progress) => {
      this.positions.progress = progress;
      this.redraw();
    });
    this.host = new ViewHost(element, {
      moved: () => this.redraw(),
      drawn: () => this.#onDrawn(),
      restored: () => this.#upload(),
      attached: () => this.redraw(),
      failed: handlers.failed,
    });
  }

  get view() {
    return this.host.view;
  }

  /** Whether positions and colors are there and belong together. */
  get complete() {
    const { count } = this.positions;
    return count > 0 && this.colors.match(count);
  }

  /**
   * Show these points; if there are as many as before, each moves to its new position.
   * @param {PointsSpec} spec
   * @param {Float32Array} table row after row
   * @param {boolean} computing still being computed: keep the whole cube in view
   */
  setPoints({ count, dims, lo, hi }, table, computing) {
    const isNewView = this.view?.nDims !== dims;
    const previous = !isNewView && this.positions.count === count ? this.positions.current() : null;
    if (!previous) this.colors.region = null;
    if (isNewView) this.ready = false;
    const view = isNewView || !this.view ? this.host.open(dims) : this.view;
    this.normalizer = new Normalizer(lo, hi);
    const positions = this.normalizer.normalize(table);
    this.positions.set(positions, previous ?? positions);
    view.shader.setPositions(positions, previous ?? positions);
    view.setExtent(computing ? CORNERS : positions);
    if (!isNewView && !(computing && this.#computing)) view.home();
    this.#computing = computing;
    this.transition.start(previous !== null);
  }

  /** Upload everything to the graphics card again. */
  #upload() {
    this.view?.shader.setPositions(this.positions.target, this.positions.previous);
    this.applyColors();
  }

  /** Upload and draw the current colors. */
  applyColors() {
    if (!this.complete) return;
    this.view?.shader.setColors(this.colors.rgba());
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
    if (view.nDims === 2) this.#onDrawn();
  }

  #onDrawn() {
    if (!this.complete) return;
    this.ready = this.host.attached;
    this.handlers.drawn();
  }

  dispose() {
    this.#frame.cancel();
    this.transition.stop();
    this.host.dispose();
  }
}
