// @ts-check
/**
 * A grid of decoded images under the points, faded where support is low.
 *
 * Tiles are decoded a few at a time, from the center outwards, at low priority.
 * While finer tiles are being decoded the last complete level stays, scaled.
 */

import { el } from "../../core/dom.js";
import { toImageData } from "../../core/images.js";
import { LRU } from "../../core/lru.js";
import { levelFor, tileSide, tilesInView } from "./tiles.js";

/** @typedef {import("../../core/support_level.js").SupportLevel} SupportLevel */
/** @typedef {import("./tiles.js").Tile} Tile */
/** @typedef {import("./tiles.js").Ranges} Ranges */
/** @typedef {{tileCanvas: HTMLCanvasElement, level: SupportLevel} | null} DecodedTile null far from all points */

const BATCH = 24; // tiles decoded together
const SLICE_MS = 7; // of computing, before yielding to the page
const ZOOM_DELAY_MS = 90; // after a zoom, before finer tiles are decoded
const CACHE_SIZE = 1400; // tiles
const FAR_TILES = 1.6; // tiles: far from data and with no point nearer, nothing is drawn
const CORNER_RADIUS = 0.14; // of a tile's side
const MIN_OLD_TILE_PX = 14; // pixels of an older level's tiles
/** Opacity of a tile, and the fraction of its square that it fills. @type {Record<SupportLevel, [number, number]>} */
const TILE_STYLES = { "near data": [1, 0.94], sparse: [0.5, 0.8], "far from data": [0.16, 0.62] };

export class DecodedGrid {
  visible = false;
  level = 0;
  /** @type {number | null} */ completeLevel = null; // the last level without missing tiles
  missing = 0; // tiles in view that are not decoded yet
  /** @type {LRU<string, NonNullable<DecodedTile> | "far">} */ #cache = new LRU(CACHE_SIZE);
  #busy = false;
  #timer = 0;
  #abort = new AbortController();

  /**
   * @param {HTMLElement} host
   * @param {import("../scene/scene.js").Scene} scene
   * @param {import("./decode_source.js").DecodeSource} source
   */
  constructor(host, scene, source) {
    this.host = host;
    this.scene = scene;
    this.source = source;
    this.canvas = el("canvas", { class: "ls-map-grid", hidden: true });
    host.prepend(this.canvas);
  }

  /** Another map, or none: forget all tiles. */
  clear() {
    this.#cancel();
    this.#cache.clear();
    this.completeLevel = null;
  }

  /** @param {boolean} visible */
  setVisible(visible) {
    this.visible = visible;
    if (!visible) this.#cancel();
  }

  #cancel() {
    this.#abort.abort();
    this.#abort = new AbortController();
    clearTimeout(this.#timer);
  }

  /** Whether there is anything to draw. */
  get active() {
    return this.visible && this.source.ready && this.scene.ready && this.scene.view?.nDims === 2;
  }

