// @ts-check
/** The traversal sheet: a row per dimension, a column per step, decoded here as the code moves. */

import { keep } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { number } from "../core/format.js";
import { openDecoder } from "../decoding/decoder.js";
import { deskOf, digitsOf, informationOf, nameOf, queueOf } from "./code_store.js";
import { Strip, stepsAlong, traversal } from "./filmstrip.js";

/** @typedef {import("./code_store.js").Desk} Desk */
/** @typedef {import("./code_store.js").Dims} Dims */
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
  .ls-sheet-row .ls-caption { display: none; } .ls-sheet .ls-strip { gap: 1px; } .ls .ls-sheet .ls-strip button { padding: 1px; } }
`;

class Row {
  /** @param {Desk} desk @param {number} d @param {() => import("../decoding/decoder.js").Decoder} decoder */
  constructor(desk, d, decoder) {
    this.d = d;
    this.says = el("span", { class: "ls-caption ls-cut" });
    this.codes = new Float32Array(0);
    this.strip = new Strip(decoder, queueOf(desk, decoder), (k) => {
      desk.setAll(this.codes.slice(k * desk.code.length, (k + 1) * desk.code.length));
      desk.commit();
    });
    this.root = el("div", { class: "ls-sheet-row", role: "group", "aria-label": nameOf(d) },
      el("div", {}, el("strong", {}, nameOf(d)), this.says), this.strip.root);
  }

  /** @param {Dims} dims @param {Float32Array} base @param {Float32Array} now @param {number} steps */
  show(dims, base, now, steps) {
    const { d } = this;
    setText(this.says, informationOf(dims, d).replace(" of the variance", ""));
    const values = stepsAlong(dims.low[d], dims.high[d], steps);
    this.codes = traversal(base, d, values);
    const names = Array.from(values, (value) => `${nameOf(d)} = ${number(value, digitsOf(dims, d))}`);
    const length = (dims.high[d] - dims.low[d]) / (steps - 1);
    const here = Math.round((now[d] - dims.low[d]) / length);
    const same = base.every((value, k) => k === d || value === now[k]);
    this.strip.show(this.codes, names, same ? Math.max(0, Math.min(steps - 1, here)) : -1);
  }
}

function build() {
  addStyle("ls-sheet", STYLE);
  /** @type {Data} */
  let data;
  /** @type {Desk | null} */
  let desk = null;
  let stop = () => {};
  /** @type {Map<number, Row>} */
  let rows = new Map();
  const root = el("section", { class: "ls ls-sheet", "aria-label": "Traversal sheet" });

  /** @param {number} d */
  function row(d) {
    let made = rows.get(d);
    if (!made) {
      made = new Row(/** @type {Desk} */ (desk), d, () => openDecoder(data.decoder));
      rows.set(d, made);
    }
    return made;
  }

  function draw() {
    if (!desk?.dims) return;
    const { dims, code } = desk;
    const base = data.around === "mean" ? Float32Array.from(dims.mean) : code;
    const nodes = data.rows.map((d) => row(d).root);
    if (nodes.length !== root.children.length || nodes.some((node, k) => root.children[k] !== node)) root.replaceChildren(...nodes);
    for (const d of data.rows) row(d).show(dims, base, code, data.steps);
  }

  function leave() {
    stop();
    for (const made of rows.values()) made.strip.drop();
    rows = new Map();
  }

  /** @param {Data} next */
  function update(next) {
    data = next;
    const own = deskOf(next.name);
    if (own === desk) {
      draw();
      return;
    }
    leave();
    desk = own;
    stop = own.watch(draw);
  }
  return { root, update, dispose: leave };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
