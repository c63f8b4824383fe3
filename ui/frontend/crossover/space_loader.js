// @ts-check
/** The latent space that was asked for last, once it is loaded. */

import { loadSpace } from "../latent/support.js";

/** @typedef {import("../latent/support.js").LatentSpace} LatentSpace */

export class SpaceLoader {
  /** @type {LatentSpace | null} */ space = null;
  #url = "";

  /** @param {() => void} loaded @param {(error: Error) => void} failed */
  constructor(loaded, failed) {
    this.loaded = loaded;
    this.failed = failed;
  }

  /** @param {import("../latent/support.js").SpaceSpec} spec */
  load(spec) {
    const { url } = spec.codes;
    if (url === this.#url) return;
    this.#url = url;
    this.space = null;
    loadSpace(spec).then((space) => {
      if (url !== this.#url) return;
      this.space = space;
      this.loaded();
    }, this.failed);
  }
}
