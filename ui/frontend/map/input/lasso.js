// @ts-check
/** The selected dots: those inside a box or a lasso. */

import { packBits } from "../../core/base64.js";
import { el, setText } from "../../core/dom.js";
import { count } from "../../core/format.js";

export class Region {
  #told = false; // whether Python holds one

  /**
   * @param {import("../scene/scene.js").Scene} scene
   * @param {import("../overlay.js").Overlay} overlay
   * @param {{noun: () => string, say: (words: string) => void, send: (bits: string) => void}} on
   */
  constructor(scene, overlay, on) {
    this.scene = scene;
    this.overlay = overlay;
    this.on = on;
    this.root = el("button", { type: "button", class: "ls-map-region", hidden: true, onclick: () => this.clear() });
  }

  get size() {
    return this.scene.region?.reduce((sum, bit) => sum + bit, 0) ?? 0;
  }

  /** @param {boolean} told whether Python holds one: when it no longer does, nor does the map */
  follow(told) {
    if (this.#told && !told) this.#set(null);
    this.#told = told;
  }

  /** @param {import("../scene/hit_test.js").Outline} outline in pixels @param {boolean} done */
  outline(outline, done) {
    const view = /** @type {import("../scene/view_2d.js").PlaneView} */ (this.scene.view);
    this.overlay.setOutline(outline.map(([x, y]) => [...view.at(x, y), 0]));
    this.scene.redraw();
    if (!done) return;
    const inside = outline.length > 2 ? this.scene.inside(outline) : new Uint8Array(0);
    if (inside.includes(1)) this.#choose(inside);
    else if (this.scene.region) this.clear();
    else this.overlay.setOutline([]);
  }

  /** @param {Uint8Array} inside */
  #choose(inside) {
    this.#set(inside);
    this.on.send(packBits(inside));
  }

  clear() {
    this.#set(null);
    this.on.send(packBits(new Uint8Array(this.scene.count)));
  }

  /** @param {Uint8Array | null} region */
  #set(region) {
    this.scene.region = region;
    if (!region) this.overlay.setOutline([]);
    this.scene.repaint();
    this.show();
  }

  show() {
    const { size, root } = this;
    root.hidden = size === 0;
    setText(root, `${count(size)} selected ✕`);
    root.setAttribute("aria-label", `${size} ${this.on.noun()}s selected; clear the selection`);
    if (size) this.on.say(`${size} ${this.on.noun()}s selected`);
  }
}
