// @ts-check
/**
 * The card beside the pointer: the picture of the dot there and its name; and where places can
 * be decoded, what the decoder makes of this place, with its trust.  It never changes its size.
 */

import { el, setText } from "../../core/dom.js";
import { mark } from "../../core/icons.js";
import { blank, drawTile, fitSide, showNothing, showPixels } from "../../core/images.js";
import { createTrust } from "../../widgets/decoded_image.js";

const SIDE = 104; // of a picture that stands alone, about
const PAIR = 92; // of one of two
const GAP = 16;

/** @param {HTMLElement} node @param {number} width @param {number} height in CSS pixels */
function resize(node, width, height) {
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
}

export class Card {
  constructor() {
    this.picture = el("canvas", { class: "ls-map-picture" });
    this.none = el("span", { class: "ls-map-none" }, "no picture here");
    this.decoded = blank();
    this.frame = el("span", { class: "ls-stage" }, el("span", { class: "ls-frame" }, this.decoded));
    this.trust = createTrust();
    this.name = el("span", { class: "ls-map-name" });
    this.detail = el("span", { class: "ls-map-number" });
    this.root = el("div", { class: "ls-map-card", hidden: true, "aria-hidden": "true" },
      el("div", { class: "ls-map-pair" }, this.picture, this.none, mark("decoder"), this.frame),
      el("div", { class: "ls-map-caption" }, this.name, this.detail, this.trust.root));
    this.id = /** @type {number | null} */ (null);
    this.live = false;
  }

  /** Whether places are decoded, into pictures of this shape. @param {[number, number, number] | null} shape */
  setLive(shape) {
    this.live = shape !== null;
    this.root.classList.toggle("ls-map-live", this.live);
    if (!shape) return;
    const [, height, width] = shape;
    const side = fitSide(PAIR, Math.max(width, height));
    const scale = side / Math.max(width, height);
    for (const node of [this.decoded, this.none]) resize(node, width * scale, height * scale);
  }

  /**
   * @param {number} id
   * @param {{name: string, detail: string}} text
   * @param {import("../../core/images.js").Sheet | null} sheet
   */
  showSample(id, text, sheet) {
    const there = sheet !== null && id < sheet.count;
    if (there) this.#draw(sheet, id);
    this.picture.hidden = !there;
    this.none.hidden = there || !this.live;
    setText(this.name, text.name);
    setText(this.detail, text.detail);
    this.id = id;
    this.root.dataset.id = String(id);
    this.root.hidden = false;
  }

  /** @param {import("../../core/images.js").Sheet} sheet @param {number} id */
  #draw(sheet, id) {
    drawTile(this.picture, sheet, id);
    const { width, height } = sheet;
    const longer = Math.max(width, height);
    const scale = this.live ? fitSide(PAIR, longer) / longer : Math.max(1, Math.round(SIDE / longer));
    resize(this.picture, width * scale, height * scale);
  }

  /** A place without a dot. */
  showPlace() {
    this.picture.hidden = true;
    this.none.hidden = false;
    setText(this.name, "decoded here");
    setText(this.detail, "");
    this.id = null;
    this.root.dataset.id = "";
    this.root.hidden = false;
  }

  /** @param {Float32Array} images @param {[number, number, number]} shape @param {import("../../core/support_level.js").Trust} word */
  showDecoded(images, shape, word) {
    showPixels(this.decoded, images, shape);
    this.trust.show(word);
    this.frame.dataset.trust = this.trust.root.dataset.trust;
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
    showNothing(this.decoded);
    this.trust.show(null);
    delete this.frame.dataset.trust;
  }
}
