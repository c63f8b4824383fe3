// @ts-check
/**
 * Attribute sliders, such as age: each moves the code along one direction.
 *
 * Prediction and direction are those of `latent_core.steering`.
 */

import { addStyle, el, setProps, setText } from "../core/dom.js";
import { fetchBytes } from "../core/fetch.js";
import { formatNumber } from "../core/format.js";
import { createRange } from "../widgets/range.js";

/** @typedef {import("./code_store.js").CodeStore} CodeStore */
/**
 * @typedef {object} Attribute a factor predicted from the codes
 * @property {string} name @property {string} unit @property {string} ends what its range goes from and to
 * @property {number} digits @property {[number, number]} range of the data set
 * @property {[number, number]} predicted_range of the predictions for the data's codes
 * @property {number} r2 R²
 */
/** @typedef {{attributes: Attribute[], url: string}} AttributeSpec `url`: F weights, F directions, F offsets, as float32 */

const N_COLLAPSED = 9;
const MIN_CHANGE = 0.02; // fraction of the slider above which a change is highlighted

const STYLE = `
.ls-attributes { display: grid; gap: 6px; padding: 10px 14px 12px; border-radius: 10px; background: var(--ls-surface); }
.ls-attributes h3 { all: unset; font-weight: 650; font-size: .92rem; }
.ls-attributes header { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
.ls-attributes-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); gap: 4px 22px; }
.ls-attribute { min-width: 0; }
.ls-attribute > div { display: flex; justify-content: space-between; gap: 8px; font-size: .84rem; line-height: 1.2; }
.ls-attribute > div > span:last-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
.ls-attribute[data-moved] > div > span:last-child { color: var(--ls-accent); font-weight: 600; }
.ls-attributes input.ls-range { height: 24px; outline-offset: -2px; }
.ls .ls-attributes-more { justify-self: start; font-size: .82rem; color: var(--ls-muted); padding: 3px 0; border-radius: 4px; }
.ls .ls-attributes-more:hover { color: var(--ls-accent); }
`;

class AttributeSlider {
  /** @param {AttributeSliders} sliders @param {number} f */
  constructor(sliders, f) {
    this.attribute = sliders.spec.attributes[f];
    const { name, ends, r2 } = this.attribute;
    this.range = createRange(name, {
      move: (fraction) => sliders.push(f, this.#valueAt(fraction)),
      release: () => sliders.release(f),
    });
    this.range.addEventListener("pointerup", () => sliders.release(f)); // also when it is back where it was, which fires no change event
    this.valueText = el("span");
    const title = [
      ends,
      `predicted from the code with R² = ${formatNumber(r2, 2)} on held-out images`,
    ];
    this.root = el(
      "div",
      { class: "ls-attribute", title: title.filter(Boolean).join("; ") },
      el("div", {}, el("span", { class: "ls-ellipsis" }, name), this.valueText),
      this.range,
    );
  }

  /** @param {number} fraction of the slider */
  #valueAt(fraction) {
    const [low, high] = this.attribute.predicted_range;
    return low + fraction * (high - low);
  }

  /** @param {number} value predicted from the code @param {number} start predicted from the start @param {boolean} dragged at the moment */
  show(value, start, dragged) {
    const [low, high] = this.attribute.predicted_range;
    const moved = Math.abs(value - start) > MIN_CHANGE * (high - low);
    if (!dragged) this.range.value = String((value - low) / (high - low));
    const text = this.#format(value);
    setText(this.valueText, text);
    this.range.setAttribute("aria-valuetext", text);
    setProps(this.root, { "data-moved": moved });
  }

  /** @param {number} value */
  #format(value) {
    const {
      range: [lowest, highest],
      digits,
      unit,
    } = this.attribute;
    const clamped = Math.min(highest, Math.max(lowest, value));
    const prefix = value < lowest ? "under " : value > highest ? "over " : "";
    return `${prefix}${formatNumber(clamped, digits)} ${unit}`.trim();
  }
}

export class AttributeSliders {
  /** @type {AttributeSlider[]} */ #sliders = [];
  /** @type {Float32Array | null} */ #table = null;
  /** @type {{f: number, code: Float32Array} | null} */ #dragged = null; // the attribute being dragged, and the code at its start
  #showsAll = false;

  /** @param {CodeStore} store @param {AttributeSpec} spec */
  constructor(store, spec) {
    addStyle("ls-attributes", STYLE);
    this.store = store;
    this.spec = spec;
    this.#sliders = spec.attributes.map((_, f) => new AttributeSlider(this, f));
    this.list = el("div", { class: "ls-attributes-list" });
    this.more = el("button", {
      type: "button",
      class: "ls-attributes-more",
      onclick: () => {
        this.#showsAll = !this.#showsAll;
        this.#fill();
      },
    });
    this.root = el(
      "section",
      { class: "ls-attributes", "aria-label": "Attribute sliders" },
      el(
        "header",
        {},
        el("h3", {}, "Attribute sliders"),
        el(
          "span",
          { class: "ls-caption" },
          "Each moves the code along one direction; correlated attributes move too.",
        ),
      ),
      this.list,
      this.more,
    );
    this.#fill();
    this.#load().catch(() => {
      this.root.hidden = true;
    });
  }

  async #load() {
    this.root.toggleAttribute("inert", true);
    this.#table = new Float32Array(await fetchBytes(this.spec.url));
    this.root.toggleAttribute("inert", false);
    this.update();
  }

  #fill() {
    this.list.replaceChildren(
      ...this.#sliders.slice(0, this.#showsAll ? undefined : N_COLLAPSED).map(({ root }) => root),
    );
    this.more.hidden = this.#sliders.length <= N_COLLAPSED;
    setText(this.more, this.#showsAll ? "Show fewer" : `Show all ${this.#sliders.length}`);
  }

  /** The prediction of an attribute. @param {number} f @param {Float32Array} code */
  #predict(f, code) {
    const table = /** @type {Float32Array} */ (this.#table);
    const [count, dims] = [this.#sliders.length, code.length];
    let sum = table[2 * count * dims + f];
    for (let d = 0; d < dims; d += 1) sum += table[f * dims + d] * code[d];
    return sum;
  }

  /** Move the code along an attribute's direction until the prediction has this value. @param {number} f @param {number} value */
  push(f, value) {
    const { store } = this;
    const table = this.#table;
    if (!table || !store.dims) return;
    if (this.#dragged?.f !== f) this.#dragged = { f, code: store.code };
    const from = this.#dragged.code;
    const { limit } = store.dims;
    const missing = value - this.#predict(f, from);
    const first = (this.#sliders.length + f) * from.length;
    store.beginDrag();
    store.setAll(
      from.map((at, d) => Math.max(-limit, Math.min(limit, at + missing * table[first + d]))),
    );
  }

  /** End of a drag. @param {number} f */
  release(f) {
    this.#dragged = null;
    this.store.commit(`push ${f}`);
  }

  update() {
    if (!this.#table) return;
    const { code, start } = this.store;
    this.#sliders.forEach((row, f) =>
      row.show(this.#predict(f, code), this.#predict(f, start.code), this.#dragged?.f === f),
    );
  }
}
