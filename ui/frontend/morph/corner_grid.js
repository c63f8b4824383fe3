// @ts-check
/** The grid of images between four corners, decoded row by row. */

import { addStyle, el, svg } from "../core/dom.js";
import { imageCanvas, showDecoded } from "../core/images.js";
import { SUPPORT_SLUGS } from "../core/support_level.js";
import { bilinear } from "../latent/paths.js";

/** @typedef {import("../latent/paths.js").CornerInterpolation} CornerInterpolation */

export const CELLS = 11; // to a side, the corners themselves among them

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

/** @param {number} index of a row or column @returns {number} its position in [0, 1] */
const fraction = (index) => index / (CELLS - 1);

/** The codes of one row, one after the other. @param {Float32Array} codes of the corners @param {number} dim @param {number} row @param {CornerInterpolation} mix */
function rowCodes(codes, dim, row, mix) {
  const rowOfCodes = new Float32Array(CELLS * dim);
  for (let column = 0; column < CELLS; column++) {
    rowOfCodes.set(bilinear(codes, dim, fraction(column), fraction(row), mix), column * dim);
  }
  return rowOfCodes;
}

/** Copy one row of images into the sheet. @param {Float32Array} sheet @param {Float32Array} images @param {[number, number, number]} shape @param {number} row */
function copyRow(sheet, images, [channels, height, width], row) {
  const rowWidth = CELLS * width;
  for (let column = 0; column < CELLS; column++) {
    for (let line = 0; line < channels * height; line++) {
      const source = (column * channels * height + line) * width;
      const [channel, y] = [Math.floor(line / height), line % height];
      const target = (channel * CELLS * height + row * height + y) * rowWidth + column * width;
      sheet.set(images.subarray(source, source + width), target);
    }
  }
}

export function createCornerGrid() {
  addStyle("ls-corner-grid", STYLE);
  const canvas = imageCanvas();
  const cells = Array.from({ length: CELLS * CELLS }, (_, i) =>
    svg("rect", {
      x: (i % CELLS) + 0.05,
      y: Math.floor(i / CELLS) + 0.05,
      width: 0.9,
      height: 0.9,
      rx: 0.06,
    }),
  );
  const root = el(
    "span",
    { class: "ls-corner-grid", "aria-hidden": "true" },
    canvas,
    svg("svg", { viewBox: `0 0 ${CELLS} ${CELLS}` }, ...cells),
  );
  const legend = el(
    "span",
    { class: "ls-corner-grid-key ls-caption", hidden: true },
    el("i"),
    "sparse",
    el("i"),
    "far from data",
  );
  let abort = new AbortController();
  let sheet = new Float32Array(0);

  /**
   * Decode all rows again; each replaces the previous one as soon as it is decoded.
   * @param {import("../decoding/decoder.js").Decoder} decoder @param {Float32Array} codes @param {CornerInterpolation} mix
   * @param {Promise<import("../latent/support.js").LatentSpace>} space
   */
  async function show(decoder, codes, mix, space) {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    root.dataset.ready = "false";
    const { dim, shape } = decoder.spec;
    const gridShape = /** @type {[number, number, number]} */ ([
      shape[0],
      CELLS * shape[1],
      CELLS * shape[2],
    ]);
    const size = gridShape[0] * gridShape[1] * gridShape[2];
    if (sheet.length !== size) sheet = new Float32Array(size);
    for (let row = 0; row < CELLS; row++) {
      const rowOfCodes = rowCodes(codes, dim, row, mix);
      const images = await decoder.decode(rowOfCodes, { urgent: false, signal });
      const latentSpace = await space;
      if (signal.aborted) return;
      copyRow(sheet, images, shape, row);
      showDecoded(canvas, sheet, gridShape);
      for (let column = 0; column < CELLS; column++) {
        const { level } = latentSpace.support(
          rowOfCodes.subarray(column * dim, (column + 1) * dim),
        );
        cells[row * CELLS + column].dataset.support = SUPPORT_SLUGS[level];
      }
    }
    legend.hidden = cells.every(({ dataset }) => dataset.support === "near");
    root.dataset.ready = "true";
  }
  return { root, legend, show, dispose: () => abort.abort() };
}
