// @ts-check
/** A group of directions, such as attributes or principal directions: each moves the code along it. */

import { addStyle, el, setText } from "../../core/dom.js";
import { fetchBytes } from "../../core/fetch.js";
import { icon } from "../../core/icons.js";
import { DirectionSlider } from "./direction_slider.js";
import { DIRECTION_STYLE } from "./direction_style.js";
import { LinearDirections } from "./linear_directions.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("../../core/payloads.js").DirectionGroup} DirectionGroupSpec */

/** @typedef {{isOpen: boolean, showsAll: boolean, strips: Set<string>}} GroupView what is unfolded */

const N_COLLAPSED = 9;

/** @param {DirectionGroupSpec} spec */
async function fetchDirections({ url, directions }) {
  return new LinearDirections(new Float32Array(await fetchBytes(url)), directions.length);
}

/** @param {string} title @param {() => void} onclick */
function createFold(title, onclick) {
  const heading = el("h2", {}, title);
  return el("button", { type: "button", class: "ls-dims-fold", onclick }, icon("next"), heading);
}

export class DirectionGroup {
  /** @type {LinearDirections | null} */ #directions = null; // null while they load
  /** @type {{f: number, code: Float32Array} | null} */ #dragged = null; // the direction of the drag, and the code at its start
  #isLoading = false;

  /**
   * @param {CodeStore} store @param {DirectionGroupSpec} spec
   * @param {() => import("../../decoding/decoder.js").Decoder} decoder @param {GroupView} view
   */
  constructor(store, spec, decoder, view) {
    addStyle("ls-attributes", DIRECTION_STYLE);
    this.store = store;
    this.spec = spec;
    this.view = view;
    this.sliders = spec.directions.map(
      (direction, f) =>
        new DirectionSlider(store, direction, decoder, {
          move: (value) => this.#moveTo(f, value),
          release: () => this.#release(f),
          toggled: () => this.#toggleStrip(f),
        }),
    );
    this.list = el("div", { class: "ls-attributes-list" });
    this.more = el("button", {
      type: "button",
      class: "ls-attributes-more",
      onclick: () => this.#toggleAll(),
    });
    this.fold = createFold(spec.title, () => this.#toggleFold());
    this.root = el(
      "section",
      { class: "ls-attributes", "aria-label": spec.title, "data-group": spec.id },
      el("header", {}, this.fold, el("span", { class: "ls-caption" }, spec.help)),
      this.list,
      this.more,
    );
    this.#fill();
    this.sliders.forEach((slider) => slider.setOpen(view.strips.has(slider.direction.name)));
    if (view.isOpen) void this.#load();
  }

  async #load() {
    if (this.#directions || this.#isLoading) return;
    this.#isLoading = true;
    this.root.toggleAttribute("inert", true);
    try {
      this.#directions = await fetchDirections(this.spec);
      this.root.toggleAttribute("inert", false);
      this.update();
    } catch {
      this.root.hidden = true;
    }
    this.#isLoading = false;
  }

  /** @param {number} f */
  #toggleStrip(f) {
    const { name } = this.spec.directions[f];
    if (!this.view.strips.delete(name)) this.view.strips.add(name);
    this.sliders[f].setOpen(this.view.strips.has(name));
    this.update();
  }

  #toggleFold() {
    this.view.isOpen = !this.view.isOpen;
    this.#fill();
    if (this.view.isOpen) void this.#load();
    this.update();
  }

  #toggleAll() {
    this.view.showsAll = !this.view.showsAll;
    this.#fill();
    this.update();
  }

  get #visible() {
    if (!this.view.isOpen) return [];
    return this.view.showsAll ? this.sliders : this.sliders.slice(0, N_COLLAPSED);
  }

  #fill() {
    this.fold.setAttribute("aria-expanded", String(this.view.isOpen));
    this.list.replaceChildren(...this.#visible.map(({ root }) => root));
    this.list.hidden = !this.view.isOpen;
    this.more.hidden = !this.view.isOpen || this.sliders.length <= N_COLLAPSED;
    setText(this.more, this.view.showsAll ? "Show fewer" : `Show all ${this.sliders.length}`);
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
    this.store.commit(`${this.spec.id} ${f}`);
  }

  update() {
    const directions = this.#directions;
    if (!directions || !this.store.dims) return;
    const dragged = this.#dragged;
    this.#visible.forEach((slider, f) =>
      slider.update(directions, f, dragged?.f === f ? dragged.code : null),
    );
  }

  dispose() {
    this.root.remove();
    for (const slider of this.sliders) slider.dispose();
  }
}
