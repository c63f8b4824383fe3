// @ts-check
/** Typed arrays and bit sets to and from base64 text. */

/** @param {string} text base64 */
function decodeBase64(text) {
  const packed = atob(text);
  return new DataView(Uint8Array.from(packed, (letter) => letter.charCodeAt(0)).buffer);
}

/** Decode little-endian float32 values. @param {string} text base64 @returns {Float32Array} */
export function float32FromBase64(text) {
  const view = decodeBase64(text);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** Decode little-endian float64 values. @param {string} text base64 @returns {Float64Array} */
export function float64FromBase64(text) {
  const view = decodeBase64(text);
  return Float64Array.from({ length: view.byteLength / 8 }, (_, i) => view.getFloat64(8 * i, true));
}

/**
 * Encode one bit per sample, least significant bit first.
 * @param {Uint8Array} inside one byte per sample, 0 or 1
 * @returns {string} base64
 */
export function bitsToBase64(inside) {
  const bits = new Uint8Array(Math.ceil(inside.length / 8));
  for (let i = 0; i < inside.length; i++) if (inside[i]) bits[i >> 3] |= 1 << (i & 7);
  let text = "";
  for (let i = 0; i < bits.length; i += 8192) {
    text += String.fromCharCode(...bits.subarray(i, i + 8192));
  }
  return btoa(text);
}
