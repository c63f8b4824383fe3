// @ts-check
/** The traversal sheet: a row per dimension, a column per step; it follows the current code. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { openDecoder } from "../decoding/decoder.js";
import { getCodeStore, digitsFor, usageText, dimensionName, getDecodeQueue } from "./code_store.js";
import { Filmstrip, traversalValues, traversalCodes } from "./filmstrip.js";

/** @typedef {import("./code_store.js").CodeStore} CodeStore */
/** @typedef {import("./code_store.js").DimensionInfo} DimensionInfo */
/**
 * @typedef {object} Data
 * @property {string} name of the space
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {number[]} rows dimensions
 * @property {number} steps
 * @property {"code" | "mean"} around
 */

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
    this.codes = new Float32Array(0);
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

  /** @param {DimensionInfo} dims @param {Float32Array} base @param {Float32Array} now @param {number} steps */
  show(dims, base, now, steps) {
    const { d } = this;
    setText(this.usage, usageText(dims, d).replace(" of the variance", ""));
    const values = traversalValues(dims.low[d], dims.high[d], steps);
    this.codes = traversalCodes(base, d, values);
    const names = Array.from(
      values,
      (value) => `${dimensionName(d)} = ${formatNumber(value, digitsFor(dims, d))}`,
    );
    const length = (dims.high[d] - dims.low[d]) / (steps - 1);
    const column = Math.round((now[d] - dims.low[d]) / length);
    const same = base.every((value, k) => k === d || value === now[k]);
    this.filmstrip.show(this.codes, names, same ? Math.max(0, Math.min(steps - 1, column)) : -1);
  }
}

function build() {
  addStyle("ls-sheet", STYLE);
  /** @type {Data} */
  let data;
  /** @type {CodeStore | null} */
  let store = null;
  let unsubscribe = () => {};
  /** @type {Map<number, TraversalRow>} */
  let rows = new Map();
  const root = el("section", { class: "ls ls-sheet", "aria-label": "Traversal sheet" });

  /** @param {number} d */
  function row(d) {
    let created = rows.get(d);
    if (!created) {
      created = new TraversalRow(/** @type {CodeStore} */ (store), d, () =>
        openDecoder(data.decoder),
      );
      rows.set(d, created);
    }
    return created;
  }

  function draw() {
    if (!store?.dims) return;
    const { dims, code } = store;
    const base = data.around === "mean" ? Float32Array.from(dims.mean) : code;
    const nodes = data.rows.map((d) => row(d).root);
    if (nodes.length !== root.children.length || nodes.some((node, k) => root.children[k] !== node))
      root.replaceChildren(...nodes);
    for (const d of data.rows) row(d).show(dims, base, code, data.steps);
  }

  function detach() {
    unsubscribe();
    for (const created of rows.values()) created.filmstrip.cancel();
    rows = new Map();
  }

  /** @param {Data} next */
  function update(next) {
    data = next;
    const opened = getCodeStore(next.name);
    if (opened === store) {
      draw();
      return;
    }
    detach();
    store = opened;
    unsubscribe = opened.subscribe(draw);
  }
  return { root, update, dispose: detach };
}

export default defineComponent(build);
