// @ts-check
/** Crossover of two codes and variations around a code; a port of `latent_core.analysis.dimension_groups`. */

/** @typedef {import("./paths.js").Vector} Vector */

/**
 * A code whose dimension groups come from `a`, from `b`, or from the line between them.
 * @param {Vector} a @param {Vector} b
 * @param {number[][]} groups the dimensions of each group; every dimension is in one
 * @param {number[]} weights one per group, in [0, 1]: 0 takes it from `a`, 1 from `b`
 */
export function crossover(a, b, groups, weights) {
  const out = new Float32Array(a.length);
  groups.forEach((group, g) => {
    for (const d of group) out[d] = (1 - weights[g]) * a[d] + weights[g] * b[d];
  });
  return out;
}

/**
 * A random variation of `center`.
 * @param {Vector} center @param {Vector} mean of the data's codes
 * @param {Vector} noise a sample of N(0, Σ), Σ the covariance of the data's codes
 * @param {number} amount in [0, 1]: 0 gives `center` itself, 1 is independent of it
 */
export function sampleVariation(center, mean, noise, amount) {
  const shrinkage = Math.sqrt(1 - amount ** 2) - 1;
  return Float32Array.from(
    { length: center.length },
    (_, d) => center[d] + shrinkage * (center[d] - mean[d]) + amount * noise[d],
  );
}
