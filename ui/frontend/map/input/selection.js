// @ts-check
/** What is selected on the map: a sample, or a point between samples, or nothing. */

import { OptimisticValue } from "../../core/optimistic.js";
import { roundPoint } from "../decode/point_decoder.js";
import { DoubleClickFilter } from "./double_click.js";

/** @typedef {import("../decode/point_decoder.js").MapPoint} MapPoint */

/**
 * @typedef {object} SelectionHandlers
 * @property {() => void} sampleChanged another sample is selected, or none
 * @property {() => void} pointChanged another point is selected, or none, or the map has changed
 * @property {() => boolean} canSelectPoint whether points can be selected
 * @property {(x: number, y: number) => MapPoint | null} pointAt a pixel; null where no point can be decoded
 * @property {(point: MapPoint) => string | null} levelAt the support level of a point
 * @property {(id: number) => string} sampleText a sample for a screen reader
 * @property {(text: string) => void} announce
 * @property {(event: "picked" | "placed", value: any) => void} send
 */

export class Selection {
  #sample = new OptimisticValue(/** @type {number | null} */ (null));
  #point = new OptimisticValue(/** @type {MapPoint | null} */ (null));
  #doubleClick = new DoubleClickFilter();

  /** @param {{screen: Pick<import("../scene/screen_points.js").ScreenPoints, "sampleAt">, colors: import("../scene/point_colors.js").PointColors}} scene @param {SelectionHandlers} handlers */
  constructor(scene, handlers) {
    this.scene = scene;
    this.handlers = handlers;
  }

  get sample() {
    return this.#sample.value;
  }

  get point() {
    return this.#point.value;
  }

  /** Python's value. @param {number | null} sample */
  syncSample(sample) {
    const before = this.sample;
    this.#sample.receive(sample);
    if (this.sample !== before) this.handlers.sampleChanged();
  }

  /** Python's value. @param {MapPoint | null} point */
  syncPoint(point) {
    this.#point.receive(point);
    this.handlers.pointChanged(); // its map may have changed
  }

  /** @param {number} x @param {number} y in pixels @param {number} radius within which a sample is hit @param {boolean} free no outline is being drawn */
  click(x, y, radius, free) {
    const id = this.scene.screen.sampleAt(x, y, radius);
    if (id !== null) this.selectSample(id);
    else if (free && this.handlers.canSelectPoint()) this.#clickPoint(x, y);
  }

  /** @param {number} x @param {number} y in pixels */
  #clickPoint(x, y) {
    if (this.#doubleClick.isRepeat(x, y, performance.now())) return;
    const point = this.handlers.pointAt(x, y);
    if (point) this.#selectPoint(roundPoint(point));
  }

  /** Select the visible sample after or before the current one. @param {number} step */
  step(step) {
    const id = this.scene.colors.nextVisible(this.sample, step);
    if (id !== null) this.selectSample(id);
  }

  /** @param {number} id */
  selectSample(id) {
    this.#sample.set(id);
    if (this.point) this.#point.set(null);
    this.#changed();
    this.handlers.announce(this.handlers.sampleText(id));
    this.handlers.send("picked", { id });
  }

  /** Select the sample that another map has selected, which is sending it. @param {number} id */
  adopt(id) {
    this.#sample.set(id);
    this.handlers.sampleChanged();
  }

  /** @param {MapPoint} point */
  #selectPoint(point) {
    this.#sample.set(null);
    this.#point.set(point);
    this.#changed();
    this.handlers.announce(`This point is decoded: ${this.handlers.levelAt(point)}`);
    this.handlers.send("placed", { at: point });
  }

  #changed() {
    this.handlers.sampleChanged();
    this.handlers.pointChanged();
  }
}
