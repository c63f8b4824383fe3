// @ts-check
/** The latent plane of a model with two dimensions: codes, decoded images behind them, a handle. */

import { addStyle, el } from "../../core/dom.js";
import { getDecodeQueue } from "../code/code_stores.js";
import { dimensionName } from "../dimension_info.js";
import { planeAspect, toPlane, toPlaneClamped } from "./plane_geometry.js";
import { PlaneGrid } from "./plane_grid.js";
import { PlaneHandle } from "./plane_handle.js";
import { PlanePoints } from "./plane_points.js";
import { PLANE_STYLE } from "./plane_style.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("./plane_points.js").PlaneSpec} PlaneSpec */

export class Plane2D {
  /** @type {PlaneSpec | null} */ #spec = null;

  /** @param {CodeStore} store @param {() => import("../../decoding/decoder.js").Decoder} decoder */
  constructor(store, decoder) {
    addStyle("ls-plane-2d", PLANE_STYLE);
    this.store = store;
    this.area = el("div", { class: "ls-plane-2d-area" });
    this.grid = new PlaneGrid(this.area, decoder, getDecodeQueue(store, decoder));
    this.points = new PlanePoints(this.area);
    this.handle = new PlaneHandle(store, this.area);
    this.gridToggle = el(
      "button",
      { type: "button", onclick: () => store.view.toggleGrid() },
      "images behind",
    );
    this.root = this.#layOut();
    this.resizeObserver = new ResizeObserver(() => this.#draw());
    this.resizeObserver.observe(this.area);
  }

  #layOut() {
    this.area.append(
      this.grid.root,
      this.points.root,
      el("i", { class: "ls-plane-2d-axis", "data-axis": "x" }),
      el("i", { class: "ls-plane-2d-axis", "data-axis": "y" }),
      el("i", { class: "ls-plane-2d-start" }),
      this.handle.root,
    );
    const axes = `→ ${dimensionName(0)}, ↑ ${dimensionName(1)}`;
    const caption = el(
      "span",
      { class: "ls-caption" },
      `${axes}; each point is the code of an image`,
    );
    const footer = el("div", { class: "ls-plane-2d-foot" }, caption, this.gridToggle);
    return el("div", { class: "ls-plane-2d" }, this.area, footer);
  }

  get #dims() {
    return /** @type {import("../dimension_info.js").DimensionInfo} */ (this.store.dims);
  }

  /** Show the points of this data set. @param {PlaneSpec} spec */
  show(spec) {
    this.#spec = spec;
    this.area.style.aspectRatio = `1 / ${planeAspect(this.#dims)}`;
    this.#draw();
  }

  #draw() {
    if (!this.#spec || !this.area.clientWidth) return;
    void this.points.draw(this.#spec, this.#dims);
    if (this.store.view.showsGrid) this.grid.draw(this.store.name, this.#dims);
  }

  /** Show the code and its start. */
  update() {
    const { store } = this;
    const dims = this.#dims;
    this.#place("--x", "--y", toPlaneClamped(dims, store.code));
    this.#place("--sx", "--sy", toPlaneClamped(dims, store.start.code));
    this.#place("--zero-x", "--zero-y", toPlane(dims, [0, 0]));
    this.handle.update();
    const { showsGrid } = store.view;
    this.gridToggle.setAttribute("aria-pressed", String(showsGrid));
    this.grid.root.style.display = showsGrid ? "" : "none";
    this.points.root.style.opacity = showsGrid ? ".45" : "1";
    if (showsGrid) this.grid.draw(store.name, dims);
  }

  /** @param {string} left @param {string} top CSS properties @param {import("./plane_geometry.js").PlanePoint} point */
  #place(left, top, { x, y }) {
    this.area.style.setProperty(left, `${100 * x}%`);
    this.area.style.setProperty(top, `${100 * y}%`);
  }

  dispose() {
    this.handle.dispose();
    this.grid.dispose();
    this.resizeObserver.disconnect();
  }
}
