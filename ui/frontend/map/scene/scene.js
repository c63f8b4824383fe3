// @ts-check
/** The dots and the view they are in: where they are, how they glide, what colour they have. */

import { paint, toneOf } from "../../widgets/palette.js";
import { nearest, project, within } from "./hit_test.js";
import { CORNERS, Cube } from "./normalizer.js";
import { loadPlotly } from "./plotly_loader.js";
import { PlaneView } from "./view_2d.js";
import { SpaceView } from "./view_3d.js";

/** @typedef {[number, number, number]} Triple */
/** @typedef {{x: number, y: number, depth: number}} Spot */

const GLIDE_MS = 420;
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Scene {
  /** @type {PlaneView | SpaceView | null} */ view = null;
  cube = new Cube([-1, -1], [1, 1]);
  /** @type {Float32Array} */ places = new Float32Array(0); // where the dots are going, three numbers each
  /** @type {Float32Array} */ before = new Float32Array(0); // where they come from
  mixing = 1; // 0 at `before`, 1 at `places`
  /** @type {Uint8Array | Float32Array} */ values = new Uint8Array(0);
  /** @type {{lo?: number, hi?: number}} */ scale = {};
  shown = new Uint8Array(0);
  /** @type {Uint8Array | null} */ region = null;
  /** @type {Triple} */ ground = [255, 255, 255];
  /** @type {Triple} */ grey = [180, 180, 180];
  faint = false; // the dots let through what lies under them
  ready = false; // drawn, and Plotly listens
  #moving = false;
  #attached = false;
  #frame = 0;
  #glide = 0;

  /**
   * @param {HTMLElement} host
   * @param {{drawn: () => void, failed: (error: unknown) => void}} on
   */
  constructor(host, on) {
    this.host = host;
    this.on = on;
  }

  get count() {
    return this.places.length / 3;
  }

  /** Places and colours are there and belong together. */
  get complete() {
    return this.count > 0 && this.values.length === this.count && this.shown.length === this.count;
  }

  // ── what is shown ───────────────────────────────────────────────────────────────────────

  /**
   * Show these points; when there are as many as before, every dot glides to its new place.
   * @param {{count: number, dims: number, lo: number[], hi: number[]}} spec
   * @param {Float32Array} table row after row
   * @param {boolean} moving still on their way: keep the whole cube in sight
   */
  place({ count, dims, lo, hi }, table, moving) {
    const fresh = this.view?.dims !== dims;
    const from = !fresh && this.count === count ? this.now() : null;
    if (!from) this.region = null;
    if (fresh) this.#open(dims);
    const view = /** @type {PlaneView | SpaceView} */ (this.view);
    this.cube = new Cube(lo, hi);
    this.places = this.cube.enter(table);
    this.before = from ?? this.places;
    view.cloud.setPlaces(this.places, this.before);
    view.setFit(moving ? CORNERS : this.places);
    if (!fresh && !(moving && this.#moving)) view.home();
    this.#moving = moving;
    this.#start(from !== null);
  }

  /** @param {number} dims */
  #open(dims) {
    this.view?.dispose();
    this.ready = this.#attached = false;
    const restored = () => this.#refill();
    const view = dims === 2
      ? new PlaneView(this.host, { moved: () => this.redraw(), restored })
      : new SpaceView(this.host, { drawn: () => this.#drawn(), restored });
    this.view = view;
    this.#attach(view).catch((error) => this.view === view && this.on.failed(error));
  }

  /** @param {PlaneView | SpaceView} view */
  async #attach(view) {
    const plotly = await loadPlotly();
    if (this.view !== view) return;
    await view.attach(plotly);
    if (this.view !== view) return;
    this.#attached = true;
    this.redraw();
  }

  /** Hand everything to the graphics card again. */
  #refill() {
    this.view?.cloud.setPlaces(this.places, this.before);
    this.repaint();
  }

  /** Colours by `values`, `shown` and `region` as they are now. */
  repaint() {
    if (!this.complete) return;
    const { grey, values, shown, region, scale } = this;
    this.view?.cloud.setColours(paint({ tone: this.tone, grey, values, shown, region, ...scale }));
    this.redraw();
  }

  get tone() {
    return toneOf(this.ground);
  }

  // ── drawing ─────────────────────────────────────────────────────────────────────────────

  /** Draw once in the next frame, however often asked. */
  redraw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.view || !this.complete) return;
      this.view.draw({ ground: this.ground, mixing: this.mixing, faint: this.faint });
      if (this.view.dims === 2) this.#drawn();
    });
  }

  #drawn() {
    if (!this.complete) return;
    this.ready = this.#attached;
    this.on.drawn();
  }

  /** @param {boolean} gliding */
  #start(gliding) {
    const begun = performance.now();
    const glide = ++this.#glide;
    this.mixing = gliding && !STILL.matches ? 0 : 1;
    const step = () => {
      if (glide !== this.#glide) return;
      const t = Math.min(1, (performance.now() - begun) / GLIDE_MS);
      this.mixing = t * t * (3 - 2 * t);
      this.redraw();
      if (t < 1) requestAnimationFrame(step);
    };
    if (this.mixing < 1) requestAnimationFrame(step);
  }

  // ── where things are ────────────────────────────────────────────────────────────────────

  /** Where all dots are at this moment. @returns {Float32Array} */
  now() {
    const { before, places, mixing } = this;
    if (mixing >= 1) return places;
    return places.map((value, k) => before[k] + (value - before[k]) * mixing);
  }

  /** Where one dot is at this moment. @param {number | null} id @returns {Triple | null} */
  placeOf(id) {
    if (id === null || id >= this.count) return null;
    const { before, places, mixing } = this;
    const at = (/** @type {number} */ k) => before[k] + (places[k] - before[k]) * mixing;
    return [at(3 * id), at(3 * id + 1), at(3 * id + 2)];
  }

  /** @returns {import("./hit_test.js").Screen} */
  screen() {
    const matrix = /** @type {PlaneView | SpaceView} */ (this.view).matrix();
    return { matrix, width: this.host.clientWidth, height: this.host.clientHeight };
  }

  /** Where a place is within the drawing, in pixels. @returns {(place: ArrayLike<number>) => Spot} */
  projector() {
    const screen = this.screen();
    return (place) => project(screen, place[0], place[1], place[2]);
  }

  /** The shown dot nearest to a place of the drawing. @param {number} x @param {number} y @param {number} radius */
  hit(x, y, radius) {
    if (!this.ready || !this.view || !this.complete) return null;
    const reach = Math.max(radius, this.view.dot(this.count) / 2 + 2);
    return nearest(this.screen(), this.now(), this.shown, x, y, reach);
  }

  /** The shown dots inside an outline of the drawing. @param {import("./hit_test.js").Outline} outline */
  inside(outline) {
    return within(this.screen(), this.now(), this.shown, outline);
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#glide++;
    this.view?.dispose();
    this.view = null;
  }
}
