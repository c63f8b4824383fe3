// @ts-check
/** The handle on the plane: moved by pointer, touch or keys. */

import { el, setProps } from "../../core/dom.js";
import { makeDraggable } from "../../widgets/drag.js";
import { KeyboardEdit } from "../code/keyboard_edit.js";
import { dimensionName, nameAndValue } from "../dimension_info.js";
import { fromPlane, planeKeyTarget, toPlaneClamped } from "./plane_geometry.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */

export class PlaneHandle {
  /** @param {CodeStore} store @param {HTMLElement} area the plane */
  constructor(store, area) {
    this.store = store;
    this.area = area;
    this.keyboard = new KeyboardEdit(store);
    this.root = el("div", {
      class: "ls-plane-2d-handle",
      "data-handle": "",
      role: "slider",
      tabindex: "0",
      "aria-label": `${dimensionName(0)} and ${dimensionName(1)}`,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      onblur: () => this.keyboard.flush(),
    });
    makeDraggable(area, {
      free: () => true,
      start: () => this.#beginDrag(),
      at: () => toPlaneClamped(this.#dims, store.code),
      move: (to) => store.setAll(fromPlane(this.#dims, to)),
      end: () => {
        delete area.dataset.dragging;
        store.commit();
      },
    });
  }

  get #dims() {
    return /** @type {import("../dimension_info.js").DimensionInfo} */ (this.store.dims);
  }

  #beginDrag() {
    this.root.focus({ preventScroll: true });
    this.keyboard.flush();
    this.store.beginDrag();
    this.area.dataset.dragging = "";
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const code = planeKeyTarget(event, this.#dims, this.store.code);
    if (!code) return;
    event.preventDefault();
    this.keyboard.apply(() => this.store.setAll(code));
  }

  update() {
    const dims = this.#dims;
    const { code } = this.store;
    setProps(this.root, {
      "aria-valuemin": dims.low[0],
      "aria-valuemax": dims.high[0],
      "aria-valuenow": code[0],
      "aria-valuetext": [0, 1].map((d) => nameAndValue(dims, d, code[d])).join(", "),
    });
  }

  dispose() {
    this.keyboard.flush();
  }
}
