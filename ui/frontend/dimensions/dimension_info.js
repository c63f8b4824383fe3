// @ts-check
/** What Python sends about the latent dimensions, and its text: names, values, KL or variance. */

import { formatNumber } from "../core/format.js";

/** @typedef {import("../core/payloads.js").DimensionInfo} DimensionInfo */

/** The name of a dimension. @param {number} d */
export const dimensionName = (d) => `z${d + 1}`;

/** KL or variance of a dimension, as text. @param {DimensionInfo} dims @param {number} d */
export function usageText(dims, d) {
  const value = dims.kl_or_variance[d];
  if (dims.unit === "share")
    return `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} % of the variance`;
  return `KL ${value.toFixed(value < 0.1 ? 3 : 1)} nats`;
}

/** The number of decimals for a dimension's values. @param {DimensionInfo} dims @param {number} d */
export function digitsFor(dims, d) {
  const length = dims.high[d] - dims.low[d];
  return Math.max(0, Math.min(5, 3 - Math.ceil(Math.log10(length / 4))));
}

/** A dimension's value, as text. @param {DimensionInfo} dims @param {number} d @param {number} value */
export const valueText = (dims, d, value) => formatNumber(value, digitsFor(dims, d));

/** A dimension's name and value, as text. @param {DimensionInfo} dims @param {number} d @param {number} value */
export const nameAndValue = (dims, d, value) =>
  `${dimensionName(d)} = ${valueText(dims, d, value)}`;

/** The factor that correlates most, as text; "" where none is known. @param {DimensionInfo} dims @param {number} d */
export function correlateText(dims, d) {
  const factor = dims.correlates[d];
  return factor ? `correlates with ${factor.name} (ρ = ${formatNumber(factor.value, 2)})` : "";
}

/**
 * With an entry per dimension: Python sends those of the listed dimensions only.
 * @param {DimensionInfo} dims @param {number} count D
 * @returns {DimensionInfo}
 */
export function withAllDimensions(dims, count) {
  const { listed } = dims;
  if (listed.length === count) return dims;
  /** @template T @param {T[]} column @param {T} other @returns {T[]} */
  const spread = (column, other) => {
    const all = new Array(count).fill(other);
    listed.forEach((d, k) => (all[d] = column[k]));
    return all;
  };
  return {
    ...dims,
    kl_or_variance: spread(dims.kl_or_variance, 0),
    inactive: spread(dims.inactive, false),
    low: spread(dims.low, -1),
    high: spread(dims.high, 1),
    correlates: spread(dims.correlates, null),
  };
}
