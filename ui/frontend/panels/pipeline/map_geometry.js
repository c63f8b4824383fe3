// @ts-check
/** Positions on a square thumbnail of a map; both axes have the same scale. */

import { QUANTIZATION_LEVELS } from "../../core/constants.js";

/** @typedef {{url: string, dims: number, lo: number[], hi: number[]}} MapPoints points of a map, quantized to 16 bits */

/** The fraction of the square that each axis covers; 1 for the longer one. @param {MapPoints} map */
export function axisFractions({ lo, hi }) {
  const ranges = [0, 1].map((k) => hi[k] - lo[k]);
  return ranges.map((range) => range / (Math.max(...ranges) || 1));
}

/**
 * A map point as fractions of the square from its left and bottom, clipped to its edges; the
 * center if there is none.
 * @param {MapPoints} map @param {number[] | null} point in map coordinates
 */
export function squarePosition(map, point) {
  const fractions = axisFractions(map);
  return [0, 1].map((k) => {
    const range = map.hi[k] - map.lo[k];
    const along = point && range > 0 ? (point[k] - map.lo[k]) / range : 0.5;
    return Math.max(0, Math.min(1, 0.5 + (along - 0.5) * fractions[k]));
  });
}

/**
 * A quantized point as fractions of the square from its left and top.
 * @param {Uint16Array} points @param {number} start of the point @param {number[]} fractions of the axes
 */
export function quantizedPosition(points, start, fractions) {
  return [
    0.5 + (points[start] / QUANTIZATION_LEVELS - 0.5) * fractions[0],
    0.5 - (points[start + 1] / QUANTIZATION_LEVELS - 0.5) * fractions[1],
  ];
}

/** Size and opacity of the dots of a thumbnail. @param {number} count of points */
export function dotStyle(count) {
  return { size: count > 4000 ? 2 : 4, opacity: Math.max(0.12, Math.min(0.6, 2600 / count)) };
}
