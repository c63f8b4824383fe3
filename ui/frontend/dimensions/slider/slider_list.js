// @ts-check
/** The sliders of one code store, created when they are first shown. */

import { Slider } from "./slider.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */

export class SliderPool {
  /** @type {Map<number, Slider>} */ #sliders = new Map();

  /** @param {CodeStore} store @param {() => import("../../decoding/decoder.js").Decoder} decoder */
  constructor(store, decoder) {
    this.store = store;
    this.decoder = decoder;
  }

  /** @param {number} d */
  #get(d) {
    const slider = this.#sliders.get(d) ?? new Slider(this.store, d, this.decoder);
    this.#sliders.set(d, slider);
    return slider;
  }

  /**
   * Show the sliders of these dimensions, and no others, in a list.
   * @param {HTMLElement} list @param {number[]} dims
   * @param {Uint8Array | null} histograms of all dimensions, null while they load
   */
  fill(list, dims, histograms) {
    const sliders = dims.map((d) => this.#get(d));
    const isSame =
      sliders.length === list.children.length &&
      sliders.every(({ root }, k) => list.children[k] === root);
    if (!isSame) list.replaceChildren(...sliders.map(({ root }) => root));
    for (const slider of sliders) slider.update(histograms);
  }

  dispose() {
    for (const slider of this.#sliders.values()) slider.dispose();
  }
}
