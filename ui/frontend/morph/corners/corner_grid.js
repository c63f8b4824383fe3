// @ts-check
/** The grid of images between four corners, decoded row by row. */

import { addStyle, el, svg } from "../../core/dom.js";
import { imageCanvas, showDecoded } from "../../core/images.js";
import { CELLS, copyRow, rowCodes, sheetShape } from "./corner_codes.js";

/** @typedef {import("../../latent/paths.js").CornerInterpolation} CornerInterpolation */
/** @typedef {import("../../latent/support.js").LatentSpace} LatentSpace */

const STYLE = `
.ls-corner-grid { position: absolute; inset: 0; }
.ls-corner-grid canvas.ls-image { width: 100%; height: 100%; border-radius: 6px; }
.ls-corner-grid svg { position: absolute; inset: 0; width: 100%; height: 100%; border-radius: 6px; pointer-events: none; }
.ls-corner-grid rect[data-support] { fill: none; }
.ls-corner-grid-key { display: inline-flex; align-items: center; gap: .45em; }
.ls-corner-grid-key i { width: 1.1em; height: 1.1em; border-radius: 2px; border: 2px dashed #b7791f; }
.ls-corner-grid-key i:last-of-type { margin-left: .5em; border: 2px solid #c2410c; background: color-mix(in srgb, #c2410c 16%, transparent); }
.ls-corner-grid rect[data-support=sparse] { stroke: #b7791f; stroke-width: .05; stroke-dasharray: .14 .09; }
.ls-corner-grid rect[data-support=far] { fill: #c2410c; fill-opacity: .13; stroke: #c2410c; stroke-width: .06; }
`;

/** The frame of one image, which shows its verdict. @param {number} i */
function createCell(i) {
  const [x, y] = [(i % CELLS) + 0.05, Math.floor(i / CELLS) + 0.05];
  return svg("rect", { x, y, width: 0.9, height: 0.9, rx: 0.06 });
}

export class CornerGrid {
  #abort = new AbortController();
  #sheet = new Float32Array(0);

  constructor() {
    addStyle("ls-corner-grid", STYLE);
    this.canvas = imageCanvas();
    this.cells = Array.from({ length: CELLS * CELLS }, (_, i) => createCell(i));
    this.root = el(
      "span",
      { class: "ls-corner-grid", "aria-hidden": "true" },
      this.canvas,
      svg("svg", { viewBox: `0 0 ${CELLS} ${CELLS}` }, ...this.cells),
    );
    this.legend = el(
      "span",
      { class: "ls-corner-grid-key ls-caption", hidden: true },
      ...[el("i"), "sparse or doubtful", el("i"), "far from data, or unlike it"],
    );
  }

  /**
   * Decode all rows again; each replaces the previous one as soon as it is decoded.
   * @param {import("../../decoding/decoder.js").Decoder} decoder @param {Float32Array} corners
   * @param {CornerInterpolation} kind @param {Promise<LatentSpace>} space
   */
  async update(decoder, corners, kind, space) {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.root.dataset.ready = "false";
    const { dim, shape } = decoder.spec;
    for (let row = 0; row < CELLS; row++) {
      const codes = rowCodes(corners, dim, row, kind);
      const { images, realism } = await decoder.decode(codes, { urgent: false, signal });
      const latentSpace = await space;
      if (signal.aborted) return;
      this.#showImages(images, shape, row);
      for (let column = 0; column < CELLS; column++) {
        const code = codes.subarray(column * dim, (column + 1) * dim);
        const verdict = decoder.verdict(latentSpace.support(code).level, realism, column);
        this.#showVerdict(verdict, row * CELLS + column);
      }
    }
    this.legend.hidden = this.cells.every(({ dataset }) => dataset.support === "near");
    this.root.dataset.ready = "true";
  }

  /** @param {Float32Array} images of one row @param {[number, number, number]} shape @param {number} row */
  #showImages(images, shape, row) {
    const gridShape = sheetShape(shape);
    const size = gridShape[0] * gridShape[1] * gridShape[2];
    if (this.#sheet.length !== size) this.#sheet = new Float32Array(size);
    copyRow(this.#sheet, images, shape, row);
    showDecoded(this.canvas, this.#sheet, gridShape, 0, shape[2]);
  }

  /** @param {import("../../core/verdict.js").Verdict} verdict @param {number} index of the cell */
  #showVerdict(verdict, index) {
    this.cells[index].dataset.support = verdict.slug;
    this.cells[index].dataset.image = verdict.image ?? "";
  }

  dispose() {
    this.#abort.abort();
  }
}
