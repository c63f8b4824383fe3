// @ts-check
/** Crossover of two codes and variations around a code; a port of the library's. */

/** @typedef {import("./paths.js").Vector} Vector */

/**
 * Takes each dimension group from `a`, from `b`, or from in between.
 * @param {Vector} a @param {Vector} b
 * @param {number[][]} groups the dimensions of each group
 * @param {number[]} shares one per group: 0 takes it from `a`, 1 from `b`
 */
export function crossover(a, b, groups, shares) {
  const out = new Float32Array(a.length);
  groups.forEach((group, g) => {
    for (const d of group) out[d] = (1 - shares[g]) * a[d] + shares[g] * b[d];
  });
  return out;
}

/**
 * A random variation of `centre`.
 * @param {Vector} center @param {Vector} mean of the data
 * @param {Vector} noise a draw with the covariance of the data
 * @param {number} amount 0 gives `centre` itself, 1 is independent of it
 */
export function sampleVariation(center, mean, noise, amount) {
  const shrinkage = Math.sqrt(1 - amount ** 2) - 1;
  return Float32Array.from(
    { length: center.length },
    (_, d) => center[d] + shrinkage * (center[d] - mean[d]) + amount * noise[d],
  );
}
