// @ts-check
/** Decodes map points, the newest request only, with their support level. */

import { LatestOnly } from "../../decoding/latest_only.js";

/** @typedef {import("../../core/support_level.js").SupportLevel} SupportLevel */
/** @typedef {[number, number]} MapPoint in map coordinates */
/** @typedef {{point: MapPoint, code: Float32Array, level: SupportLevel, images: Float32Array, realism: Float32Array}} DecodedPoint */

/** Rounded to the six digits that the URL keeps. @param {MapPoint} point @returns {MapPoint} */
export function roundPoint([x, y]) {
  return [Number(x.toPrecision(6)), Number(y.toPrecision(6))];
}

export class PointDecoder {
  /** @param {Pick<import("./decode_source.js").DecodeSource, "transform" | "decoder">} source @param {() => void} failed */
  constructor(source, failed) {
    this.source = source;
    this.latest = new LatestOnly(() => source.decoder, failed);
  }

  /** @param {MapPoint} point @param {(decoded: DecodedPoint) => void} show not called for a request that a newer one replaces */
  request(point, show) {
    const { code, level } = this.#locate(point);
    this.latest.request(code, (images, realism) => show({ point, code, level, images, realism }));
  }

  cancel() {
    this.latest.cancel();
  }

  /** The support level of a point; null while points cannot be decoded. @param {MapPoint} point */
  levelAt(point) {
    return this.source.transform ? this.#locate(point).level : null;
  }

  /** @param {MapPoint} point */
  #locate(point) {
    const transform = /** @type {import("../../latent/projection.js").MapTransform} */ (
      this.source.transform
    );
    const code = transform.inverseTransform(point);
    return { code, level: transform.support(point, code).level };
  }
}
