// @ts-check
/** Affine functions, the layers of the small autoencoder. */

/** @typedef {import("../core/payloads.js").AffineData} AffineData */

/** `weight @ x + bias`. @param {AffineData} affine @param {number[]} x @returns {number[]} */
export function applyAffine({ weight, bias }, x) {
  return weight.map((row, i) => row.reduce((sum, value, j) => sum + value * x[j], bias[i]));
}

/** Values limited to those of a picture, 0 to 1. @param {number[]} values */
export function clipToPicture(values) {
  return values.map((value) => Math.min(1, Math.max(0, value)));
}

/** @param {number[]} a @param {number[]} b the mean of the squared differences */
export function meanSquaredError(a, b) {
  return a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length;
}
