// @ts-check
/** One latent dimension: histogram, slider, value, lock, reset and filmstrip. */

import { el, setProps, setText } from "../../core/dom.js";
import { correlateText, dimensionName } from "../dimension_info.js";
import { outsideRange } from "../dimension_scale.js";
import { SliderFilmstrip } from "./slider_filmstrip.js";
import { SliderHead } from "./slider_head.js";
import { SliderTrack } from "./slider_track.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("../dimension_info.js").DimensionInfo} DimensionInfo */

const CORRELATE_HELP =
  "the factor that correlates most with this dimension over all images (Spearman's ρ, from −1 to 1)";

export class Slider {
  #drawnState = ""; // what update() has drawn last

  /** @param {CodeStore} store @param {number} d @param {() => import("../../decoding/decoder.js").Decoder} decoder */
  constructor(store, d, decoder) {
    this.store = store;
    this.d = d;
    this.root = el("div", {
      class: "ls-dim",
      role: "group",
      "aria-label": dimensionName(d),
      "data-dim": d,
    });
    this.head = new SliderHead(store, d);
    this.correlate = el("p", { class: "ls-caption ls-dim-correlate", title: CORRELATE_HELP });
    this.track = new SliderTrack(store, d, this.root);
    this.filmstrip = new SliderFilmstrip(store, d, decoder);
    this.root.append(this.head.root, this.correlate, this.track.root, this.filmstrip.root);
  }

  /** @param {Uint8Array | null} histograms of all dimensions, one row each; null while they load */
  update(histograms) {
    const { store, d } = this;
    const dims = /** @type {DimensionInfo} */ (store.dims);
    if (histograms) this.track.setHistograms(histograms);
    const [value, start, isLocked] = [store.code[d], store.start.code[d], store.locked.has(d)];
    const state = [value, start, isLocked, dims.histograms.url].join();
    if (state !== this.#drawnState) this.#draw(dims, value);
    this.#drawnState = state;
    this.head.setFilmstripOpen(this.filmstrip.isOpen);
    this.filmstrip.update();
  }

  /** @param {DimensionInfo} dims @param {number} value */
  #draw(dims, value) {
    const { store, d } = this;
    setProps(this.root, {
      "data-outside": outsideRange(dims, d, value),
      "data-locked": store.locked.has(d),
      "data-moved": value !== store.start.code[d],
    });
    const correlate = correlateText(dims, d);
    this.correlate.hidden = correlate === "";
    setText(this.correlate, correlate);
    this.track.update();
    this.head.update();
  }

  dispose() {
    this.head.dispose();
    this.track.dispose();
    this.filmstrip.dispose();
  }
}
