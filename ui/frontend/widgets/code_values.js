// @ts-check
/** The values of a code in relation to the data's range per dimension. */

import { formatNumber } from "../core/format.js";

/** @typedef {import("../core/payloads.js").Code} Code */

/**
 * Position of a value in its dimension's range: 0 in the middle, ±1 at its far end.  The middle
 * is 0 if the range contains 0.
 * @param {number} value @param {number} low @param {number} high
 */
export function relativePosition(value, low, high) {
  const middle = low <= 0 && high >= 0 ? 0 : (low + high) / 2;
  const reach = Math.max(high - middle, middle - low);
  return reach > 0 ? (value - middle) / reach : Math.sign(value - middle);
}

/** A dimension's value and range in words. @param {Code} code @param {number} index */
export function describeDimension({ values, low, high, active, std }, index) {
  const digits = Math.max(Math.abs(low[index]), Math.abs(high[index])) >= 100 ? 1 : 2;
  const [value, from, to] = [values[index], low[index], high[index]].map((number) =>
    formatNumber(number, digits),
  );
  const deviation = std ? ` ± ${formatNumber(std[index], digits)}` : "";
  const inactive = active && !active[index] ? ", inactive" : "";
  return `z${index + 1} = ${value}${deviation}  ·  usually ${from} to ${to}${inactive}`;
}

/**
 * The ends of the interval value ± std, as fractions of the height of a bar, in [0, 1].
 * @param {Code} code @param {number} index @returns {[number, number] | null}
 */
export function deviationSpan({ values, low, high, std }, index) {
  if (!std) return null;
  const ends = [values[index] - std[index], values[index] + std[index]].map((end) => {
    const position = relativePosition(end, low[index], high[index]);
    return 0.5 + 0.5 * Math.max(-1, Math.min(1, position));
  });
  return [ends[0], ends[1]];
}

/**
 * The index of the bar at a position, or -1 outside.
 * @param {number} position @param {number} start @param {number} end @param {number} count
 */
export function barIndex(position, start, end, count) {
  const index = Math.floor(((position - start) / (end - start)) * count);
  return index < 0 || index >= count ? -1 : index;
}
