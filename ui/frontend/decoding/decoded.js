// @ts-check
/** Decoded images with their realism, in parts and from the server. */

import { concatenate } from "../core/arrays.js";

/** @typedef {import("./onnx_session.js").Decoded} Decoded */

/** @param {Decoded[]} parts @returns {Decoded} */
export function joinDecoded(parts) {
  return {
    images: concatenate(parts.map(({ images }) => images)),
    realism: concatenate(parts.map(({ realism }) => realism)),
  };
}

/**
 * What the server sends: all pixels as bytes, then the realism of each image as float32, if any.
 * @param {ArrayBuffer} buffer @param {number} pixels number of values of all images @returns {Decoded}
 */
export function parseDecoded(buffer, pixels) {
  const rest = new DataView(buffer, pixels);
  return {
    images: Float32Array.from(new Uint8Array(buffer, 0, pixels), (byte) => byte / 255),
    realism: Float32Array.from({ length: rest.byteLength / 4 }, (_, k) =>
      rest.getFloat32(4 * k, true),
    ),
  };
}
