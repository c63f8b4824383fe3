// @ts-check
/**
 * Sliders for what the pictures were made from, such as age: each pushes all numbers together.
 *
 * What is read and where it is pushed is computed as `latent_core.steering` computes it.
 */

import { addStyle, el, setProps, setText } from "../core/dom.js";
import { fetchBytes } from "../core/fetch.js";
import { number } from "../core/format.js";
import { createRange } from "../widgets/range.js";

/** @typedef {import("./code_store.js").Desk} Desk */
/**
 * @typedef {object} Known a factor that is read from the codes
 * @property {string} name @property {string} unit @property {string} means what its ends are
 * @property {number} digits @property {[number, number]} range of the pictures
 * @property {[number, number]} reach of what is read from the data's codes
 * @property {number} certainty R²
 */
/** @typedef {{factors: Known[], url: string}} Steering `url`: F weights, F directions, F offsets, as float32 */

const FEW = 9;
const SEEN = 0.02; // of a slider: so much of a change is worth a colour

const STYLE = `
.ls-steer { display: grid; gap: 6px; padding: 10px 14px 12px; border-radius: 10px; background: var(--ls-plate); }
.ls-steer h3 { all: unset; font-weight: 650; font-size: .92rem; }
.ls-steer header { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
.ls-steer-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); gap: 4px 22px; }
.ls-steer-one { min-width: 0; }
.ls-steer-one > div { display: flex; justify-content: space-between; gap: 8px; font-size: .84rem; line-height: 1.2; }
.ls-steer-one > div > span:last-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
.ls-steer-one[data-moved] > div > span:last-child { color: var(--ls-accent); font-weight: 600; }
.ls-steer input.ls-range { height: 24px; outline-offset: -2px; }
.ls .ls-steer-more { justify-self: start; font-size: .82rem; color: var(--ls-quiet); padding: 3px 0; border-radius: 4px; }
.ls .ls-steer-more:hover { color: var(--ls-accent); }
`;

class Row {
  /** @param {Steer} steer @param {number} f */
  constructor(steer, f) {
    this.known = steer.spec.factors[f];
    const { name, means, certainty } = this.known;
    this.range = createRange(name, {
      move: (share) => steer.push(f, this.#valueAt(share)),
      rest: () => steer.rest(f),
    });
    this.range.addEventListener("pointerup", () => steer.rest(f)); // also back where it was, which is no change
    this.says = el("span");
    const title = [means, `${Math.round(100 * certainty)} % of its variance is read from the code (R², on pictures that the reading wasn't learned from)`];
    this.root = el("div", { class: "ls-steer-one", title: title.filter(Boolean).join("; ") },
      el("div", {}, el("span", { class: "ls-cut" }, name), this.says), this.range);
  }

  /** @param {number} share of the slider */
  #valueAt(share) {
    const [low, high] = this.known.reach;
    return low + share * (high - low);
  }

  /** @param {number} value that is read @param {number} start what was read at the start @param {boolean} held by a hand */
  show(value, start, held) {
    const [low, high] = this.known.reach;
    const moved = Math.abs(value - start) > SEEN * (high - low);
    if (!held) this.range.value = String((value - low) / (high - low));
    const words = this.#words(value);
    setText(this.says, words);
    this.range.setAttribute("aria-valuetext", words);
    setProps(this.root, { "data-moved": moved });
  }

  /** @param {number} value */
  #words(value) {
    const { range: [least, most], digits, unit } = this.known;
    const inside = Math.min(most, Math.max(least, value));
    const beyond = value < least ? "under " : value > most ? "over " : "";
    return `${beyond}${number(inside, digits)} ${unit}`.trim();
  }
}

export class Steer {
  /** @type {Row[]} */ #rows = [];
  /** @type {Float32Array | null} */ #table = null;
  /** @type {{f: number, code: Float32Array} | null} */ #held = null; // what is pushed, and from where
  #all = false;

  /** @param {Desk} desk @param {Steering} spec */
  constructor(desk, spec) {
    addStyle("ls-steer", STYLE);
    this.desk = desk;
    this.spec = spec;
    this.#rows = spec.factors.map((_, f) => new Row(this, f));
    this.list = el("div", { class: "ls-steer-list" });
    this.more = el("button", { type: "button", class: "ls-steer-more", onclick: () => { this.#all = !this.#all; this.#fill(); } });
    this.root = el("section", { class: "ls-steer", "aria-label": "what the pictures were made from" },
      el("header", {}, el("h3", {}, "Push what the pictures were made from"),
        el("span", { class: "ls-caption" }, "each moves all numbers at once; what goes along with it in the data goes along here")),
      this.list, this.more);
    this.#fill();
    this.#load().catch(() => { this.root.hidden = true; });
  }

  async #load() {
    this.root.toggleAttribute("inert", true);
    this.#table = new Float32Array(await fetchBytes(this.spec.url));
    this.root.toggleAttribute("inert", false);
    this.update();
  }

  #fill() {
    this.list.replaceChildren(...this.#rows.slice(0, this.#all ? undefined : FEW).map(({ root }) => root));
    this.more.hidden = this.#rows.length <= FEW;
    setText(this.more, this.#all ? "Show fewer" : `Show all ${this.#rows.length}`);
  }

  /** How much of a factor is read. @param {number} f @param {Float32Array} code */
  #read(f, code) {
    const table = /** @type {Float32Array} */ (this.#table);
    const [count, dims] = [this.#rows.length, code.length];
    let sum = table[2 * count * dims + f];
    for (let d = 0; d < dims; d += 1) sum += table[f * dims + d] * code[d];
    return sum;
  }

  /** Push the code until so much of a factor is read from it. @param {number} f @param {number} value */
  push(f, value) {
    const { desk } = this;
    const table = this.#table;
    if (!table || !desk.dims) return;
    if (this.#held?.f !== f) this.#held = { f, code: desk.code };
    const from = this.#held.code;
    const { limit } = desk.dims;
    const missing = value - this.#read(f, from);
    const first = (this.#rows.length + f) * from.length;
    desk.hold();
    desk.setAll(from.map((at, d) => Math.max(-limit, Math.min(limit, at + missing * table[first + d]))));
  }

  /** The hand is off. @param {number} f */
  rest(f) {
    this.#held = null;
    this.desk.commit(`push ${f}`);
  }

  update() {
    if (!this.#table) return;
    const { code, start } = this.desk;
    this.#rows.forEach((row, f) => row.show(this.#read(f, code), this.#read(f, start.code), this.#held?.f === f));
  }
}
