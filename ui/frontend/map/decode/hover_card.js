// @ts-check
/**
 * The card next to the pointer: the sample's image and name; and where points can
 * be decoded, the decoded image with its support level.  Its size is constant.
 */

import { el, setText } from "../../core/dom.js";
import { modelMark } from "../../core/icons.js";
import { clearImage, drawTile, fitSide, imageCanvas, showDecoded } from "../../core/images.js";
import { createSupportBadge } from "../../widgets/decoded_image.js";
import { cardPosition } from "./card_position.js";

/** @typedef {import("../../core/images.js").Sheet} Sheet */

const SINGLE_SIDE_PX = 104; // of a single image, about
const PAIR_SIDE_PX = 92; // of one of two

/** @param {HTMLElement} node @param {number} width @param {number} height in CSS pixels */
function resize(node, width, height) {
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
}

export class HoverCard {
  /** @type {number | null} */ id = null;
  decodes = false; // whether points are decoded

  constructor() {
    this.image = el("canvas", { class: "ls-map-image" });
    this.noImage = el("span", { class: "ls-map-none" }, "no image here");
    this.decoded = imageCanvas();
    const frame = el("span", { class: "ls-frame" }, this.decoded);
    this.frame = el("span", { class: "ls-decoded" }, frame);
    this.badge = createSupportBadge();
    this.name = el("span", { class: "ls-map-name" });
    this.detail = el("span", { class: "ls-map-value" });
    const images = [this.image, this.noImage, modelMark("decoder"), this.frame];
    this.root = el(
      "div",
      { class: "ls-map-card", hidden: true, "aria-hidden": "true" },
      el("div", { class: "ls-map-pair" }, ...images),
      el("div", { class: "ls-map-caption" }, this.name, this.detail, this.badge.root),
    );
  }

  /** Whether points are decoded, into images of this shape. @param {[number, number, number] | null} shape */
  setDecodedShape(shape) {
    this.decodes = shape !== null;
    this.root.classList.toggle("ls-map-decodes", this.decodes);
    if (!shape) return;
    const [, height, width] = shape;
    const longer = Math.max(width, height);
    const scale = fitSide(PAIR_SIDE_PX, longer) / longer;
    for (const node of [this.decoded, this.noImage]) resize(node, width * scale, height * scale);
  }

  /** @param {number} id @param {{name: string, detail: string}} caption @param {Sheet | null} sheet */
  showSample(id, { name, detail }, sheet) {
    const available = sheet !== null && id < sheet.count;
    if (available) this.#draw(sheet, id);
    this.image.hidden = !available;
    this.noImage.hidden = available || !this.decodes;
    this.#show(id, name, detail);
  }

  /** @param {Sheet} sheet @param {number} id */
  #draw(sheet, id) {
    drawTile(this.image, sheet, id);
    const { width, height } = sheet;
    const longer = Math.max(width, height);
    const scale = this.decodes
      ? fitSide(PAIR_SIDE_PX, longer) / longer
      : Math.max(1, Math.round(SINGLE_SIDE_PX / longer));
    resize(this.image, width * scale, height * scale);
  }

  /** A point without a sample. */
  showPoint() {
    this.image.hidden = true;
    this.noImage.hidden = false;
    this.#show(null, "decoded here", "");
  }

  /** @param {number | null} id @param {string} name @param {string} detail */
  #show(id, name, detail) {
    setText(this.name, name);
    setText(this.detail, detail);
    this.id = id;
    this.root.dataset.id = id === null ? "" : String(id);
    this.root.hidden = false;
  }

  /** @param {Float32Array} images @param {[number, number, number]} shape @param {import("../../core/verdict.js").Verdict} verdict */
  showDecoded(images, shape, verdict) {
    showDecoded(this.decoded, images, shape);
    this.badge.show(verdict);
    this.frame.dataset.support = this.badge.root.dataset.support;
  }

  /** Next to a pixel position, where there is space. @param {number} x @param {number} y @param {HTMLElement} container */
  moveTo(x, y, { clientWidth, clientHeight }) {
    const card = { width: this.root.offsetWidth, height: this.root.offsetHeight };
    const container = { width: clientWidth, height: clientHeight };
    const { left, top } = cardPosition(x, y, card, container);
    this.root.style.transform = `translate(${left}px, ${top}px)`;
  }

  hide() {
    this.id = null;
    this.root.hidden = true;
    clearImage(this.decoded);
    this.badge.show(null);
    delete this.frame.dataset.support;
  }
}
