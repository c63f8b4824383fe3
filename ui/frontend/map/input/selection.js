// @ts-check
/** What is selected on the map: a sample, or a point between samples, or nothing. */

import { OptimisticValue } from "../../core/optimistic.js";

/** @typedef {[number, number]} MapPoint in map coordinates */

export class Selection {
  #sample = new OptimisticValue(/** @type {number | null} */ (null));
  #point = new OptimisticValue(""); // as "x,y"

  /**
   * @param {import("../scene/scene.js").Scene} scene
   * @param {import("../decode/hover_decoder.js").HoverDecoder} hover
   * @param {object} handlers
   * @param {() => void} handlers.sampleChanged called when another one is selected, or none
   * @param {() => string} handlers.noun what a sample is
   * @param {() => void} handlers.pointChanged called when another one is selected, or none
   * @param {() => boolean} handlers.choosing whether points can be selected
   * @param {(words: string) => void} handlers.say
   * @param {(event: "picked" | "placed", value: any) => void} handlers.send
   */
  constructor(scene, hover, handlers) {
    this.scene = scene;
    this.hover = hover;
    this.handlers = handlers;
  }

  get sample() {
    return this.#sample.value;
  }

  /** @returns {MapPoint | null} */
  get point() {
    return this.#point.value
      ? /** @type {MapPoint} */ (this.#point.value.split(",").map(Number))
      : null;
  }

  /** Python's value. @param {number | null} sample */
  syncSample(sample) {
    const before = this.sample;
    this.#sample.receive(sample);
    if (this.sample !== before) this.handlers.sampleChanged();
  }

  /** Python's value. @param {MapPoint | null} point */
  syncPoint(point) {
    this.#point.receive(point?.join() ?? "");
    this.handlers.pointChanged(); // its map may have changed
  }

  /** @param {number} x @param {number} y in pixels @param {number} radius within which a sample is hit @param {boolean} free no outline is being drawn */
  click(x, y, radius, free) {
    const id = this.scene.sampleAt(x, y, radius);
    if (id !== null) this.selectSample(id);
    else if (free && this.handlers.choosing()) this.#selectPoint(this.hover.pointToSelect(x, y));
  }

  /** Select the visible sample after or before the current one. @param {number} step */
  step(step) {
    const { visible, region } = this.scene;
    const n = visible.length;
    let id = this.sample ?? (step > 0 ? -1 : 0);
    for (let tries = 0; tries < n; tries++) {
      id = (id + step + n) % n;
      if (visible[id] && (!region || region[id])) {
        this.selectSample(id);
        return;
      }
    }
  }

  /** @param {number} id */
  selectSample(id) {
    this.#sample.set(id);
    if (this.point) this.#point.set("");
    this.#changed();
    this.handlers.say(`${this.hover.on.caption(id).name}, ${this.handlers.noun()} ${id}`);
    this.handlers.send("picked", { id });
  }

  /** @param {MapPoint | null} point */
  #selectPoint(point) {
    if (!point) return;
    this.#sample.set(null);
    this.#point.set(point.join());
    this.#changed();
    this.handlers.say(`This point is decoded and in the tray: ${this.hover.levelAt(point)}`);
    this.handlers.send("placed", { at: point });
  }

  #changed() {
    this.handlers.sampleChanged();
    this.handlers.pointChanged();
  }
}
