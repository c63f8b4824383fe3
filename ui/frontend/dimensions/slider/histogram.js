// @ts-check
/** Histograms of the codes' values, one per dimension. */

import { fetchBytes } from "../../core/fetch.js";

/** The outline of a histogram: one unit per bin, 255 high. @param {Uint8Array} heights */
export function histogramPath(heights) {
  const steps = Array.from(heights, (height, k) => `V${255 - height}H${k + 1}`);
  return `M0 255${steps.join("")}V255Z`;
}

/** Loads the histograms of one latent space at a time. */
export class HistogramLoader {
  /** @type {Uint8Array | null} */ heights = null; // of all dimensions, one row each; null while they load
  #url = "";

  /** @param {string} url @param {() => void} loaded called once they are there */
  async load(url, loaded) {
    if (this.#url === url) return;
    this.#url = url;
    this.heights = null;
    try {
      const bytes = await fetchBytes(url);
      if (this.#url !== url) return;
      this.heights = new Uint8Array(bytes);
    } catch {
      this.#url = ""; // the next call tries again
      return;
    }
    loaded();
  }
}
