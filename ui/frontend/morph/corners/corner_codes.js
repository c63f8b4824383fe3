// @ts-check
/** The codes of the grid between four corners, and the sheet of its images. */

import { bilinear } from "../../latent/paths.js";

/** @typedef {import("../../latent/paths.js").CornerInterpolation} CornerInterpolation */

export const CELLS = 11; // to a side, the corners themselves among them

/** The position of a row or column, in [0, 1]. @param {number} index */
const fractionOf = (index) => index / (CELLS - 1);

/**
 * The codes of one row of the grid, one after the other.
 * @param {Float32Array} corners top left, top right, bottom left, bottom right
 * @param {number} dim @param {number} row @param {CornerInterpolation} kind
 */
export function rowCodes(corners, dim, row, kind) {
  const codes = new Float32Array(CELLS * dim);
  for (let column = 0; column < CELLS; column++)
    codes.set(bilinear(corners, dim, fractionOf(column), fractionOf(row), kind), column * dim);
  return codes;
}

/** The shape of the sheet. @param {[number, number, number]} shape of an image @returns {[number, number, number]} */
export const sheetShape = ([channels, height, width]) => [channels, CELLS * height, CELLS * width];

/**
 * Copy one row of images into the sheet.
 * @param {Float32Array} sheet @param {Float32Array} images one after the other
 * @param {[number, number, number]} shape channels, height and width of an image
 * @param {number} row
 */
export function copyRow(sheet, images, [channels, height, width], row) {
  const sheetWidth = CELLS * width;
  for (let column = 0; column < CELLS; column++) {
    for (let line = 0; line < channels * height; line++) {
      const source = (column * channels * height + line) * width;
      const [channel, y] = [Math.floor(line / height), line % height];
      const target = (channel * CELLS * height + row * height + y) * sheetWidth + column * width;
      sheet.set(images.subarray(source, source + width), target);
    }
  }
}
