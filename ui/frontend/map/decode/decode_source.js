// @ts-check
/** Where the pictures of places come from: the decoder, the space, and the ways between. */

import { Ways } from "../../latent/projection.js";
import { loadSpace } from "../../latent/support.js";
import { openDecoder } from "../../decoding/decoder.js";

/**
 * @typedef {object} LiveSpec what Python sends
 * @property {import("../../decoding/decoder.js").DecoderSpec} decoder
 * @property {import("../../latent/support.js").SpaceSpec} space
 * @property {import("../../latent/projection.js").InverseSpec} inverse
 * @property {boolean} grid
 * @property {[number, number] | null} place the chosen one
 * @property {boolean} choosing whether a click beside the dots chooses one
 */

export class Source {
  /** @type {import("../../latent/projection.js").Ways | null} */ ways = null;
  /** @type {LiveSpec | null} */ spec = null;
  shows = "";

  /** @param {() => void} changed the ways are there, or gone */
  constructor(changed) {
    this.changed = changed;
  }

  /** Places can be decoded. */
  get ready() {
    return this.ways !== null;
  }

  /** What is decoded with; opened when first asked for. */
  get decoder() {
    return openDecoder(/** @type {LiveSpec} */ (this.spec).decoder);
  }

  /**
   * @param {LiveSpec | null} spec @param {string} address names the points @param {Float32Array} points two numbers each
   */
  async set(spec, address, points) {
    const shows = spec ? JSON.stringify([spec.decoder, spec.space.codes.url, spec.inverse, address]) : "";
    this.spec = spec;
    if (shows === this.shows) return;
    this.shows = shows;
    this.#have(null);
    if (!spec) return;
    const space = await loadSpace(spec.space);
    if (this.shows === shows) this.#have(new Ways(spec.inverse, space, points));
  }

  /** @param {import("../../latent/projection.js").Ways | null} ways */
  #have(ways) {
    this.ways = ways;
    this.changed();
  }
}
