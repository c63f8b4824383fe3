// @ts-check
/** The samples inside a box or a lasso. */

import { bitsToBase64 } from "../../core/base64.js";
import { el, setText } from "../../core/dom.js";
import { formatCount } from "../../core/format.js";

export class RegionSelection {
  #serverHasRegion = false; // whether Python has a selection

  /**
   * @param {import("../scene/scene.js").Scene} scene
   * @param {import("../overlay.js").Overlay} overlay
   * @param {{noun: () => string, say: (words: string) => void, send: (bits: string) => void}} handlers
   */
  constructor(scene, overlay, handlers) {
    this.scene = scene;
    this.overlay = overlay;
    this.handlers = handlers;
    this.root = el("button", {
      type: "button",
      class: "ls-map-selection",
      hidden: true,
      onclick: () => this.clear(),
    });
  }

  get size() {
    return this.scene.region?.reduce((sum, bit) => sum + bit, 0) ?? 0;
  }

  /** @param {boolean} serverHasRegion when Python drops its selection, so does the map */
  sync(serverHasRegion) {
    if (this.#serverHasRegion && !serverHasRegion) this.#set(null);
    this.#serverHasRegion = serverHasRegion;
  }

  /** @param {import("../scene/hit_test.js").Outline} setOutline in pixels @param {boolean} done */
  setOutline(setOutline, done) {
    const view = /** @type {import("../scene/view_2d.js").View2D} */ (this.scene.view);
    this.overlay.setOutline(setOutline.map(([x, y]) => [...view.unproject(x, y), 0]));
    this.scene.redraw();
    if (!done) return;
    const inside = setOutline.length > 2 ? this.scene.samplesInside(setOutline) : new Uint8Array(0);
    if (inside.includes(1)) this.#select(inside);
    else if (this.scene.region) this.clear();
    else this.overlay.setOutline([]);
  }

  /** @param {Uint8Array} inside */
  #select(inside) {
    this.#set(inside);
    this.handlers.send(bitsToBase64(inside));
  }

  clear() {
    this.#set(null);
    this.handlers.send(bitsToBase64(new Uint8Array(this.scene.count)));
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
    setText(root, `${formatCount(size)} selected ✕`);
    root.setAttribute(
      "aria-label",
      `${size} ${this.handlers.noun()}s selected; clear the selection`,
    );
    if (size) this.handlers.say(`${size} ${this.handlers.noun()}s selected`);
  }
}
