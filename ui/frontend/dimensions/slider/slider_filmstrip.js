// @ts-check
/** The filmstrip below a slider: images along its dimension, the others as they are. */

import { el } from "../../core/dom.js";
import { getDecodeQueue } from "../code/code_stores.js";
import { nameAndValue } from "../dimension_info.js";
import { Filmstrip } from "../filmstrip.js";
import { nearestStep, traversalCodes, traversalValues } from "../traversal.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */

const N_FRAMES = 9;

export class SliderFilmstrip {
  /** @param {CodeStore} store @param {number} d @param {() => import("../../decoding/decoder.js").Decoder} decoder */
  constructor(store, d, decoder) {
    this.store = store;
    this.d = d;
    this.filmstrip = new Filmstrip(decoder, getDecodeQueue(store, decoder), (k) => this.#select(k));
    this.root = el("div", { class: "ls-dim-film", hidden: true }, this.filmstrip.root);
  }

  get isOpen() {
    return this.store.view.openFilmstrips.has(this.d);
  }

  get #dims() {
    return /** @type {import("../dimension_info.js").DimensionInfo} */ (this.store.dims);
  }

  #values() {
    return traversalValues(this.#dims.low[this.d], this.#dims.high[this.d], N_FRAMES);
  }

  update() {
    const { isOpen } = this;
    if (this.root.hidden === isOpen) this.root.hidden = !isOpen;
    if (isOpen) this.#show();
    else this.filmstrip.cancel();
  }

  #show() {
    const { store, d } = this;
    const dims = this.#dims;
    const values = this.#values();
    const names = Array.from(values, (value) => nameAndValue(dims, d, value));
    const current = nearestStep(dims.low[d], dims.high[d], N_FRAMES, store.code[d]);
    this.filmstrip.show(traversalCodes(store.code, d, values), names, current);
  }

  /** @param {number} index of an image */
  #select(index) {
    this.store.set(this.d, this.#values()[index]);
    this.store.commit();
  }

  dispose() {
    this.filmstrip.cancel();
  }
}
