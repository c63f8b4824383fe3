// @ts-check
/** The track of a slider: histogram of the codes, mean, start and handle. */

import { el, setProps, svg } from "../../core/dom.js";
import { makeDraggable } from "../../widgets/drag.js";
import { clampToUnit, fractionOf, valueAt } from "../dimension_scale.js";
import { histogramPath } from "./histogram.js";
import { RangeInput } from "./range_input.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("../dimension_info.js").DimensionInfo} DimensionInfo */

export class SliderTrack {
  #histogramUrl = ""; // the histogram that is drawn

  /**
   * @param {CodeStore} store @param {number} d
   * @param {HTMLElement} slider its data attributes style the track
   */
  constructor(store, d, slider) {
    this.store = store;
    this.d = d;
    this.slider = slider;
    this.input = new RangeInput(store, d, () => setProps(slider, { "data-by-pointer": null }));
    this.bars = svg("path", {});
    this.histogram = svg(
      "svg",
      { class: "ls-dim-bars", preserveAspectRatio: "none", "aria-hidden": "true" },
      this.bars,
    );
    this.root = el(
      "div",
      { class: "ls-dim-track" },
      this.histogram,
      el("i", { class: "ls-dim-rail" }, el("i", { class: "ls-dim-fill" })),
      el("i", { class: "ls-dim-mean", title: "mean of the data" }),
      el("i", { class: "ls-dim-start", title: "start" }),
      this.input.root,
      el("i", { class: "ls-dim-handle" }),
    );
    this.#makeDraggable();
  }

  get #dims() {
    return /** @type {DimensionInfo} */ (this.store.dims);
  }

  /** The position of a value, at an end where it lies beyond. @param {number} value */
  #fraction(value) {
    return clampToUnit(fractionOf(this.#dims, this.d, value));
  }

  #makeDraggable() {
    const { store, d } = this;
    makeDraggable(this.root, {
      free: () => !store.locked.has(d),
      start: () => this.#beginDrag(),
      at: () => ({ x: this.#fraction(store.code[d]), y: null }),
      move: ({ x }) => store.set(d, valueAt(this.#dims, d, x)),
      end: (clicked) => {
        setProps(this.slider, { "data-dragging": null });
        store.commit(clicked ? `tap ${d}` : "");
      },
      reset: () => store.reset(d),
    });
  }

  #beginDrag() {
    this.input.root.focus({ preventScroll: true });
    this.input.keyboard.flush();
    this.store.beginDrag();
    setProps(this.slider, { "data-dragging": true, "data-by-pointer": true });
  }

  /** @param {Uint8Array} heights of the listed dimensions, one row each */
  setHistograms(heights) {
    const { listed, histograms } = this.#dims;
    const { bins, url } = histograms;
    if (this.#histogramUrl === url) return;
    this.#histogramUrl = url;
    const row = listed.indexOf(this.d);
    const own = heights.subarray(row * bins, (row + 1) * bins);
    setProps(this.histogram, { viewBox: `0 0 ${bins} 255` });
    this.bars.setAttribute("d", histogramPath(own));
  }

  update() {
    const { store, d } = this;
    const [at, start] = [this.#fraction(store.code[d]), this.#fraction(store.start.code[d])];
    this.#place("--at", at);
    this.#place("--start", start);
    this.#place("--mean", this.#fraction(this.#dims.mean[d]));
    this.#place("--from", Math.min(at, start));
    this.#place("--size", Math.abs(at - start));
    this.input.update();
  }

  /** @param {string} property @param {number} fraction */
  #place(property, fraction) {
    this.root.style.setProperty(property, `${100 * fraction}%`);
  }

  dispose() {
    this.input.dispose();
  }
}
