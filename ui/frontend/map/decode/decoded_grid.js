// @ts-check
/**
 * The decoded space under the dots: what would be at each place, faded where trust is low.
 *
 * Tiles are decoded a few at a time, from the middle outwards, whenever no hand waits for a
 * picture.  While finer tiles are on their way the last whole level stays, scaled.
 */

import { el } from "../../core/dom.js";
import { toPixels } from "../../core/images.js";
import { LRU } from "../../core/lru.js";
import { levelFor, sideOf, tilesIn } from "./tiles.js";

/** @typedef {import("../../core/support_level.js").Trust} Trust */
/** @typedef {import("./tiles.js").Tile} Tile */
/** @typedef {import("./tiles.js").Ranges} Ranges */
/** @typedef {{picture: HTMLCanvasElement, word: Trust} | null} Made null far from all points */

const BATCH = 24; // tiles decoded together
const SLICE_MS = 7; // of thinking, before the page may do something else
const REST_MS = 90; // after a zoom, before finer tiles are decoded
const KEPT = 1400; // tiles
const FAR = 1.6; // tiles: far from data and with no point nearer, nothing is drawn
const ROUND = 0.14; // of a tile's side
const SMALLEST = 14; // pixels of an older level's tiles
/** How strongly a tile is drawn, and how much of its square it fills. @type {Record<Trust, [number, number]>} */
const LOOKS = { "near data": [1, 0.94], sparse: [0.5, 0.8], "far from data": [0.16, 0.62] };

export class Grid {
  on = false;
  level = 0;
  /** @type {number | null} */ whole = null; // the last level of which nothing was missing
  missing = 0; // tiles in sight that aren't there yet
  /** @type {LRU<string, NonNullable<Made> | "far">} */ #cache = new LRU(KEPT);
  #busy = false;
  #rest = 0;
  #leaving = new AbortController();

  /**
   * @param {HTMLElement} host
   * @param {import("../scene/scene.js").Scene} scene
   * @param {import("./decode_source.js").Source} source
   */
  constructor(host, scene, source) {
    this.host = host;
    this.scene = scene;
    this.source = source;
    this.canvas = el("canvas", { class: "ls-map-grid", hidden: true });
    host.prepend(this.canvas);
  }

  /** Another map, or none: nothing that was made is of use. */
  forget() {
    this.#cancel();
    this.#cache.clear();
    this.whole = null;
  }

  /** @param {boolean} on */
  set(on) {
    this.on = on;
    if (!on) this.#cancel();
  }

  #cancel() {
    this.#leaving.abort();
    this.#leaving = new AbortController();
    clearTimeout(this.#rest);
  }

  /** Whether there is anything to draw. */
  get shown() {
    return this.on && this.source.ready && this.scene.ready && this.scene.view?.dims === 2;
  }

