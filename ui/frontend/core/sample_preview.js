// @ts-check
/**
 * A sample that was just selected on the map, for the panel beside it: what the browser knows of
 * it is shown at once, the rest when Python has answered.
 */

import { publish, subscribe } from "./bus.js";

/**
 * @typedef {object} SamplePreview
 * @property {number} id
 * @property {string} label
 * @property {import("./images.js").Sheet} sheet with the original
 * @property {Float32Array} images (1, C, H, W) in [0, 1], the reconstruction
 * @property {import("./pixels.js").ImageShape} shape
 */

const CHANNEL = "map.sample_preview";

/** @param {SamplePreview | null} preview null: Python has answered */
export function publishPreview(preview) {
  publish(CHANNEL, preview);
}

/** @param {(preview: SamplePreview) => void} show @returns {() => void} unsubscribes */
export function subscribePreviews(show) {
  return subscribe(CHANNEL, (preview) => preview && show(preview));
}
