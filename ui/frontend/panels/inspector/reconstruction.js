// @ts-check
/** Original, reconstruction and difference of a sample, with the reconstruction error. */

import { el, setText } from "../../core/dom.js";
import { differenceLegend, modelMark } from "../../core/icons.js";
import { clearImage, imageCanvas, showDecoded, showImage, showTile } from "../../core/images.js";

/**
 * @typedef {object} Reconstruction
 * @property {string} original @property {string} decoded @property {string} difference URLs;
 *   `decoded` is "" for models without a decoder
 * @property {string} error @property {string} sentence
 * @property {number} reconstruction_percentile in [0, 1]
 */

/** @param {string | Node} child */
function caption(child) {
  return el("span", { class: "ls-caption" }, child);
}

/** The images side by side. */
export function createReconstructionImages() {
  const original = imageCanvas("original");
  const decoded = imageCanvas("reconstruction");
  const difference = imageCanvas("difference");
  const captions = [
    caption("original"),
    caption(""),
    caption("reconstruction"),
    caption(differenceLegend()),
  ];
  const ofDecoder = [modelMark("both"), decoded, difference, ...captions];
  const root = el("div", { class: "ls-inspector-images" }, original, ...ofDecoder);

  /** @param {Reconstruction} data */
  function update(data) {
    void showImage(original, data.original);
    for (const node of ofDecoder) node.hidden = !data.decoded;
    if (!data.decoded) return;
    void showImage(decoded, data.decoded);
    void showImage(difference, data.difference);
  }

  /**
   * Original and reconstruction before their URLs are known; their difference is that of the sample before.
   * @param {import("../../core/images.js").SheetSpec} sheet @param {number} id
   * @param {Float32Array} images @param {import("../../core/pixels.js").ImageShape} shape
   */
  function preview(sheet, id, images, shape) {
    void showTile(original, sheet, id);
    showDecoded(decoded, images, shape);
    clearImage(difference);
  }
  return {
    root,
    update,
    preview,
    clear: () => [original, decoded, difference].forEach(clearImage),
  };
}

/**
 * The share of images with a higher error, in percent with one decimal.
 * @param {number} closerThan in [0, 1]
 */
export function percentCloser(closerThan) {
  return Math.round(1000 * closerThan) / 10;
}

/** The error, its rank among the data set's, and a sentence. */
export function createErrorSummary() {
  const error = el("strong");
  const errorLine = el("div", {}, error, caption("mean squared error per pixel"));
  const sentence = el("p", { class: "ls-inspector-sentence" });
  const rankBar = el("div", { class: "ls-rank-bar", role: "img" }, el("i"));
  const root = el("div", { class: "ls-inspector-error" }, errorLine, rankBar, sentence);

  /** @param {Reconstruction} data */
  function update(data) {
    errorLine.hidden = rankBar.hidden = !data.decoded;
    setText(error, data.error);
    setText(sentence, data.sentence);
    const percent = percentCloser(data.reconstruction_percentile);
    rankBar.style.setProperty("--at", `${percent}%`);
    rankBar.setAttribute(
      "aria-label",
      `lower reconstruction error than ${percent} % of the images`,
    );
  }
  return { root, update };
}
