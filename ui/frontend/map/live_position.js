// @ts-check
/** The current position, which another component of the page publishes. */

import { subscribe } from "../core/bus.js";

/** @typedef {{point: ArrayLike<number>} | {code: Float32Array} | null} PublishedPosition a point in map coordinates, or a code */

export class LivePosition {
  /** @type {PublishedPosition} */ received = null;
  channel = "";
  #unsubscribe = () => {};

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
  }

  /** @param {string} channel "" subscribes to nothing */
  follow(channel) {
    if (channel === this.channel) return;
    this.#unsubscribe();
    this.channel = channel;
    this.received = null;
    this.#unsubscribe = channel ? subscribe(channel, (value) => this.#receive(value)) : () => {};
    this.onChange();
  }

  /** @param {PublishedPosition} value */
  #receive(value) {
    this.received = value ?? null;
    this.onChange();
  }

  /** That position in map coordinates. @param {Pick<import("../latent/projection.js").MapTransform, "transform"> | null} transform @returns {ArrayLike<number> | null} */
  pointOn(transform) {
    if (!this.received) return null;
    if ("point" in this.received) return this.received.point;
    return (this.received.code && transform?.transform?.(this.received.code)) ?? null;
  }

  dispose() {
    this.#unsubscribe();
  }
}
