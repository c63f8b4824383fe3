// @ts-check
/** What is needed to decode map points: decoder, latent space and inverse transform. */

import { MapTransform, loadTransform } from "../../latent/projection.js";
import { loadSpace } from "../../latent/support.js";
import { openDecoder } from "../../decoding/decoder.js";

/** @typedef {import("../../core/payloads.js").DecodeSpec} DecodeSpec */

/** The same for the same decoder, codes, inverse and points. @param {DecodeSpec} spec @param {string} pointsKey */
function sourceKey({ decoder, space, inverse, transform }, pointsKey) {
  return JSON.stringify([decoder, space.codes.url, inverse, transform, pointsKey]);
}

export class DecodeSource {
  /** @type {import("../../latent/projection.js").MapTransform | null} */ transform = null;
  /** @type {DecodeSpec | null} */ spec = null;
  key = "";

  /** @param {() => void} onChange called when the transform is loaded or removed */
  constructor(onChange) {
    this.onChange = onChange;
  }

  /** Whether points can be decoded. */
  get ready() {
    return this.transform !== null;
  }

  /** The decoder; opened on first use. */
  get decoder() {
    return openDecoder(/** @type {DecodeSpec} */ (this.spec).decoder);
  }

  /** @param {DecodeSpec | null} spec @param {string} pointsKey identifies the points @param {Float32Array} points two values each */
  async set(spec, pointsKey, points) {
    const key = spec ? sourceKey(spec, pointsKey) : "";
    this.spec = spec;
    if (key === this.key) return;
    this.key = key;
    this.#setTransform(null);
    if (!spec) return;
    const space = await loadSpace(spec.space);
    if (this.key !== key) return;
    const transform = new MapTransform(spec.inverse, space, points);
    this.#setTransform(transform);
    if (!spec.transform) return;
    transform.transform = await loadTransform(spec.transform, space, transform.points);
    if (this.transform === transform) this.onChange();
  }

  /** @param {import("../../latent/projection.js").MapTransform | null} transform */
  #setTransform(transform) {
    this.transform = transform;
    this.onChange();
  }
}
