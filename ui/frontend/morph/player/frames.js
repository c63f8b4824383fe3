// @ts-check
/** The pictures of some paths: one at a time for a hand, many at once for a strip. */

import { Line } from "../../decoding/latest_only.js";
import { trustOf } from "./sampled_path.js";

/** @typedef {import("./sampled_path.js").Kind} Kind */
/** @typedef {import("./sampled_path.js").Trail} Trail */
/** @typedef {import("../../decoding/decoder.js").Decoder} Decoder */
/** @typedef {(images: Float32Array) => void} Show */

/**
 * The pixels of two pictures, mixed; beyond them the difference grows on, within [0, 1].
 * @param {Float32Array} pair one after the other @param {number} time
 */
export function blend(pair, time) {
  const size = pair.length / 2;
  return Float32Array.from({ length: size }, (_, i) =>
    Math.min(1, Math.max(0, (1 - time) * pair[i] + time * pair[size + i])));
}

export class Film {
  /** @type {Map<Kind, Trail>} */ trails = new Map();
  /** @type {import("./sampled_path.js").Limits} */ limits = { known: 0, thin: 0 };
  /** @type {Promise<Float32Array> | null} */ #pair = null; // A and B decoded

  /** @param {Decoder} decoder @param {(error: Error) => void} failed */
  constructor(decoder, failed) {
    this.decoder = decoder;
    this.failed = failed;
    this.line = new Line(() => this.decoder, failed);
  }

  get shape() {
    return this.decoder.spec.shape;
  }

  /** @param {Decoder} decoder @param {Trail[]} trails @param {import("./sampled_path.js").Limits} limits */
  set(decoder, trails, limits) {
    this.decoder = decoder;
    this.trails = new Map(trails.map((trail) => [trail.kind, trail]));
    this.limits = limits;
    this.#pair = null;
  }

  /** @returns {Kind} */
  get first() {
    return /** @type {Kind} */ (this.trails.keys().next().value);
  }

  /** Whether there is such a path, or a cross-fade. @param {Kind} kind */
  has(kind) {
    return kind === "fade" ? this.trails.has("line") : this.trails.has(kind);
  }

  /** Where one is, and how well the data supports it; a cross-fade is nowhere. @param {Kind} kind @param {number} time */
  moment(kind, time) {
    const found = this.trails.get(kind)?.at(time) ?? null;
    return { found, word: found && trustOf(found.far, this.limits) };
  }

  /** The codes at some times, one after the other. @param {Kind} kind @param {number[]} times */
  codes(kind, times) {
    const trail = /** @type {Trail} */ (this.trails.get(kind));
    const dim = this.decoder.spec.dim;
    const codes = new Float32Array(times.length * dim);
    times.forEach((time, i) => codes.set(trail.at(time).code, i * dim));
    return codes;
  }

  /** The newest wish wins. @param {Kind} kind @param {number} time @param {Show} show */
  show(kind, time, show) {
    if (kind !== "fade") {
      const { decoder } = this;
      this.line.ask(this.codes(kind, [time]), (images) => decoder === this.decoder && show(images));
      return;
    }
    this.line.drop();
    const pair = this.pair();
    pair.then((both) => this.#pair === pair && show(blend(both, time)), this.failed);
  }

  /** What stands at A and at B, decoded. */
  pair() {
    this.#pair ??= this.decoder.decode(this.codes("line", [0, 1]));
    return this.#pair;
  }

  /**
   * The pictures at some times; whoever drags goes first.
   * @param {Kind} kind @param {number[]} times @param {AbortSignal} signal
   */
  async frames(kind, times, signal) {
    if (kind !== "fade") return this.decoder.decode(this.codes(kind, times), { urgent: false, signal });
    const both = await this.pair();
    const size = both.length / 2;
    const frames = new Float32Array(times.length * size);
    times.forEach((time, i) => frames.set(blend(both, time), i * size));
    return frames;
  }
}
