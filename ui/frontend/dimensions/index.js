// @ts-check
/** The sliders of directions and of single latent dimensions, with their toolbar. */

import { defineComponent } from "../core/component.js";
import { pageEntered } from "../core/deferred_report.js";
import { addStyle, el, setText } from "../core/dom.js";
import { openDecoder } from "../decoding/decoder.js";
import { getCodeStore } from "./code/code_stores.js";
import { withAllDimensions } from "./dimension_info.js";
import { DirectionGroups } from "./directions/direction_groups.js";
import { HistogramLoader } from "./slider/histogram.js";
import { InactiveSection } from "./slider/inactive_section.js";
import { Plane2D } from "./plane/plane_2d.js";
import { SingleDimensions } from "./slider/single_dimensions.js";
import { SliderPool } from "./slider/slider_list.js";
import { STYLE } from "./style.js";
import { Toolbar } from "./toolbar/toolbar.js";
import { groupByVisibility } from "./slider/visible_dimensions.js";

/** @typedef {import("./code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("../core/component.js").Component} Component */
/** @typedef {import("../core/payloads.js").DimensionsData} Data */

/** @implements {Component} */
class DimensionSliders {
  /** @type {Data} */ #data = /** @type {any} */ (null);
  /** @type {CodeStore | null} */ #store = null;
  /** @type {SliderPool | null} */ #pool = null;
  /** @type {Plane2D | null} */ #plane = null;
  /** @type {DirectionGroups | null} */ #directions = null;
  #histograms = new HistogramLoader();
  #unsubscribe = () => {};

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-dims", STYLE);
    this.send = send;
    this.decoder = () => openDecoder(this.#data.decoder);
    this.toolbar = new Toolbar(this.decoder, (event, value) =>
      send(event, { ...value, name: this.#data.name }),
    );
    this.list = el("div", { class: "ls-dims-list" });
    this.body = el("div", { class: "ls-dims-body" }, this.list);
    this.showAll = el("button", {
      type: "button",
      class: "ls-button",
      onclick: () => this.#store?.view.showAll(),
    });
    this.inactive = new InactiveSection(() => this.#draw());
    this.single = new SingleDimensions([this.body, this.showAll, this.inactive.root], () =>
      this.#draw(),
    );
    this.root = el(
      "section",
      { class: "ls ls-dims", "aria-label": "Sliders, one per direction or dimension" },
      this.toolbar.root,
      this.single.root,
    );
  }

  /** @param {Data} data */
  update(data) {
    this.#data = data;
    const store = getCodeStore(data.name);
    const isOther = store !== this.#store;
    if (isOther) this.#attach(store);
    const isFirst = store.dims === null;
    store.receive(withAllDimensions(data.dims, data.z.length), data);
    if (data.plane) this.#plane?.show(data.plane);
    const hasMany = data.dims.listed.length < data.z.length;
    this.#directions?.show(data.directions, hasMany);
    if (isFirst) store.view.openOnly(data.dims.order.slice(0, 1));
    if (isOther) {
      this.#unsubscribe = store.subscribe(() => this.#draw());
      store.resync(data);
    } else this.#draw();
    void this.#histograms.load(data.dims.histograms.url, () => this.#draw());
  }

  /** @param {CodeStore} store */
  #attach(store) {
    this.#detach();
    pageEntered();
    this.#store = store;
    store.reporter.send = (event, value) => this.send(event, { ...value, name: store.name });
    this.root.dataset.name = store.name;
    this.#pool = new SliderPool(store, this.decoder);
    const { plane } = this.#data;
    this.#plane = plane && new Plane2D(store, this.decoder);
    if (this.#plane) this.list.before(this.#plane.root);
    this.#directions = new DirectionGroups(store, this.decoder);
    const above = this.#plane ? this.single.root : this.toolbar.root;
    above.after(this.#directions.root); // directions that come later must not move the plane
    this.body.toggleAttribute("data-plane", plane !== null);
  }

  #detach() {
    this.#unsubscribe();
    this.#pool?.dispose();
    this.#plane?.dispose();
    this.#plane?.root.remove();
    this.#directions?.dispose();
  }

  #draw() {
    const { dims, view } = /** @type {CodeStore} */ (this.#store);
    if (!dims) return;
    const { active, visible, inactive } = groupByVisibility(dims, view.showsAll);
    this.inactive.update(inactive, dims.inactive_reason);
    this.single.update(dims.listed.length, dims.mean.length);
    const shown = this.single.isOpen ? visible : [];
    this.#pool?.fill(this.list, shown, this.#histograms.heights);
    this.#pool?.fill(
      this.inactive.list,
      this.inactive.isOpen ? inactive : [],
      this.#histograms.heights,
    );
    this.showAll.hidden = visible.length === active.length;
    setText(this.showAll, `Show all ${active.length}`);
    this.#plane?.update();
    this.#directions?.update();
    const store = /** @type {CodeStore} */ (this.#store);
    const { in_tray, z, has_prior } = this.#data;
    this.toolbar.update(store, active, in_tray ? z : null, has_prior);
  }

  dispose() {
    this.#detach();
    this.toolbar.dispose();
  }
}

export default defineComponent((send) => new DimensionSliders(send));
