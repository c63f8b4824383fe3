// @ts-check
/** The sizes of image and code, in words. */

import { formatCount, formatQuantity } from "../../core/format.js";

/**
 * Texts of the sizes along the pipeline.
 * @param {[number, number, number]} imageShape channels, height, width
 * @param {number} latentDim
 * @param {boolean} hasMap
 */
export function sizeTexts([channels, height, width], latentDim, hasMap) {
  const pixels = formatCount(height * width);
  const dims = formatCount(latentDim);
  const dimensions = formatQuantity(latentDim, "dimension");
  return {
    pixels,
    pixelUnit: channels === 1 ? " pixels" : ` pixels × ${channels} colors`,
    dims,
    dimUnit: latentDim === 1 ? " dimension" : " dimensions",
    code: hasMap ? `${dimensions}, a point on the map` : dimensions,
    encoder: `${pixels} → ${dims}`,
    decoder: `${dims} → ${pixels}`,
    decoded: `${pixels} pixels`,
  };
}

/**
 * The side of an image in px, before it is fitted to whole pixels.
 * @param {number} available width of the pipeline, in px
 */
export function stepSide(available) {
  const isRow = available > 760; // as in the style sheet
  const side = isRow ? (available - 112) / 6.62 : Math.min(150, (available - 16) / 2);
  return Math.min(224, side);
}

/** A code of zeros, shown while there is no image.
 * @param {number} size @returns {import("../../widgets/code_bars.js").Code} */
export function zeroCode(size) {
  const zeros = new Array(size).fill(0);
  return {
    values: zeros,
    low: zeros.map(() => -1),
    high: zeros.map(() => 1),
    active: null,
    std: null,
  };
}
