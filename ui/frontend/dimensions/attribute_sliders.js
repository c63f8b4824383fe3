// @ts-check
/** Attribute sliders, such as age: each moves the code along one direction. */

import { addStyle, el, setProps, setText } from "../core/dom.js";
import { fetchBytes } from "../core/fetch.js";
import { formatNumber } from "../core/format.js";
import { createRange } from "../widgets/range.js";
import { AttributeDirections, attributeText } from "./attribute_directions.js";

/** @typedef {import("./code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("./attribute_directions.js").Attribute} Attribute */
/** @typedef {import("../core/payloads.js").AttributeSpec} AttributeSpec */

const N_COLLAPSED = 9;
const MIN_CHANGE = 0.02; // fraction of the slider above which a change is highlighted

const STYLE = `
.ls-attributes { display: grid; gap: 6px; padding: 10px 14px 12px; border-radius: 10px; background: var(--ls-surface); }
.ls-attributes h2 { all: unset; font-weight: 650; font-size: .92rem; }
.ls-attributes header { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; }
.ls-attributes-list { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); gap: 4px 22px; }
.ls-attribute { min-width: 0; }
.ls-attribute > div { display: flex; justify-content: space-between; gap: 8px; font-size: .87rem; line-height: 1.2; }
.ls-attribute > div > span:last-child { font-variant-numeric: tabular-nums; white-space: nowrap; }
.ls-attribute[data-moved] > div > span:last-child { color: var(--ls-accent); font-weight: 600; }
.ls-attribute > small { display: block; font-size: .87rem; line-height: 1.2; margin-top: -4px; }
.ls-attributes input.ls-range { height: 24px; outline-offset: -2px; }
.ls .ls-attributes-more { justify-self: start; font-size: .87rem; color: var(--ls-muted); padding: 3px 0; border-radius: 4px; }
.ls .ls-attributes-more:hover { color: var(--ls-accent); }
`;

class AttributeSlider {
  /** @param {Attribute} attribute @param {{move: (value: number) => void, release: () => void}} handlers */
  constructor(attribute, { move, release }) {
    this.attribute = attribute;
    const { name, ends, r2, moves_with, moves_with_note } = attribute;
    this.range = createRange(name, { move: (fraction) => move(this.#valueAt(fraction)), release });
    this.range.addEventListener("pointerup", release); // back where it was, it fires no change event
    this.valueText = el("span");
    const quality = `predicted from the code with R² = ${formatNumber(r2, 2)} on held-out images`;
    this.root = el(
      "div",
      { class: "ls-attribute", title: [ends, quality, moves_with_note].filter(Boolean).join("; ") },
      el("div", {}, el("span", { class: "ls-ellipsis" }, name), this.valueText),
      this.range,
      moves_with ? el("small", { class: "ls-caption" }, `moves with ${moves_with}`) : "",
    );
  }

  /** @param {number} fraction of the slider */
  #valueAt(fraction) {
    const [low, high] = this.attribute.predicted_range;
    return low + fraction * (high - low);
  }

  /** @param {number} value predicted from the code @param {number} start predicted from the start @param {boolean} isDragged */
  update(value, start, isDragged) {
    const [low, high] = this.attribute.predicted_range;
    const text = attributeText(this.attribute, value);
    if (!isDragged) this.range.value = String((value - low) / (high - low));
    setText(this.valueText, text);
    this.range.setAttribute("aria-valuetext", text);
    setProps(this.root, { "data-moved": Math.abs(value - start) > MIN_CHANGE * (high - low) });
  }
}

export class AttributeSliders {
  /** @type {AttributeDirections | null} */ #directions = null; // null while they load
  /** @type {{f: number, code: Float32Array} | null} */ #dragged = null; // the attribute being dragged, and the code at its start
  #showsAll = false;

  /** @param {CodeStore} store @param {AttributeSpec} spec */
  constructor(store, spec) {
    addStyle("ls-attributes", STYLE);
    this.store = store;
    this.spec = spec;
    this.sliders = spec.attributes.map(
      (attribute, f) =>
        new AttributeSlider(attribute, {
          move: (value) => this.#moveTo(f, value),
          release: () => this.#release(f),
        }),
    );
    this.list = el("div", { class: "ls-attributes-list" });
    this.more = el("button", {
      type: "button",
      class: "ls-attributes-more",
      onclick: () => this.#toggleAll(),
    });
    this.root = this.#layOut();
    this.#fill();
    void this.#load();
  }

  #layOut() {
    const help =
      "Each moves the code along one direction; what else changes in the image is below it, in standard deviations.";
    return el(
      "section",
      { class: "ls-attributes", "aria-label": "Attribute sliders" },
      el(
        "header",
        {},
        el("h2", {}, "Attribute sliders"),
        el("span", { class: "ls-caption" }, help),
      ),
      this.list,
      this.more,
    );
  }

  async #load() {
    this.root.toggleAttribute("inert", true);
    try {
      const table = new Float32Array(await fetchBytes(this.spec.url));
      this.#directions = new AttributeDirections(table, this.sliders.length);
      this.root.toggleAttribute("inert", false);
      this.update();
    } catch {
      this.root.hidden = true;
    }
  }

  #toggleAll() {
    this.#showsAll = !this.#showsAll;
    this.#fill();
  }

  #fill() {
    const visible = this.#showsAll ? this.sliders : this.sliders.slice(0, N_COLLAPSED);
    this.list.replaceChildren(...visible.map(({ root }) => root));
    this.more.hidden = this.sliders.length <= N_COLLAPSED;
    setText(this.more, this.#showsAll ? "Show fewer" : `Show all ${this.sliders.length}`);
  }

  /** @param {number} f @param {number} value */
  #moveTo(f, value) {
    const { store } = this;
    if (!this.#directions || !store.dims) return;
    if (this.#dragged?.f !== f) this.#dragged = { f, code: store.code };
    store.beginDrag();
    store.setAll(this.#directions.moveTo(f, this.#dragged.code, value, store.dims.limit));
  }

  /** End of a drag. @param {number} f */
  #release(f) {
    this.#dragged = null;
    this.store.commit(`attribute ${f}`);
  }

  update() {
    const directions = this.#directions;
    if (!directions) return;
    const { code, start } = this.store;
    this.sliders.forEach((slider, f) => {
      const [value, startValue] = [directions.predict(f, code), directions.predict(f, start.code)];
      slider.update(value, startValue, this.#dragged?.f === f);
    });
  }
}
