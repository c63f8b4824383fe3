// @ts-check
/** The difference of a reconstruction from its original, in the colors of the panels. */

const MISSING = [61, 143, 214]; // where the reconstruction is darker
const ADDED = [229, 122, 31]; // where it is brighter
const FULL_OPACITY_DIFFERENCE = 0.5 * 255;

/**
 * Replace a reconstruction by its difference, over white: that of the channel that differs most.
 * @param {Uint8ClampedArray} original RGBA @param {Uint8ClampedArray} decoded RGBA, is overwritten
 */
export function differencePixels(original, decoded) {
  for (let i = 0; i < original.length; i += 4) {
    let signed = 0;
    for (let c = 0; c < 3; c++) {
      const difference = decoded[i + c] - original[i + c];
      if (Math.abs(difference) > Math.abs(signed)) signed = difference;
    }
    const opacity = Math.min(1, Math.abs(signed) / FULL_OPACITY_DIFFERENCE);
    const color = signed < 0 ? MISSING : ADDED;
    for (let c = 0; c < 3; c++) decoded[i + c] = Math.round(255 + opacity * (color[c] - 255));
    decoded[i + 3] = 255;
  }
}
