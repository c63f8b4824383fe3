// @ts-check
/** The points of a map and their view: positions, transitions, colors. */

import { pointColors, themeOf } from "../../widgets/palette.js";
import { nearestPoint, project, pointsInside } from "./hit_test.js";
import { CORNERS, Normalizer } from "./normalizer.js";
import { loadPlotly } from "./plotly_loader.js";
import { View2D } from "./view_2d.js";
import { View3D } from "./view_3d.js";

/** @typedef {[number, number, number]} Rgb */
/** @typedef {{x: number, y: number, depth: number}} ScreenPosition */

const TRANSITION_MS = 420;
const REDUCED_MOTION = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Scene {
  /** @type {View2D | View3D | null} */ view = null;
  normalizer = new Normalizer([-1, -1], [1, 1]);
  /** @type {Float32Array} */ positions = new Float32Array(0); // where the points are going, three numbers each
  /** @type {Float32Array} */ previousPositions = new Float32Array(0); // where they come from
  transition = 1; // 0 at `before`, 1 at `places`
  /** @type {Uint8Array | Float32Array} */ values = new Uint8Array(0);
  /** @type {{lo?: number, hi?: number}} */ scale = {};
  visible = new Uint8Array(0);
  /** @type {Uint8Array | null} */ region = null;
  /** @type {Rgb} */ background = [255, 255, 255];
  /** @type {Rgb} */ dimmed = [180, 180, 180];
  faded = false; // points are drawn fainter, so that the decoded grid shows through
  ready = false; // drawn, and Plotly listens
  #computing = false;
  #attached = false;
  #frame = 0;
  #transitionId = 0;

  /**
   * @param {HTMLElement} host
   * @param {{drawn: () => void, failed: (error: unknown) => void}} handlers
   */
  constructor(host, handlers) {
    this.host = host;
    this.handlers = handlers;
  }

  get count() {
    return this.positions.length / 3;
  }

  /** Positions and colors are there and belong together. */
  get complete() {
    return (
      this.count > 0 && this.values.length === this.count && this.visible.length === this.count
    );
  }

  // ── content ────────────────────────────────────────────────────────────────────────────────

  /**
   * Show these points; if there are as many as before, each moves to its new position.
   * @param {{count: number, dims: number, lo: number[], hi: number[]}} spec
   * @param {Float32Array} table row after row
   * @param {boolean} computing still being computed: keep the whole cube in view
   */
  setPoints({ count, dims, lo, hi }, table, computing) {
    const newView = this.view?.nDims !== dims;
    const previous = !newView && this.count === count ? this.currentPositions() : null;
    if (!previous) this.region = null;
    if (newView) this.#open(dims);
    const view = /** @type {View2D | View3D} */ (this.view);
    this.normalizer = new Normalizer(lo, hi);
    this.positions = this.normalizer.normalize(table);
    this.previousPositions = previous ?? this.positions;
    view.shader.setPositions(this.positions, this.previousPositions);
    view.setExtent(computing ? CORNERS : this.positions);
    if (!newView && !(computing && this.#computing)) view.home();
    this.#computing = computing;
    this.#startTransition(previous !== null);
  }

  /** @param {number} dims */
  #open(dims) {
    this.view?.dispose();
    this.ready = this.#attached = false;
    const restored = () => this.#restore();
    const view =
      dims === 2
        ? new View2D(this.host, { onMove: () => this.redraw(), onRestored: restored })
        : new View3D(this.host, { onDraw: () => this.#drawn(), onRestored: restored });
    this.view = view;
    this.#attach(view).catch((error) => this.view === view && this.handlers.failed(error));
  }

  /** @param {View2D | View3D} view */
  async #attach(view) {
    const plotly = await loadPlotly();
    if (this.view !== view) return;
    await view.attach(plotly);
    if (this.view !== view) return;
    this.#attached = true;
    this.redraw();
  }

  /** Upload everything to the graphics card again. */
  #restore() {
    this.view?.shader.setPositions(this.positions, this.previousPositions);
    this.repaint();
  }

  /** Colours by `values`, `shown` and `region` as they are now. */
  repaint() {
    if (!this.complete) return;
    const { dimmed, values, visible, region, scale } = this;
    this.view?.shader.setColors(
      pointColors({ theme: this.theme, dimmed, values, visible, region, ...scale }),
    );
    this.redraw();
  }

  get theme() {
    return themeOf(this.background);
  }

  // ── drawing ────────────────────────────────────────────────────────────────────────────────

  /** Draw once in the next frame, however often asked. */
  redraw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.view || !this.complete) return;
      this.view.draw({
        background: this.background,
        transition: this.transition,
        faded: this.faded,
      });
      if (this.view.nDims === 2) this.#drawn();
    });
  }

  #drawn() {
    if (!this.complete) return;
    this.ready = this.#attached;
    this.handlers.drawn();
  }

  /** @param {boolean} animated */
  #startTransition(animated) {
    const started = performance.now();
    const id = ++this.#transitionId;
    this.transition = animated && !REDUCED_MOTION.matches ? 0 : 1;
    const step = () => {
      if (id !== this.#transitionId) return;
      const t = Math.min(1, (performance.now() - started) / TRANSITION_MS);
      this.transition = t * t * (3 - 2 * t);
      this.redraw();
      if (t < 1) requestAnimationFrame(step);
    };
    if (this.transition < 1) requestAnimationFrame(step);
  }

  // ── positions ──────────────────────────────────────────────────────────────────────────────

  /** Current positions of all points. @returns {Float32Array} */
  currentPositions() {
    const { previousPositions, positions, transition } = this;
    if (transition >= 1) return positions;
    return positions.map(
      (value, k) => previousPositions[k] + (value - previousPositions[k]) * transition,
    );
  }

  /** Current position of one point. @param {number | null} id @returns {Rgb | null} */
  positionOf(id) {
    if (id === null || id >= this.count) return null;
    const { previousPositions, positions, transition } = this;
    const at = (/** @type {number} */ k) =>
      previousPositions[k] + (positions[k] - previousPositions[k]) * transition;
    return [at(3 * id), at(3 * id + 1), at(3 * id + 2)];
  }

  /** @returns {import("./hit_test.js").Screen} */
  projection() {
    const matrix = /** @type {View2D | View3D} */ (this.view).matrix();
    return { matrix, width: this.host.clientWidth, height: this.host.clientHeight };
  }

  /** From a position to pixels within the plot. @returns {(position: ArrayLike<number>) => ScreenPosition} */
  projector() {
    const projection = this.projection();
    return (setPoints) => project(projection, setPoints[0], setPoints[1], setPoints[2]);
  }

  /** The visible point nearest to a pixel position. @param {number} x @param {number} y @param {number} radius */
  sampleAt(x, y, radius) {
    if (!this.ready || !this.view || !this.complete) return null;
    const reach = Math.max(radius, this.view.pointSize(this.count) / 2 + 2);
    return nearestPoint(this.projection(), this.currentPositions(), this.visible, x, y, reach);
  }

  /** The visible points inside an outline in pixels. @param {import("./hit_test.js").Outline} outline */
  samplesInside(outline) {
    return pointsInside(this.projection(), this.currentPositions(), this.visible, outline);
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#transitionId++;
    this.view?.dispose();
    this.view = null;
  }
}
