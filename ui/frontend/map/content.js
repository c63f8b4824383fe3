// @ts-check
/** Loads what a payload refers to: points, colors, names and images. */

import { loadSheet } from "../core/images.js";
import { countClasses } from "./legend_values.js";
import { ascendingOrder } from "./scene/draw_order.js";
import { fetchColumns, pointsKey, sampleCaption } from "./payload.js";

/** @typedef {import("./payload.js").MapData} MapData */
/** @typedef {import("./payload.js").Columns} Columns */

/**
 * @typedef {object} ContentHandlers
 * @property {(nDims: number) => void} beforePoints other points are about to be shown
 * @property {() => void} afterPoints
 * @property {() => void} filter apply the legend's filter
 * @property {() => void} sheetLoaded
 */

export class MapContent {
  /** @type {import("../core/images.js").Sheet | null} */ sheet = null;
  /** @type {MapData | null} */ #data = null; // to which the columns belong
  /** @type {Pick<Columns, "labels" | "names">} */ #columns = { labels: null, names: null };
  #shown = { points: "", color: "", sheet: "" }; // keys of what is shown
  #updateCount = 0;

  /** @param {import("./scene/scene.js").Scene} scene @param {import("./legend.js").Legend} legend @param {ContentHandlers} handlers */
  constructor(scene, legend, handlers) {
    this.scene = scene;
    this.legend = legend;
    this.handlers = handlers;
  }

  /** Identifies the points that are shown. */
  get pointsKey() {
    return this.#shown.points;
  }

  /** Names of the samples, for samples that have names. */
  get names() {
    return this.#columns.names;
  }

  /** The class of each sample and the names of the classes; null for data without classes. */
  classes() {
    const color = this.#data?.color;
    if (color?.kind === "class")
      return {
        classes: /** @type {Uint8Array} */ (this.scene.colors.values),
        classNames: color.names,
      };
    return { classes: this.#columns.labels, classNames: this.#data?.labels?.names ?? [] };
  }

  /** Name and details of a sample. @param {number} id */
  caption(id) {
    if (!this.#data) return { name: "", detail: `#${id}` };
    return sampleCaption(this.#data, this.scene.colors.values, this.#columns, id);
  }

  /**
   * Load and show points and colors; a slow load never replaces a later one.
   * @param {MapData} data
   * @returns {Promise<Float32Array | null>} the points, row after row; null when a later payload is being loaded
   */
  async load(data) {
    const update = ++this.#updateCount;
    if (data.sheet) void this.#loadSheet(data.sheet);
    const { table, values, labels, names } = await fetchColumns(data);
    if (update !== this.#updateCount) return null;
    this.#data = data;
    this.#columns = { labels, names };
    this.#showPoints(data, table);
    this.#showColor(data.color, values);
    return table;
  }

  /** @param {MapData} data @param {Float32Array} table */
  #showPoints({ points, computing }, table) {
    const key = pointsKey(points);
    if (this.#shown.points === key && this.scene.view?.nDims === points.dims) return;
    this.#shown.points = key;
    this.handlers.beforePoints(points.dims);
    this.scene.setPoints(points, table, computing);
    this.handlers.afterPoints();
  }

  /** @param {MapData["color"]} color @param {import("./payload.js").Values} values */
  #showColor(color, values) {
    const { colors } = this.scene;
    const key = JSON.stringify([color, this.pointsKey, colors.background, colors.dimmed]);
    if (this.#shown.color === key) return;
    this.#shown.color = key;
    colors.values = values;
    const [lo, hi] = color.kind === "scale" ? color.range : [0, 0];
    colors.scale = color.kind === "scale" ? { lo, hi } : { nColored: color.n_colored };
    const isOrdered = color.kind === "scale" && color.high_last;
    this.scene.setOrder(isOrdered ? ascendingOrder(values) : null);
    if (color.kind === "scale") this.legend.showScale(color, colors.theme);
    else {
      const counts = countClasses(values, color.names.length);
      this.legend.showClasses(color, counts, colors.theme);
    }
    this.handlers.filter();
  }

  /** @param {import("../core/images.js").SheetSpec} spec */
  async #loadSheet(spec) {
    if (this.#shown.sheet === spec.url) return;
    this.#shown.sheet = spec.url;
    this.sheet = null;
    try {
      const sheet = await loadSheet(spec);
      if (this.#shown.sheet !== spec.url) return;
      this.sheet = sheet;
      this.handlers.sheetLoaded();
    } catch {
      this.#shown.sheet = ""; // the card shows names only until the next update
    }
  }
}
