// @ts-check
/** The mark that says where one is: it follows what another component of the page tells. */

import { hear } from "../core/bus.js";
import { el } from "../core/dom.js";

/** @typedef {{place: ArrayLike<number>} | {code: Float32Array} | null} Here a place in the map's own numbers, or a code */

export class HereMark {
  /** @type {Here} */ told = null;
  channel = "";
  #stop = () => {};

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
    this.root = el("div", { class: "ls-map-here", hidden: true }, el("i"));
  }

  /** @param {string} channel "" hears nothing */
  listen(channel) {
    if (channel === this.channel) return;
    this.#stop();
    this.channel = channel;
    this.told = null;
    this.#stop = channel ? hear(channel, (value) => this.#hear(value)) : () => {};
    this.changed();
  }

  /** @param {Here} value */
  #hear(value) {
    this.told = value ?? null;
    this.changed();
  }

  /** Where that is, in the map's own numbers. @param {import("../latent/projection.js").Ways | null} ways @returns {ArrayLike<number> | null} */
  place(ways) {
    if (!this.told) return null;
    if ("place" in this.told) return this.told.place;
    return ways && this.told.code ? ways.placeOf(this.told.code) : null;
  }

  dispose() {
    this.#stop();
  }
}
