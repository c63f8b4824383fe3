// @ts-check
/** The traversal sheet: a row per dimension, a column per step; it follows the current code. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { openDecoder } from "../decoding/decoder.js";
import { getCodeStore, getDecodeQueue } from "./code/code_stores.js";
import { dimensionName, nameAndValue, usageText } from "./dimension_info.js";
import { Filmstrip } from "./filmstrip.js";
import { nearestStep, traversalCodes, traversalValues } from "./traversal.js";

/** @typedef {import("./code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("./dimension_info.js").DimensionInfo} DimensionInfo */
/** @typedef {import("../core/component.js").Component} Component */
/** @typedef {import("../core/payloads.js").TraversalSheetData} Data */

const STYLE = `
.ls-sheet { display: grid; gap: 5px; }
.ls-sheet-row { display: grid; grid-template-columns: 5.6em minmax(0, 1fr); gap: 8px; align-items: center; }
.ls-sheet-row > div:first-child { min-width: 0; line-height: 1.15; }
.ls-sheet-row strong { font-weight: 650; font-size: .9rem; }
.ls-sheet-row .ls-caption { display: block; }
@container (max-width: 560px) { .ls-sheet-row { grid-template-columns: 2.4em minmax(0, 1fr); gap: 4px; }
  .ls-sheet-row .ls-caption { display: none; } .ls-sheet .ls-filmstrip { gap: 1px; } .ls .ls-sheet .ls-filmstrip button { padding: 1px; } }
`;

class TraversalRow {
  /** @param {CodeStore} store @param {number} d @param {() => import("../decoding/decoder.js").Decoder} decoder */
  constructor(store, d, decoder) {
    this.d = d;
    this.usage = el("span", { class: "ls-caption ls-ellipsis" });
    /** @type {Float32Array} */ this.codes = new Float32Array(0);
    this.filmstrip = new Filmstrip(decoder, getDecodeQueue(store, decoder), (k) => {
      store.setAll(this.codes.slice(k * store.code.length, (k + 1) * store.code.length));
      store.commit();
    });
    this.root = el(
      "div",
      { class: "ls-sheet-row", role: "group", "aria-label": dimensionName(d) },
      el("div", {}, el("strong", {}, dimensionName(d)), this.usage),
      this.filmstrip.root,
    );
  }

  /** @param {DimensionInfo} dims @param {Float32Array} base of the traversal @param {Float32Array} current @param {number} steps */
  update(dims, base, current, steps) {
    const { d } = this;
    const [low, high] = [dims.low[d], dims.high[d]];
    setText(this.usage, usageText(dims, d).replace(" of the variance", ""));
    const values = traversalValues(low, high, steps);
    this.codes = traversalCodes(base, d, values);
    const names = Array.from(values, (value) => nameAndValue(dims, d, value));
    const isOnRow = base.every((value, k) => k === d || value === current[k]);
    this.filmstrip.show(
      this.codes,
      names,
      isOnRow ? nearestStep(low, high, steps, current[d]) : -1,
    );
  }

  dispose() {
    this.filmstrip.cancel();
  }
}

/** @implements {Component} */
class TraversalSheet {
  /** @type {Data} */ #data = /** @type {any} */ (null);
  /** @type {CodeStore | null} */ #store = null;
  /** @type {Map<number, TraversalRow>} */ #rows = new Map();
  #unsubscribe = () => {};

  constructor() {
    addStyle("ls-sheet", STYLE);
    this.root = el("section", { class: "ls ls-sheet", "aria-label": "Traversal sheet" });
  }

  /** @param {Data} data */
  update(data) {
    this.#data = data;
    const store = getCodeStore(data.name);
    if (store === this.#store) {
      this.#draw();
      return;
    }
    this.dispose();
    this.#store = store;
    this.#unsubscribe = store.subscribe(() => this.#draw());
  }

  /** @param {CodeStore} store @param {number} d */
  #row(store, d) {
    const row =
      this.#rows.get(d) ?? new TraversalRow(store, d, () => openDecoder(this.#data.decoder));
    this.#rows.set(d, row);
    return row;
  }

  #draw() {
    const { root } = this;
    const store = /** @type {CodeStore} */ (this.#store);
    const { dims, code } = store;
    if (!dims) return;
    const { around, steps } = this.#data;
    const base = around === "mean" ? Float32Array.from(dims.mean) : code;
    const rows = this.#data.rows.map((d) => this.#row(store, d));
    const isSame =
      rows.length === root.children.length && rows.every((row, k) => root.children[k] === row.root);
    if (!isSame) root.replaceChildren(...rows.map((row) => row.root));
    for (const row of rows) row.update(dims, base, code, steps);
  }

  dispose() {
    this.#unsubscribe();
    for (const row of this.#rows.values()) row.dispose();
    this.#rows = new Map();
  }
}

export default defineComponent(() => new TraversalSheet());