  get #view() {
    return /** @type {import("../scene/view_2d.js").PlaneView} */ (this.scene.view);
  }

  /** The map was drawn: draw the tiles in sight, and have those decoded that are missing. */
  follow() {
    this.canvas.hidden = !this.shown;
    if (!this.shown) return;
    const ranges = this.#view.ranges();
    const level = levelFor(this.host.clientWidth / (ranges[0][1] - ranges[0][0]));
    const zoomed = level !== this.level;
    this.level = level;
    this.#paint(ranges);
    if (zoomed) this.#cancel();
    this.#wait(zoomed ? REST_MS : 0);
  }

  // ── drawing ─────────────────────────────────────────────────────────────────────────────

  /** @param {Ranges} ranges */
  #paint(ranges) {
    const context = this.#clear();
    if (!context) return;
    const tiles = tilesIn(ranges, this.level);
    const made = tiles.map(({ name }) => this.#cache.get(name));
    this.missing = made.filter((tile) => tile === undefined).length;
    if (this.missing === 0) this.whole = this.level;
    else this.#paintOlder(context, ranges);
    const draw = this.#drawer(context, ranges, this.level);
    tiles.forEach((tile, k) => made[k] && draw(tile, /** @type {NonNullable<Made> | "far"} */ (made[k]), this.missing > 0));
    Object.assign(this.canvas.dataset, { level: this.level, missing: this.missing });
  }

  /** An empty canvas of the right size. */
  #clear() {
    const { canvas, host } = this;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [host.clientWidth, host.clientHeight].map((side) => Math.round(side * ratio));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext("2d");
    context?.clearRect(0, 0, width, height);
    return context;
  }

  /** The last whole level. @param {CanvasRenderingContext2D} context @param {Ranges} ranges */
  #paintOlder(context, ranges) {
    const { whole, level } = this;
    if (whole === null || whole === level) return;
    const pixels = (sideOf(whole) / (ranges[0][1] - ranges[0][0])) * this.host.clientWidth;
    if (pixels < SMALLEST) return;
    const draw = this.#drawer(context, ranges, whole);
    for (const tile of tilesIn(ranges, whole)) {
      const made = this.#cache.get(tile.name);
      if (made) draw(tile, made, false);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Ranges} ranges @param {number} level */
  #drawer(context, [[left, right], [, high]], level) {
    const scale = this.canvas.width / (right - left);
    const side = sideOf(level) * scale;
    context.imageSmoothingQuality = "high";
    /** @param {Tile} tile @param {NonNullable<Made> | "far"} made @param {boolean} over another level */
    return ({ x, y }, made, over) => {
      const [across, down] = [(x - left) * scale, (high - y) * scale];
      if (over) context.clearRect(across - side / 2, down - side / 2, side, side);
      if (made === "far") return;
      const [alpha, fills] = LOOKS[made.word];
      context.globalAlpha = alpha;
      const wide = side * fills;
      context.save();
      context.beginPath();
      context.roundRect(across - wide / 2, down - wide / 2, wide, wide, ROUND * wide);
      context.clip();
      context.drawImage(made.picture, across - wide / 2, down - wide / 2, wide, wide);
      context.restore();
    };
  }

  // ── decoding ────────────────────────────────────────────────────────────────────────────

  /** Decode what is missing, until nothing is. */
  async #fill() {
    if (this.#busy) return;
    this.#busy = true;
    const { signal } = this.#leaving;
    try {
      while (this.shown && (await this.#decode(signal)));
    } catch {
      // Overtaken, or the decoder has failed and says so itself: the next move tries again.
    }
    this.#busy = false;
    if (signal.aborted) this.#wait(REST_MS);
  }

  /** @param {number} time */
  #wait(time) {
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => void this.#fill(), time);
  }

  /** The next few tiles. @param {AbortSignal} signal @returns {Promise<boolean>} whether there were any */
  async #decode(signal) {
    const tiles = this.#wanted();
    const found = await this.#codesOf(tiles, signal);
    if (found.length > 0) {
      const { decoder } = this.source;
      const { dim, shape } = decoder.spec;
      const codes = new Float32Array(found.length * dim);
      found.forEach(({ code }, k) => codes.set(code, k * dim));
      const images = await decoder.decode(codes, { urgent: false, signal });
      signal.throwIfAborted();
      found.forEach(({ name, word }, k) => this.#cache.set(name, { word, picture: picture(images, shape, k) }));
    }
    if (tiles.length > 0 && this.shown) this.#paint(this.#view.ranges());
    return tiles.length > 0;
  }

  /** @returns {Tile[]} */
  #wanted() {
    const missing = [];
    for (const tile of tilesIn(this.#view.ranges(), this.level)) {
      if (this.#cache.get(tile.name) === undefined) missing.push(tile);
      if (missing.length === BATCH) break;
    }
    return missing;
  }

  /** @param {Tile[]} tiles @param {AbortSignal} signal */
  async #codesOf(tiles, signal) {
    const ways = /** @type {import("../../latent/projection.js").Ways} */ (this.source.ways);
    const far = FAR * sideOf(this.level) * this.scene.cube.half;
    const found = [];
    let begun = performance.now();
    for (const { name, x, y } of tiles) {
      const place = this.scene.cube.leave([x, y]);
      const code = ways.codeAt(place);
      const { word } = ways.supportAt(place, code);
      if (word === "far from data" && ways.points.nearest(place, 1).distance[0] > far) this.#cache.set(name, "far");
      else found.push({ name, code, word });
      if (performance.now() - begun < SLICE_MS) continue;
      await new Promise((done) => { setTimeout(done); });
      signal.throwIfAborted();
      begun = performance.now();
    }
    return found;
  }

  // ── for tests, and to leave ─────────────────────────────────────────────────────────────

  /** The tiles in sight that are there: place in the map's own numbers, word and pixels. */
  tiles() {
    return tilesIn(this.#view.ranges(), this.level).flatMap(({ name, x, y }) => {
      const made = this.#cache.get(name);
      if (!made || made === "far") return [];
      const { width, height } = made.picture;
      const pixels = made.picture.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
      return [{ name, at: this.scene.cube.leave([x, y]), word: made.word, pixels: Array.from(pixels) }];
    });
  }

  dispose() {
    this.forget();
    this.canvas.remove();
  }
}

/** @param {Float32Array} images @param {[number, number, number]} shape @param {number} index */
function picture(images, shape, index) {
  const [, height, width] = shape;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  canvas.getContext("2d", { willReadFrequently: true })?.putImageData(toPixels(images, shape, index), 0, 0);
  return canvas;
}
