// @ts-check
/** Where the pictures of places come from: the decoder, the space, and the ways between. */

import { MapTransform } from "../../latent/projection.js";
import { loadSpace } from "../../latent/support.js";
import { openDecoder } from "../../decoding/decoder.js";

/**
 * @typedef {object} DecodeSpec what Python sends
 * @property {import("../../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("../../latent/support.js").SpaceSpec} space
 * @property {import("../../latent/projection.js").InverseSpec} inverse
 * @property {boolean} grid
 * @property {[number, number] | null} place the chosen one
 * @property {boolean} choosing whether a click beside the dots chooses one
 */

export class DecodeSource {
  /** @type {import("../../latent/projection.js").MapTransform | null} */ transform = null;
  /** @type {DecodeSpec | null} */ spec = null;
  key = "";

  /** @param {() => void} onChange the ways are there, or gone */
  constructor(onChange) {
    this.onChange = onChange;
  }

  /** Places can be decoded. */
  get ready() {
    return this.transform !== null;
  }

  /** What is decoded with; opened when first asked for. */
  get decoder() {
    return openDecoder(/** @type {DecodeSpec} */ (this.spec).decoder);
  }

  /**
   * @param {DecodeSpec | null} spec @param {string} pointsKey names the points @param {Float32Array} points two numbers each
   */
  async set(spec, pointsKey, points) {
    const key = spec ? JSON.stringify([spec.decoder, spec.space.codes.url, spec.inverse, pointsKey]) : "";
    this.spec = spec;
    if (key === this.key) return;
    this.key = key;
    this.#setTransform(null);
    if (!spec) return;
    const space = await loadSpace(spec.space);
    if (this.key === key) this.#setTransform(new MapTransform(spec.inverse, space, points));
  }

  /** @param {import("../../latent/projection.js").MapTransform | null} transform */
  #setTransform(transform) {
    this.transform = transform;
    this.onChange();
  }
}
