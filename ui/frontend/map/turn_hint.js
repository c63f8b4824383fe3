// @ts-check
/** A hint over a 3D map, until it has been turned once in this browser. */

import { el } from "../core/dom.js";

const TURNED = "ls-map-turned";

export class TurnHint {
  #turned = globalThis.localStorage?.getItem(TURNED) === "yes";

  constructor() {
    const text = "Drag to turn, scroll to zoom";
    this.root = el("div", { class: "ls-map-turn-hint", hidden: true }, text);
  }

  /** @param {number} nDims of the map */
  setDims(nDims) {
    this.root.hidden = nDims !== 3 || this.#turned;
  }

  /** The view was dragged. */
  dragged() {
    if (this.root.hidden) return;
    this.#turned = true;
    this.root.hidden = true;
    globalThis.localStorage?.setItem(TURNED, "yes");
  }
}
