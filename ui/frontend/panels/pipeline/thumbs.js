// @ts-check
/** A row of thumbnails of several images, of which one is selected. */

import { el } from "../../core/dom.js";
import { formatCount } from "../../core/format.js";
import { icon } from "../../core/icons.js";
import { imageCanvas, showImage } from "../../core/images.js";
import { OptimisticValue } from "../../core/optimistic.js";
import { markAspect } from "./steps.js";

/**
 * @typedef {object} Thumb one of several images
 * @property {string} name
 * @property {string} picture URL, or "" for a rejected file
 * @property {string} refused why the file was rejected, or "" if it was accepted
 */
/** @typedef {{thumbs: Thumb[], more: number, chosen: number}} ThumbsData `more` images have no thumbnail */

export class PipelineThumbs {
  #shownKey = "";
  #selected = new OptimisticValue(0); // index

  /** @param {(index: number) => void} onSelect */
  constructor(onSelect) {
    this.onSelect = onSelect;
    this.root = el("div", {
      class: "ls-pipeline-thumbs",
      role: "group",
      "aria-label": "images",
    });
  }

  /** @param {ThumbsData} data */
  update({ thumbs, more, chosen }) {
    this.root.hidden = thumbs.length < 2 && !thumbs.some((thumb) => thumb.refused);
    this.#draw(thumbs, more);
    this.#selected.receive(chosen);
    this.#showSelected();
  }

  /** @param {Thumb[]} thumbs @param {number} more */
  #draw(thumbs, more) {
    const key = JSON.stringify([thumbs, more]);
    if (key === this.#shownKey) return;
    this.#shownKey = key;
    this.root.replaceChildren(
      ...thumbs.map((thumb, index) =>
        thumb.refused ? createRejected(thumb, index) : this.#createThumb(thumb, index),
      ),
    );
    if (more > 0) this.root.append(createMoreText(more));
  }

  /** @param {Thumb} thumb @param {number} index */
  #createThumb({ name, picture }, index) {
    const canvas = imageCanvas();
    const button = el(
      "button",
      {
        type: "button",
        "data-index": index,
        "data-role": "thumb",
        title: name,
        "aria-label": name,
        onclick: () => this.#select(index),
      },
      el("span", { class: "ls-surface" }, canvas),
      el("span", { class: "ls-caption ls-ellipsis", style: { display: "block" } }, name),
    );
    void showImage(canvas, picture).then(() => markAspect(canvas, button));
    return button;
  }

  /** @param {number} index */
  #select(index) {
    this.#selected.set(index);
    this.#showSelected();
    this.onSelect(index);
  }

  #showSelected() {
    for (const button of this.root.querySelectorAll("button")) {
      const isSelected = Number(button.dataset.index) === this.#selected.value;
      button.setAttribute("aria-pressed", String(isSelected));
    }
  }
}

/** @param {Thumb} thumb @param {number} index */
function createRejected({ name, refused }, index) {
  return el(
    "div",
    { class: "ls-refused", "data-index": index, "data-refused": "true" },
    icon("refused"),
    el("b", { class: "ls-ellipsis", title: name }, name),
    el("span", { class: "ls-caption" }, refused),
  );
}

/** @param {number} count */
function createMoreText(count) {
  const text = `and ${formatCount(count)} more`;
  return el("span", { class: "ls-caption ls-pipeline-more" }, text);
}
