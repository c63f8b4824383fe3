// @ts-check
/** The images of paths: one at a time while dragging, many at once for a filmstrip. */

import { LatestOnly } from "../../decoding/latest_only.js";
import { supportLevel } from "./sampled_path.js";

/** @typedef {import("./sampled_path.js").Kind} Kind */
/** @typedef {import("./sampled_path.js").SampledPath} SampledPath */
/** @typedef {import("../../decoding/decoder.js").Decoder} Decoder */
/** @typedef {import("../../decoding/onnx_session.js").Decoded} Decoded */
/** @typedef {import("../../core/verdict.js").Verdict} Verdict */
/** @typedef {(images: Float32Array, realism: Float32Array) => void} ShowImages */

/**
 * Linear blend of two images' pixels; outside [0, 1] it extrapolates, clipped to [0, 1].
 * @param {Float32Array} pair one after the other @param {number} time
 */
export function blend(pair, time) {
  const size = pair.length / 2;
  return Float32Array.from({ length: size }, (_, i) =>
    Math.min(1, Math.max(0, (1 - time) * pair[i] + time * pair[size + i])),
  );
}

export class Frames {
  /** @type {Map<Kind, SampledPath>} */ paths = new Map();
  /** @type {import("./sampled_path.js").Limits} */ limits = { near: 0, sparse: 0 };
  /** @type {Promise<Decoded> | null} */ #endpoints = null; // A and B

  /** @param {Decoder} decoder @param {(error: Error) => void} failed */
  constructor(decoder, failed) {
    this.decoder = decoder;
    this.failed = failed;
    this.latest = new LatestOnly(() => this.decoder, failed);
  }

  get shape() {
    return this.decoder.spec.shape;
  }

  /** @param {Decoder} decoder @param {SampledPath[]} paths @param {import("./sampled_path.js").Limits} limits */
  set(decoder, paths, limits) {
    this.decoder = decoder;
    this.paths = new Map(paths.map((path) => [path.kind, path]));
    this.limits = limits;
    this.#endpoints = null;
  }

  /** @returns {Kind} */
  get first() {
    return /** @type {Kind} */ (this.paths.keys().next().value);
  }

  /** Whether there is such a path, or a cross-fade. @param {Kind} kind */
  has(kind) {
    return kind === "cross-fade" ? this.paths.has("linear") : this.paths.has(kind);
  }

  /** The sample at a time with its support level; a cross-fade has none. @param {Kind} kind @param {number} time */
  sampleAt(kind, time) {
    const sample = this.paths.get(kind)?.at(time) ?? null;
    return { sample, level: sample && supportLevel(sample.distance, this.limits) };
  }

  /** The codes at some times, one after the other. @param {Kind} kind @param {number[]} times */
  codes(kind, times) {
    const path = /** @type {SampledPath} */ (this.paths.get(kind));
    const dim = this.decoder.spec.dim;
    const codes = new Float32Array(times.length * dim);
    times.forEach((time, i) => codes.set(path.at(time).code, i * dim));
    return codes;
  }

  /** Show the image at a time; only the newest request is decoded. @param {Kind} kind @param {number} time @param {ShowImages} show */
  show(kind, time, show) {
    if (kind !== "cross-fade") {
      const { decoder } = this;
      this.latest.request(
        this.codes(kind, [time]),
        (images, realism) => decoder === this.decoder && show(images, realism),
      );
      return;
    }
    this.latest.cancel();
    const endpoints = this.endpoints();
    endpoints.then(({ images }) => {
      if (this.#endpoints === endpoints) show(blend(images, time), new Float32Array(0));
    }, this.failed);
  }

  /** The decoded endpoints. */
  endpoints() {
    this.#endpoints ??= this.decoder.decode(this.codes("linear", [0, 1]));
    return this.#endpoints;
  }

  /**
   * The images at some times, decoded at low priority.
   * @param {Kind} kind @param {number[]} times @param {AbortSignal} signal
   * @returns {Promise<Decoded>} a cross-fade, which has no codes, without realism
   */
  async frames(kind, times, signal) {
    if (kind !== "cross-fade")
      return this.decoder.decode(this.codes(kind, times), { urgent: false, signal });
    const { images: both } = await this.endpoints();
    const size = both.length / 2;
    const frames = new Float32Array(times.length * size);
    times.forEach((time, i) => frames.set(blend(both, time), i * size));
    return { images: frames, realism: new Float32Array(0) };
  }

  /**
   * The verdict on a decoded image at a time; null for a cross-fade.
   * @param {Kind} kind @param {number} time @param {Float32Array} realism @param {number} [index]
   * @returns {Verdict | null}
   */
  verdictAt(kind, time, realism, index = 0) {
    const { level } = this.sampleAt(kind, time);
    return level && this.decoder.verdict(level, realism, index);
  }
}
