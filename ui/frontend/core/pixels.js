// @ts-check
/** Pixel values and whole-number scaling of images. */

const MAX_SCALE = 16;
const MIN_USED_SHARE = 0.84; // of the available width, for a whole number of device pixels

/** @typedef {[number, number, number]} ImageShape channels (1 or 3), height, width */

/**
 * One of several images as RGBA bytes.
 * @param {Float32Array} images (N, C, H, W) in [0, 1]; values outside are clipped
 * @param {ImageShape} shape
 * @param {number} [index] which image
 * @returns {Uint8ClampedArray} (H, W, 4)
 */
export function rgbaFromImages(images, [channels, height, width], index = 0) {
  const area = height * width;
  const start = index * channels * area;
  const rgba = new Uint8ClampedArray(4 * area).fill(255);
  for (let i = 0; i < area; i++) {
    for (let c = 0; c < 3; c++) {
      rgba[4 * i + c] = Math.round(255 * images[start + (channels === 3 ? c * area : 0) + i]);
    }
  }
  return rgba;
}

/**
 * The whole factor that enlarges `pixels` to at least `displayed` device pixels, in [1, 16].
 * @param {number} displayed @param {number} pixels
 */
export function integerScale(displayed, pixels) {
  return Math.max(1, Math.min(MAX_SCALE, Math.ceil(displayed / pixels - 0.01)));
}

/**
 * The largest side up to `available` at which the image's pixels fall on whole device pixels,
 * unless that would leave much of the space empty.
 * @param {number} available in CSS pixels
 * @param {number} pixels of the image
 * @returns {number} in CSS pixels
 */
export function fitSide(available, pixels) {
  const ratio = globalThis.devicePixelRatio || 1;
  const side = (Math.floor((available * ratio) / pixels) * pixels) / ratio;
  return side >= MIN_USED_SHARE * available ? side : Math.floor(available);
}
