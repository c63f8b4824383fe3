// @ts-check
/** The images in the place of points: originals of the sheet, reconstructions, and their differences. */

import { el } from "../../core/dom.js";
import { toImageData } from "../../core/images.js";
import { LRU } from "../../core/lru.js";
import { differencePixels } from "./difference.js";

/** @typedef {import("./sprite_layer.js").SpriteKind} SpriteKind */
/** @typedef {import("./sprite_layer.js").Source} Source */
/** @typedef {import("../../core/images.js").Sheet} Sheet */

const CACHE_SIZE = 600; // images
const BATCH_SIZE = 32; // decoded together

export class SpriteImages {
  /** @type {SpriteKind | null} null: points only */ kind = "original";
  /** @type {LRU<string, HTMLCanvasElement>} */ #cache = new LRU(CACHE_SIZE);
  /** @type {Set<number>} */ #wanted = new Set();
  #busy = false;

  /**
   * @param {import("../decode/decode_source.js").DecodeSource} source
   * @param {{sheet: () => Sheet | null, decoded: () => void}} handlers decoded: draw again
   */
  constructor(source, handlers) {
    this.source = source;
    this.handlers = handlers;
  }

  /** Whether there are images at all. */
  get available() {
    return this.handlers.sheet() !== null;
  }

  /** The image of a sample; null until it is loaded or decoded. @param {number} id @returns {Source | null} */
  get(id) {
    const sheet = this.handlers.sheet();
    if (!sheet || id >= sheet.count) return null;
    const original = tileOf(sheet, id);
    if (this.kind === "original" || !this.source.ready) return original;
    const image = this.#cache.get(`${this.source.key} ${this.kind} ${id}`);
    if (image) return { image, x: 0, y: 0, width: image.width, height: image.height };
    this.#want(id);
    return original;
  }

  /** @param {number} id */
  #want(id) {
    this.#wanted.add(id);
    if (this.#busy) return;
    this.#busy = true;
    setTimeout(() => void this.#decodeWanted());
  }

  async #decodeWanted() {
    try {
      while (this.#wanted.size > 0 && this.source.transform) await this.#decodeBatch();
    } catch {
      // the decoder failed and shows that itself: the next movement tries again
    }
    this.#wanted.clear();
    this.#busy = false;
  }

  async #decodeBatch() {
    const ids = [...this.#wanted].slice(-BATCH_SIZE); // those wanted last are in view
    this.#wanted.clear();
    const { key, decoder, transform } = this.source;
    const { codes, dim } = /** @type {NonNullable<typeof transform>} */ (transform).space;
    const batch = new Float32Array(ids.length * dim);
    ids.forEach((id, k) => batch.set(codes.table.subarray(id * dim, (id + 1) * dim), k * dim));
    const { images } = await decoder.decode(batch, { urgent: false });
    if (this.source.key !== key) return;
    ids.forEach((id, k) => this.#store(id, toImageData(images, decoder.spec.shape, k)));
    this.handlers.decoded();
  }

  /** @param {number} id @param {ImageData} decoded */
  #store(id, decoded) {
    const sheet = this.handlers.sheet();
    if (!sheet) return;
    const { key } = this.source;
    this.#cache.set(`${key} reconstruction ${id}`, toCanvas(decoded));
    const original = pixelsOf(sheet, id);
    differencePixels(original.data, decoded.data);
    this.#cache.set(`${key} residual ${id}`, toCanvas(decoded));
  }
}

/** @param {Sheet} sheet @param {number} id @returns {Source} */
function tileOf({ image, columns, width, height }, id) {
  return { image, x: (id % columns) * width, y: Math.floor(id / columns) * height, width, height };
}

/** @param {Sheet} sheet @param {number} id */
function pixelsOf(sheet, id) {
  const { image, x, y, width, height } = tileOf(sheet, id);
  const canvas = el("canvas", { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(image, x, y, width, height, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** @param {ImageData} pixels */
function toCanvas(pixels) {
  const canvas = el("canvas", { width: pixels.width, height: pixels.height });
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  return canvas;
}
