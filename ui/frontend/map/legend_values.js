// @ts-check
/** The numbers in the legend. */

import { formatNumber } from "../core/format.js";

const MAX_DIGITS = 4; // after the decimal point

/** A number with as few digits as its range allows. @param {number} value @param {number} range highest less lowest */
export function formatShort(value, range) {
  const digits = 2 - Math.floor(Math.log10(range || 1));
  return formatNumber(value, Math.max(0, Math.min(MAX_DIGITS, digits)));
}

/** The numbers at the ends of a scale, which may leave values beyond them.
 * @param {{lo: number, hi: number, range: [number, number]}} scale of all values, and of the colors */
export function scaleEnds({ lo, hi, range: [low, high] }) {
  const text = (/** @type {number} */ value) => formatShort(value, high - low);
  return {
    low: low > lo ? `≤ ${text(low)}` : text(low),
    high: high < hi ? `≥ ${text(high)}` : text(high),
  };
}

/** Samples per class. @param {ArrayLike<number>} classes one per sample @param {number} count of classes @returns {number[]} */
export function countClasses(classes, count) {
  const counts = new Array(count).fill(0);
  for (let i = 0; i < classes.length; i++) counts[classes[i]] += 1;
  return counts;
}
