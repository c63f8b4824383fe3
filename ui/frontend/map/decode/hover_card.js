// @ts-check
/**
 * The card beside the pointer: the sample's image and name; and where points can
 * be decoded, the decoded image with its support level.  Its size is constant.
 */

import { el, setText } from "../../core/dom.js";
import { modelMark } from "../../core/icons.js";
import { imageCanvas, drawTile, fitSide, clearImage, showDecoded } from "../../core/images.js";
import { createSupportBadge } from "../../widgets/decoded_image.js";

const SINGLE_SIDE_PX = 104; // of a single image, about
const PAIR_SIDE_PX = 92; // of one of two
const GAP_PX = 16;

/** @param {HTMLElement} node @param {number} width @param {number} height in CSS pixels */
function resize(node, width, height) {
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
}

export class HoverCard {
  constructor() {
    this.image = el("canvas", { class: "ls-map-image" });
    this.noImage = el("span", { class: "ls-map-none" }, "no image here");
    this.decoded = imageCanvas();
    this.frame = el(
      "span",
      { class: "ls-decoded" },
      el("span", { class: "ls-frame" }, this.decoded),
    );
    this.badge = createSupportBadge();
    this.name = el("span", { class: "ls-map-name" });
    this.detail = el("span", { class: "ls-map-value" });
    this.root = el(
      "div",
      { class: "ls-map-card", hidden: true, "aria-hidden": "true" },
      el(
        "div",
        { class: "ls-map-pair" },
        this.image,
        this.noImage,
        modelMark("decoder"),
        this.frame,
      ),
      el("div", { class: "ls-map-caption" }, this.name, this.detail, this.badge.root),
    );
    this.id = /** @type {number | null} */ (null);
    this.decodes = false;
  }

  /** Whether points are decoded, into images of this shape. @param {[number, number, number] | null} shape */
  setDecodedShape(shape) {
    this.decodes = shape !== null;
    this.root.classList.toggle("ls-map-decodes", this.decodes);
    if (!shape) return;
    const [, height, width] = shape;
    const side = fitSide(PAIR_SIDE_PX, Math.max(width, height));
    const scale = side / Math.max(width, height);
    for (const node of [this.decoded, this.noImage]) resize(node, width * scale, height * scale);
  }

  /**
   * @param {number} id
   * @param {{name: string, detail: string}} text
   * @param {import("../../core/images.js").Sheet | null} sheet
   */
  showSample(id, text, sheet) {
    const available = sheet !== null && id < sheet.count;
    if (available) this.#draw(sheet, id);
    this.image.hidden = !available;
    this.noImage.hidden = available || !this.decodes;
    setText(this.name, text.name);
    setText(this.detail, text.detail);
    this.id = id;
    this.root.dataset.id = String(id);
    this.root.hidden = false;
  }

  /** @param {import("../../core/images.js").Sheet} sheet @param {number} id */
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
    setText(this.name, "decoded here");
    setText(this.detail, "");
    this.id = null;
    this.root.dataset.id = "";
    this.root.hidden = false;
  }

  /** @param {Float32Array} images @param {[number, number, number]} shape @param {import("../../core/support_level.js").SupportLevel} level */
  showDecoded(images, shape, level) {
    showDecoded(this.decoded, images, shape);
    this.badge.show(level);
    this.frame.dataset.support = this.badge.root.dataset.support;
  }

  /** Beside a pixel position, where there is space. @param {number} x @param {number} y @param {HTMLElement} container */
  moveTo(x, y, container) {
    const { offsetWidth: width, offsetHeight: height } = this.root;
    const right = x + GAP_PX + width <= container.clientWidth;
    const left = right ? x + GAP_PX : Math.max(4, x - GAP_PX - width);
    const top = Math.min(
      Math.max(4, y - height - GAP_PX / 2),
      Math.max(4, container.clientHeight - height - 4),
    );
    this.root.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide() {
    this.id = null;
    this.root.hidden = true;
    clearImage(this.decoded);
    this.badge.show(null);
    delete this.frame.dataset.support;
  }
}
