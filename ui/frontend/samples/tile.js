// @ts-check
/** One sample in the grid: its image with its verdict, and the nearest of the data. */

import { el, setText } from "../core/dom.js";
import { formatCount, formatNumber } from "../core/format.js";
import { clearImage, imageCanvas, showDecoded, showTile } from "../core/images.js";
import { verdictWords } from "../core/verdict.js";

/** @typedef {import("../core/verdict.js").Verdict} Verdict */
/** @typedef {{id: number, ratio: number}} Nearest ratio: the distance ÷ the typical distance of two neighbors in the data */

export class SampleTile {
  index = 0;

  /** @param {(index: number) => void} onPick */
  constructor(onPick) {
    this.image = imageCanvas();
    this.nearest = imageCanvas();
    this.name = el("span", { class: "ls-samples-name ls-ellipsis" });
    this.caption = el("span", { class: "ls-samples-distance" });
    this.root = el(
      "button",
      {
        type: "button",
        class: "ls-samples-tile ls-decoded",
        "data-role": "sample",
        onclick: () => onPick(this.index),
      },
      el("span", { class: "ls-frame" }, this.image, this.nearest, this.name),
      this.caption,
    );
  }

  /** Begin to show another sample, or the same one with other settings. @param {number} index @param {boolean} isSelected */
  begin(index, isSelected) {
    if (index !== this.index || this.root.dataset.sample === undefined) clearImage(this.image);
    this.index = index;
    this.root.dataset.sample = String(index);
    this.root.dataset.support = "";
    setText(this.caption, "");
    this.select(isSelected);
    this.describe(null, null);
  }

  /** @param {boolean} isSelected */
  select(isSelected) {
    this.root.setAttribute("aria-pressed", String(isSelected));
  }

  /** @param {Float32Array} images @param {[number, number, number]} shape */
  showImage(images, shape) {
    showDecoded(this.image, images, shape);
    this.root.dataset.decoded = "true";
  }

  /** @param {Verdict} verdict @param {Nearest} nearest */
  showVerdict(verdict, nearest) {
    this.root.dataset.support = verdict.slug;
    setText(this.caption, `${formatNumber(nearest.ratio, 1)}×`);
    this.describe(verdict, nearest);
  }

  /** Show the nearest image of the data. @param {import("../core/images.js").SheetSpec} sheet @param {number} id */
  showNearest(sheet, id) {
    void showTile(this.nearest, sheet, id);
  }

  /** @param {Verdict | null} verdict @param {Nearest | null} nearest */
  describe(verdict, nearest) {
    const parts = [
      `sample ${formatCount(this.index)}`,
      verdict && verdictWords(verdict),
      nearest && `nearest at ${formatNumber(nearest.ratio, 1)} times the typical distance`,
    ];
    this.root.title = parts.filter(Boolean).join(", ");
    this.root.setAttribute("aria-label", this.root.title);
  }
}
