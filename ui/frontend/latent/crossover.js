// @ts-check
/** Children of two codes, computed as `latent_core.family` computes them. */

/** @typedef {import("./paths.js").Vector} Vector */

/**
 * The code that has each gene from `a`, from `b`, or from in between.
 * @param {Vector} a @param {Vector} b
 * @param {number[][]} groups the dimensions of each gene
 * @param {number[]} shares one for each gene: 0 takes it from `a`, 1 from `b`
 */
export function crossover(a, b, groups, shares) {
  const out = new Float32Array(a.length);
  groups.forEach((group, g) => {
    for (const d of group) out[d] = (1 - shares[g]) * a[d] + shares[g] * b[d];
  });
  return out;
}

/**
 * A code around `centre` that is as plausible as it is.
 * @param {Vector} centre @param {Vector} mean of the data
 * @param {Vector} noise varies as the data does
 * @param {number} amount 0 gives `centre` itself, 1 forgets it
 */
export function sampleVariation(centre, mean, noise, amount) {
  const shrinkage = Math.sqrt(1 - amount ** 2) - 1;
  return Float32Array.from({ length: centre.length }, (_, d) => centre[d] + shrinkage * (centre[d] - mean[d]) + amount * noise[d]);
}
