// @ts-check
/** The samples inside a box or a lasso. */

import { bitsToBase64 } from "../../core/base64.js";
import { el, setText } from "../../core/dom.js";
import { formatCount } from "../../core/format.js";

/**
 * @typedef {object} RegionHandlers
 * @property {() => string} sampleNoun
 * @property {(text: string) => void} announce
 * @property {(bits: string) => void} send
 * @property {() => boolean} previews whether to report what an unfinished outline contains
 * @property {(inside: Uint8Array | null) => void} changed another region by this map's own input, or a preview of one
 */

export class RegionSelection {
  #serverHasRegion = false; // whether Python has a selection

  /**
   * @param {import("../scene/scene.js").Scene} scene
   * @param {import("../overlay.js").Overlay} overlay
   * @param {RegionHandlers} handlers
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

  get active() {
    return this.scene.colors.region !== null;
  }

  get size() {
    return this.scene.colors.region?.reduce((sum, bit) => sum + bit, 0) ?? 0;
  }

  /** @param {boolean} serverHasRegion when Python drops its selection, so does the map */
  sync(serverHasRegion) {
    if (this.#serverHasRegion && !serverHasRegion) this.#set(null);
    this.#serverHasRegion = serverHasRegion;
  }

  /** @param {import("../scene/hit_test.js").Outline} outline in pixels @param {boolean} done */
  setOutline(outline, done) {
    const view = /** @type {import("../scene/view_2d.js").View2D} */ (this.scene.view);
    this.overlay.setOutline(outline.map(([x, y]) => [...view.unproject(x, y), 0]));
    this.scene.redraw();
    if (done) this.#selectInside(outline);
    else if (this.handlers.previews()) this.handlers.changed(this.#inside(outline));
  }

  /** Select samples without an outline. @param {Uint8Array} inside one byte per sample */
  select(inside) {
    this.overlay.setOutline([]);
    this.#report(inside);
  }

  /** @param {Uint8Array} inside one byte per sample */
  #report(inside) {
    this.#set(inside);
    this.handlers.changed(inside);
    this.handlers.send(bitsToBase64(inside));
  }

  /** @param {import("../scene/hit_test.js").Outline} outline */
  #selectInside(outline) {
    const inside = this.#inside(outline);
    if (inside?.includes(1)) this.#report(inside);
    else if (this.active) this.clear();
    else {
      this.overlay.setOutline([]);
      this.handlers.changed(null);
    }
  }

  /** @param {import("../scene/hit_test.js").Outline} outline */
  #inside(outline) {
    return outline.length > 2 ? this.scene.screen.samplesInside(outline) : null;
  }

  /** Show the region of another map. @param {Uint8Array | null} inside */
  adopt(inside) {
    this.overlay.setOutline([]);
    if (!inside || inside.length === this.scene.positions.count) this.#set(inside);
  }

  clear() {
    this.#set(null);
    this.handlers.changed(null);
    this.handlers.send(bitsToBase64(new Uint8Array(this.scene.positions.count)));
  }

  /** @param {Uint8Array | null} region one byte per sample */
  #set(region) {
    this.scene.colors.region = region;
    if (!region) this.overlay.setOutline([]);
    this.scene.applyColors();
    this.show();
  }

  /** Show how many samples are selected. */
  show() {
    const { size, root } = this;
    const text = `${size} ${this.handlers.sampleNoun()}s selected`;
    root.hidden = size === 0;
    setText(root, `${formatCount(size)} selected ✕`);
    root.setAttribute("aria-label", `${text}; clear the selection`);
    if (size) this.handlers.announce(text);
  }
}
