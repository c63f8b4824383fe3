// @ts-check
/**
 * Decodes the tiles of the decoded grid, a few at a time and at low priority.
 *
 * Codes are computed in short slices, so that the page stays responsive.
 */

import { LRU } from "../../core/lru.js";

/** @typedef {import("./tiles.js").Tile} Tile */
/** @typedef {import("./tile_drawing.js").DecodedTile} DecodedTile */
/** @typedef {{name: string, code: Float32Array, level: import("../../core/support_level.js").SupportLevel}} TileCode */

const BATCH_SIZE = 24; // tiles decoded together
const SLICE_MS = 7; // of computing, before yielding to the page
export const ZOOM_DELAY_MS = 90; // after a zoom, before finer tiles are decoded
const CACHE_SIZE = 1400; // tiles
const FAR_TILES = 1.6; // tiles: far from data and with no point nearer, nothing is drawn

const nextTask = () => new Promise((done) => setTimeout(done));

/**
 * @typedef {object} TileRequests
 * @property {() => Tile[]} tilesInView the most urgent first; empty while the grid is not shown
 * @property {() => import("../scene/normalizer.js").Normalizer} normalizer
 * @property {(images: Float32Array, shape: [number, number, number], index: number) => HTMLCanvasElement} toCanvas
 * @property {() => void} decoded called after each batch
 */

/**
 * The code at a tile's center; null far from data and from all points.
 * @param {Tile} tile
 * @param {Pick<import("../../latent/projection.js").MapTransform, "inverseTransform" | "support" | "points">} transform
 * @param {import("../scene/normalizer.js").Normalizer} normalizer
 * @returns {TileCode | null}
 */
export function tileCode({ name, x, y, side }, transform, normalizer) {
  const point = normalizer.denormalize([x, y]);
  const code = transform.inverseTransform(point);
  const { level } = transform.support(point, code);
  if (level !== "far from data") return { name, code, level };
  const far = FAR_TILES * side * normalizer.half;
  return transform.points.nearest(point, 1).distance[0] > far ? null : { name, code, level };
}

export class TileDecoder {
  /** @type {LRU<string, DecodedTile>} */ #cache = new LRU(CACHE_SIZE);
  #busy = false;
  #timer = 0;
  #abort = new AbortController();

  /** @param {Pick<import("./decode_source.js").DecodeSource, "transform" | "decoder">} source @param {TileRequests} requests */
  constructor(source, requests) {
    this.source = source;
    this.requests = requests;
  }

  /** The decoded tile of a name, if there is one. @param {string} name */
  get(name) {
    return this.#cache.get(name);
  }

  /** Stop decoding, and forget all tiles. */
  clear() {
    this.cancel();
    this.#cache.clear();
  }

  cancel() {
    this.#abort.abort();
    this.#abort = new AbortController();
    clearTimeout(this.#timer);
  }

  /** Decode the missing tiles. @param {number} delayMs */
  schedule(delayMs) {
    clearTimeout(this.#timer);
    this.#timer = /** @type {number} */ (
      /** @type {unknown} */ (setTimeout(() => void this.#decodeMissing(), delayMs))
    );
  }

  async #decodeMissing() {
    if (this.#busy) return;
    this.#busy = true;
    const { signal } = this.#abort;
    try {
      while (await this.#decodeBatch(signal));
    } catch {
      // Aborted, or the decoder failed and shows that itself: the next movement tries again.
    }
    this.#busy = false;
    if (signal.aborted) this.schedule(ZOOM_DELAY_MS);
  }

  /** The next few tiles. @param {AbortSignal} signal @returns {Promise<boolean>} whether any was missing */
  async #decodeBatch(signal) {
    const missing = this.requests.tilesInView().filter(({ name }) => this.get(name) === undefined);
    const tiles = missing.slice(0, BATCH_SIZE);
    if (tiles.length === 0) return false;
    const codes = await this.#codesFor(tiles, signal);
    if (codes.length > 0) await this.#decode(codes, signal);
    this.requests.decoded();
    return true;
  }

  /** Codes of the tiles that are to be decoded. @param {Tile[]} tiles @param {AbortSignal} signal */
  async #codesFor(tiles, signal) {
    const transform = /** @type {NonNullable<typeof this.source.transform>} */ (
      this.source.transform
    );
    const codes = [];
    let started = performance.now();
    for (const tile of tiles) {
      const code = tileCode(tile, transform, this.requests.normalizer());
      if (code) codes.push(code);
      else this.#cache.set(tile.name, "far");
      if (performance.now() - started < SLICE_MS) continue;
      await nextTask();
      signal.throwIfAborted();
      started = performance.now();
    }
    return codes;
  }

  /** @param {TileCode[]} tileCodes @param {AbortSignal} signal */
  async #decode(tileCodes, signal) {
    const { decoder } = this.source;
    const { dim, shape } = decoder.spec;
    const codes = new Float32Array(tileCodes.length * dim);
    tileCodes.forEach(({ code }, k) => codes.set(code, k * dim));
    const { images, realism } = await decoder.decode(codes, { urgent: false, signal });
    signal.throwIfAborted();
    tileCodes.forEach(({ name, level }, k) =>
      this.#cache.set(name, {
        verdict: decoder.verdict(level, realism, k),
        image: this.requests.toCanvas(images, shape, k),
      }),
    );
  }
}
