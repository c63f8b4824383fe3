// @ts-check
/** Directions of the latent space and the linear values that they change; a port of `latent_core.analysis.directions`. */

import { formatNumber } from "../../core/format.js";

/** @typedef {import("../../core/payloads.js").Direction} Direction */

export class LinearDirections {
  /**
   * @param {Float32Array} table weights (F, D), directions (F, D) and offsets (F)
   * @param {number} count F, the number of directions
   */
  constructor(table, count) {
    this.table = table;
    this.count = count;
  }

  /** The value of a code. @param {number} f @param {Float32Array} code */
  predict(f, code) {
    const { table, count } = this;
    let sum = table[2 * count * code.length + f];
    for (let d = 0; d < code.length; d += 1) sum += table[f * code.length + d] * code[d];
    return sum;
  }

  /**
   * The code moved along a direction until it has this value.
   * @param {number} f @param {Float32Array} code @param {number} value
   * @param {number} limit largest absolute value of the code
   */
  moveTo(f, code, value, limit) {
    const difference = value - this.predict(f, code);
    const first = (this.count + f) * code.length;
    return code.map((from, d) =>
      Math.max(-limit, Math.min(limit, from + difference * this.table[first + d])),
    );
  }
}

/**
 * The codes of a strip: moved to evenly spaced values, one code after the other.
 * @param {LinearDirections} directions @param {number} f @param {Float32Array} code
 * @param {Float32Array} values @param {number} limit largest absolute value of a code
 */
export function stripCodes(directions, f, code, values, limit) {
  const codes = new Float32Array(values.length * code.length);
  values.forEach((value, k) =>
    codes.set(directions.moveTo(f, code, value, limit), k * code.length),
  );
  return codes;
}

/** A value as text, with "under" or "over" where it leaves the range of the data set. @param {Direction} direction @param {number} value */
export function valueText({ range: [lowest, highest], digits, unit }, value) {
  const clamped = Math.min(highest, Math.max(lowest, value));
  const prefix = value < lowest ? "under " : value > highest ? "over " : "";
  return `${prefix}${formatNumber(clamped, digits)} ${unit}`.trim();
}
