// @ts-check
/** Codes along one latent dimension; a port of `latent_core.analysis.traversal`. */

/** Evenly spaced values, both ends among them.
 * @param {number} low @param {number} high @param {number} steps at least two */
export function traversalValues(low, high, steps) {
  return Float32Array.from({ length: steps }, (_, k) => low + ((high - low) * k) / (steps - 1));
}

/** A code with one value replaced by each of `values` in turn.
 * @param {Float32Array} code @param {number} d @param {Float32Array} values @returns {Float32Array} one code after the other */
export function traversalCodes(code, d, values) {
  const codes = new Float32Array(values.length * code.length);
  values.forEach((value, k) => {
    codes.set(code, k * code.length);
    codes[k * code.length + d] = value;
  });
  return codes;
}

/** The index of the traversal value nearest to `value`.
 * @param {number} low @param {number} high @param {number} steps @param {number} value */
export function nearestStep(low, high, steps, value) {
  const index = Math.round(((value - low) / (high - low)) * (steps - 1));
  return Math.max(0, Math.min(steps - 1, index));
}
