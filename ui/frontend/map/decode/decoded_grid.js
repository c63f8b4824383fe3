// @ts-check
/**
 * A grid of decoded images under the points, fainter the worse the verdict.
 *
 * While finer tiles are being decoded, the last complete level stays, scaled.
 */

import { el } from "../../core/dom.js";
import { toImageData } from "../../core/images.js";
import { pixelRatio } from "../scene/point_layer.js";
import { TileDecoder, ZOOM_DELAY_MS } from "./tile_decoder.js";
import { drawTile } from "./tile_drawing.js";
import { levelFor, tileSide, tilesInView } from "./tiles.js";

/** @typedef {import("./tiles.js").Ranges} Ranges */

const MIN_OLD_TILE_PX = 14; // pixels of an older level's tiles

/** Image number `index` at its own size. @param {Float32Array} images @param {[number, number, number]} shape @param {number} index */
function toCanvas(images, shape, index) {
  const [, height, width] = shape;
  const canvas = el("canvas", { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context?.putImageData(toImageData(images, shape, index), 0, 0);
  return canvas;
}

/** The context of an empty canvas as large as its host. @param {HTMLCanvasElement} canvas @param {HTMLElement} host */
function clearedContext(canvas, { clientWidth, clientHeight }) {
  const ratio = pixelRatio();
  const [width, height] = [clientWidth * ratio, clientHeight * ratio].map(Math.round);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  context?.clearRect(0, 0, width, height);
  if (context) context.imageSmoothingQuality = "high";
  return context;
}

export class DecodedGrid {
  visible = false;
  level = 0;
  /** @type {number | null} */ completeLevel = null; // the last level without missing tiles

  /** @param {HTMLElement} host @param {import("../scene/scene.js").Scene} scene @param {import("./decode_source.js").DecodeSource} source */
  constructor(host, scene, source) {
    this.host = host;
    this.scene = scene;
    this.source = source;
    this.canvas = el("canvas", { class: "ls-map-grid", hidden: true });
    host.prepend(this.canvas);
    this.decoder = new TileDecoder(source, {
      tilesInView: () => (this.active ? tilesInView(this.#ranges, this.level) : []),
      normalizer: () => scene.normalizer,
      toCanvas,
      decoded: () => this.active && this.#draw(),
    });
  }

  /** Whether there is anything to draw. */
  get active() {
    const { scene, source } = this;
    return this.visible && source.ready && scene.ready && scene.view?.nDims === 2;
  }

  get #ranges() {
    return /** @type {import("../scene/view_2d.js").View2D} */ (this.scene.view).ranges();
  }

  /** Another map, or none: forget all tiles. */
  clear() {
    this.decoder.clear();
    this.completeLevel = null;
  }

  /** @param {boolean} visible */
  setVisible(visible) {
    this.visible = visible;
    if (!visible) this.decoder.cancel();
  }

  /** After the map was drawn: draw the tiles in view and decode missing ones. */
  update() {
    this.canvas.hidden = !this.active;
    if (!this.active) return;
    const [[left, right]] = this.#ranges;
    const level = levelFor(this.host.clientWidth / (right - left));
    const isOtherLevel = level !== this.level;
    this.level = level;
    this.#draw();
    if (isOtherLevel) this.decoder.cancel();
    this.decoder.schedule(isOtherLevel ? ZOOM_DELAY_MS : 0);
  }

  #draw() {
    const context = clearedContext(this.canvas, this.host);
    if (!context) return;
    const ranges = this.#ranges;
    const tiles = tilesInView(ranges, this.level);
    const missing = tiles.filter(({ name }) => this.decoder.get(name) === undefined).length;
    if (missing === 0) this.completeLevel = this.level;
    else this.#drawCompleteLevel(context, ranges);
    this.#drawTiles(context, ranges, tiles, missing > 0);
    Object.assign(this.canvas.dataset, { level: this.level, missing });
  }

  /** Draw the last complete level, unless its tiles are too small. @param {CanvasRenderingContext2D} context @param {Ranges} ranges */
  #drawCompleteLevel(context, ranges) {
    const { completeLevel, level } = this;
    if (completeLevel === null || completeLevel === level) return;
    const [[left, right]] = ranges;
    const sidePx = (tileSide(completeLevel) / (right - left)) * this.host.clientWidth;
    if (sidePx < MIN_OLD_TILE_PX) return;
    this.#drawTiles(context, ranges, tilesInView(ranges, completeLevel), false);
  }

  /** @param {CanvasRenderingContext2D} context @param {Ranges} ranges @param {import("./tiles.js").Tile[]} tiles @param {boolean} replace */
  #drawTiles(context, ranges, tiles, replace) {
    for (const tile of tiles) {
      const decoded = this.decoder.get(tile.name);
      if (decoded) drawTile(context, ranges, tile, decoded, replace);
    }
  }

  /** The decoded tiles in view. */
  decodedTiles() {
    return tilesInView(this.#ranges, this.level).flatMap((tile) => {
      const decoded = this.decoder.get(tile.name);
      return decoded && decoded !== "far" ? [{ ...tile, ...decoded }] : [];
    });
  }

  dispose() {
    this.clear();
    this.canvas.remove();
  }
}
