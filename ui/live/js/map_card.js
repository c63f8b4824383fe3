// @ts-check
/** The card beside the dot under the pointer: its picture, enlarged crisply, and its name. */

import { drawTile } from "./pixels.js";
import { el, setText } from "./theme.js";

const SIDE = 104; // of the enlarged picture, about
const GAP = 16;

export class Card {
  constructor() {
    this.picture = el("canvas", { class: "ls-map-picture" });
    this.name = el("span", { class: "ls-map-name" });
    this.detail = el("span", { class: "ls-map-number" });
    this.root = el("div", { class: "ls-map-card", hidden: true, "aria-hidden": "true" }, this.picture,
      el("div", { class: "ls-map-caption" }, this.name, this.detail));
    this.id = /** @type {number | null} */ (null);
  }

  /**
   * @param {number} id
   * @param {{name: string, detail: string}} text
   * @param {import("./pixels.js").Sheet | null} sheet
   */
  show(id, text, sheet) {
    if (sheet && id < sheet.count) {
      drawTile(this.picture, sheet, id);
      const scale = Math.max(1, Math.round(SIDE / Math.max(sheet.width, sheet.height)));
      this.picture.style.width = `${sheet.width * scale}px`;
      this.picture.style.height = `${sheet.height * scale}px`;
    }
    this.picture.hidden = !(sheet && id < sheet.count);
    setText(this.name, text.name);
    setText(this.detail, text.detail);
    this.id = id;
    this.root.dataset.id = String(id);
    this.root.hidden = false;
  }

  /** Beside a place of the drawing, wherever there is room. @param {number} x @param {number} y @param {HTMLElement} room */
  place(x, y, room) {
    const { offsetWidth: width, offsetHeight: height } = this.root;
    const right = x + GAP + width <= room.clientWidth;
    const left = right ? x + GAP : Math.max(4, x - GAP - width);
    const top = Math.min(Math.max(4, y - height - GAP / 2), Math.max(4, room.clientHeight - height - 4));
    this.root.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide() {
    this.id = null;
    this.root.hidden = true;
  }
}