  get #view() {
    return /** @type {import("../scene/view_2d.js").View2D} */ (this.scene.view);
  }

  /** After the map was drawn: draw the tiles in view and decode missing ones. */
  update() {
    this.canvas.hidden = !this.active;
    if (!this.active) return;
    const ranges = this.#view.ranges();
    const level = levelFor(this.host.clientWidth / (ranges[0][1] - ranges[0][0]));
    const zoomed = level !== this.level;
    this.level = level;
    this.#paint(ranges);
    if (zoomed) this.#cancel();
    this.#schedule(zoomed ? ZOOM_DELAY_MS : 0);
  }

  // ── drawing ────────────────────────────────────────────────────────────────────────────────

  /** @param {Ranges} ranges */
  #paint(ranges) {
    const context = this.#clear();
    if (!context) return;
    const tiles = tilesInView(ranges, this.level);
    const decoded = tiles.map(({ name }) => this.#cache.get(name));
    this.missing = decoded.filter((tile) => tile === undefined).length;
    if (this.missing === 0) this.completeLevel = this.level;
    else this.#paintOldLevel(context, ranges);
    const draw = this.#drawer(context, ranges, this.level);
    tiles.forEach(
      (tile, k) =>
        decoded[k] &&
        draw(tile, /** @type {NonNullable<DecodedTile> | "far"} */ (decoded[k]), this.missing > 0),
    );
    Object.assign(this.canvas.dataset, { level: this.level, missing: this.missing });
  }

  /** An empty canvas of the right size. */
  #clear() {
    const { canvas, host } = this;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [host.clientWidth, host.clientHeight].map((side) =>
      Math.round(side * ratio),
    );
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext("2d");
    context?.clearRect(0, 0, width, height);
    return context;
  }

  /** The last complete level. @param {CanvasRenderingContext2D} context @param {Ranges} ranges */
  #paintOldLevel(context, ranges) {
    const { completeLevel, level } = this;
    if (completeLevel === null || completeLevel === level) return;
    const pixels =
      (tileSide(completeLevel) / (ranges[0][1] - ranges[0][0])) * this.host.clientWidth;
    if (pixels < MIN_OLD_TILE_PX) return;
    const draw = this.#drawer(context, ranges, completeLevel);
    for (const tile of tilesInView(ranges, completeLevel)) {
      const decoded = this.#cache.get(tile.name);
      if (decoded) draw(tile, decoded, false);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Ranges} ranges @param {number} level */
  #drawer(context, [[left, right], [, high]], level) {
    const scale = this.canvas.width / (right - left);
    const side = tileSide(level) * scale;
    context.imageSmoothingQuality = "high";
    /** @param {Tile} tile @param {NonNullable<DecodedTile> | "far"} decoded @param {boolean} over another level */
    return ({ x, y }, decoded, over) => {
      const [across, down] = [(x - left) * scale, (high - y) * scale];
      if (over) context.clearRect(across - side / 2, down - side / 2, side, side);
      if (decoded === "far") return;
      const [alpha, fills] = TILE_STYLES[decoded.level];
      context.globalAlpha = alpha;
      const tileWidth = side * fills;
      context.save();
      context.beginPath();
      context.roundRect(
        across - tileWidth / 2,
        down - tileWidth / 2,
        tileWidth,
        tileWidth,
        CORNER_RADIUS * tileWidth,
      );
      context.clip();
      context.drawImage(
        decoded.tileCanvas,
        across - tileWidth / 2,
        down - tileWidth / 2,
        tileWidth,
        tileWidth,
      );
      context.restore();
    };
  }

  // ── decoding ───────────────────────────────────────────────────────────────────────────────

  /** Decode missing tiles until none is left. */
  async #decodeMissing() {
    if (this.#busy) return;
    this.#busy = true;
    const { signal } = this.#abort;
    try {
      while (this.active && (await this.#decode(signal)));
    } catch {
      // Aborted, or the decoder failed and shows that itself: the next move tries again.
    }
    this.#busy = false;
    if (signal.aborted) this.#schedule(ZOOM_DELAY_MS);
  }

  /** @param {number} time */
  #schedule(time) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#decodeMissing(), time);
  }

  /** The next few tiles. @param {AbortSignal} signal @returns {Promise<boolean>} whether there were any */
  async #decode(signal) {
    const tiles = this.#missingTiles();
    const decodable = await this.#codesFor(tiles, signal);
    if (decodable.length > 0) {
      const { decoder } = this.source;
      const { dim, shape } = decoder.spec;
      const codes = new Float32Array(decodable.length * dim);
      decodable.forEach(({ code }, k) => codes.set(code, k * dim));
      const images = await decoder.decode(codes, { urgent: false, signal });
      signal.throwIfAborted();
      decodable.forEach(({ name, level }, k) =>
        this.#cache.set(name, { level, tileCanvas: tileCanvas(images, shape, k) }),
      );
    }
    if (tiles.length > 0 && this.active) this.#paint(this.#view.ranges());
    return tiles.length > 0;
  }

  /** @returns {Tile[]} */
  #missingTiles() {
    const missing = [];
    for (const tile of tilesInView(this.#view.ranges(), this.level)) {
      if (this.#cache.get(tile.name) === undefined) missing.push(tile);
      if (missing.length === BATCH) break;
    }
    return missing;
  }

  /** @param {Tile[]} tiles @param {AbortSignal} signal */
  async #codesFor(tiles, signal) {
    const transform = /** @type {import("../../latent/projection.js").MapTransform} */ (
      this.source.transform
    );
    const far = FAR_TILES * tileSide(this.level) * this.scene.normalizer.half;
    const decodable = [];
    let begun = performance.now();
    for (const { name, x, y } of tiles) {
      const place = this.scene.normalizer.denormalize([x, y]);
      const code = transform.inverseTransform(place);
      const { level } = transform.support(place, code);
      if (level === "far from data" && transform.points.nearest(place, 1).distance[0] > far)
        this.#cache.set(name, "far");
      else decodable.push({ name, code, level });
      if (performance.now() - begun < SLICE_MS) continue;
      await new Promise((done) => {
        setTimeout(done);
      });
      signal.throwIfAborted();
      begun = performance.now();
    }
    return decodable;
  }

  // ── tests and disposal ─────────────────────────────────────────────────────────────────────

  /** The decoded tiles in view: point in map coordinates, support level and pixels. */
  tiles() {
    return tilesInView(this.#view.ranges(), this.level).flatMap(({ name, x, y }) => {
      const decoded = this.#cache.get(name);
      if (!decoded || decoded === "far") return [];
      const { width, height } = decoded.tileCanvas;
      const pixels =
        decoded.tileCanvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
      return [
        {
          name,
          point: this.scene.normalizer.denormalize([x, y]),
          level: decoded.level,
          pixels: Array.from(pixels),
        },
      ];
    });
  }

  dispose() {
    this.clear();
    this.canvas.remove();
  }
}

/** @param {Float32Array} images @param {[number, number, number]} shape @param {number} index */
function tileCanvas(images, shape, index) {
  const [, height, width] = shape;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  canvas
    .getContext("2d", { willReadFrequently: true })
    ?.putImageData(toImageData(images, shape, index), 0, 0);
  return canvas;
}
