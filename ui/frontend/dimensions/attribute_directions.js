// @ts-check
/** Attributes predicted from a code, and directions that change them; a port of `latent_core.analysis.attribute_directions`. */

import { formatNumber } from "../core/format.js";

/** @typedef {import("../core/payloads.js").Attribute} Attribute */

export class AttributeDirections {
  /**
   * @param {Float32Array} table weights (F, D), directions (F, D) and offsets (F)
   * @param {number} count F, the number of attributes
   */
  constructor(table, count) {
    this.table = table;
    this.count = count;
  }

  /** The prediction of an attribute. @param {number} f @param {Float32Array} code */
  predict(f, code) {
    const { table, count } = this;
    let sum = table[2 * count * code.length + f];
    for (let d = 0; d < code.length; d += 1) sum += table[f * code.length + d] * code[d];
    return sum;
  }

  /**
   * The code moved along an attribute's direction until the prediction has this value.
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

/** A prediction as text, with "under" or "over" where it leaves the range of the data set. @param {Attribute} attribute @param {number} value */
export function attributeText({ range: [lowest, highest], digits, unit }, value) {
  const clamped = Math.min(highest, Math.max(lowest, value));
  const prefix = value < lowest ? "under " : value > highest ? "over " : "";
  return `${prefix}${formatNumber(clamped, digits)} ${unit}`.trim();
}
