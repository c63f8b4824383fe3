// @ts-check
/** Random codes from Gaussians, sample by sample; a port of `latent_core.sampling`. */

import { float64FromBase64 } from "../core/base64.js";
import {
  CHOICE_COUNTER,
  FIRST_MIX_FACTOR,
  SECOND_MIX_FACTOR,
  WEYL_INCREMENT,
} from "../core/constants.js";
import { fetchBytes } from "../core/fetch.js";
import { memoizeAsync } from "../core/lru.js";

/** @typedef {import("../core/payloads.js").DistributionSpec} DistributionSpec */
/** @typedef {{seed: number, temperature: number, truncation: number}} SamplingSettings truncation: the fraction that is kept */

/** A permutation of the 32-bit numbers in which every bit depends on all others. @param {number} bits */
function mixed(bits) {
  let x = Math.imul(bits ^ (bits >>> 16), FIRST_MIX_FACTOR);
  x = Math.imul(x ^ (x >>> 13), SECOND_MIX_FACTOR);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * The numbers in (0, 1) of one sample, by counter.
 * @param {number} seed @param {number} index of the sample
 * @returns {(counter: number) => number}
 */
export function uniformsOf(seed, index) {
  const first = mixed(mixed(seed) ^ index);
  const second = mixed(mixed((index + WEYL_INCREMENT) | 0) ^ seed);
  return (counter) => {
    const weyl = Math.imul(counter, WEYL_INCREMENT);
    return (mixed(first ^ mixed((second + weyl) | 0)) + 0.5) / 2 ** 32;
  };
}

/** Noise from N(0, I). @param {(counter: number) => number} uniform @param {number} count */
export function standardNormals(uniform, count) {
  const noise = new Float64Array(count);
  for (let k = 0; k < count; k += 2) {
    const radius = Math.sqrt(-2 * Math.log(uniform(k)));
    const angle = 2 * Math.PI * uniform(k + 1);
    noise[k] = radius * Math.cos(angle);
    if (k + 1 < count) noise[k + 1] = radius * Math.sin(angle);
  }
  return noise;
}

/**
 * Piecewise linear interpolation; constant outside.
 * @param {number} x @param {ArrayLike<number>} from ascending @param {ArrayLike<number>} to
 */
function interpolate(x, from, to) {
  const last = from.length - 1;
  if (x <= from[0]) return to[0];
  if (x >= from[last]) return to[last];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle] <= x) low = middle;
    else high = middle;
  }
  return to[low] + ((x - from[low]) / (from[high] - from[low])) * (to[high] - to[low]);
}

export class CodeDistribution {
  /** @param {DistributionSpec} spec @param {Float32Array} parameters means (K, D), then factors (K, D, D) or standard deviations (K, D) */
  constructor(spec, parameters) {
    this.dim = spec.dim;
    this.limits = spec.cumulative_weights;
    const size = this.limits.length * this.dim;
    this.means = parameters.subarray(0, size);
    this.factors = parameters.subarray(size);
    this.isDiagonal = spec.diagonal;
    this.logRadii = float64FromBase64(spec.log_radii);
    this.logProbabilities = float64FromBase64(spec.log_probabilities);
  }

  /** The component of a sample. @param {number} number in (0, 1) */
  #component(number) {
    const above = this.limits.findIndex((limit) => number < limit);
    return above < 0 ? this.limits.length - 1 : above;
  }

  /** The factor that truncation multiplies noise by. @param {Float64Array} noise @param {number} kept */
  #truncationScale(noise, kept) {
    if (kept === 1) return 1;
    let squared = 0;
    for (const value of noise) squared += value * value;
    const logNorm = Math.log(Math.max(Math.sqrt(squared), 1e-300));
    const smaller = interpolate(logNorm, this.logRadii, this.logProbabilities) + Math.log(kept);
    const logTruncated = interpolate(smaller, this.logProbabilities, this.logRadii);
    return Math.min(1, Math.exp(logTruncated - logNorm));
  }

  /** The code of a sample. @param {number} index @param {SamplingSettings} settings */
  sample(index, { seed, temperature, truncation }) {
    const { dim, means, factors } = this;
    const uniform = uniformsOf(seed, index);
    const noise = standardNormals(uniform, dim);
    const scale = temperature * this.#truncationScale(noise, truncation);
    const start = this.#component(uniform(CHOICE_COUNTER)) * dim;
    const code = new Float32Array(dim);
    for (let i = 0; i < dim; i++) {
      let offset = 0;
      if (this.isDiagonal) offset = factors[start + i] * noise[i];
      else {
        const row = (start + i) * dim;
        for (let j = 0; j <= i; j++) offset += factors[row + j] * noise[j];
      }
      code[i] = means[start + i] + scale * offset;
    }
    return code;
  }
}

/** @param {DistributionSpec} spec */
async function fetchDistribution(spec) {
  const view = new DataView(await fetchBytes(spec.url));
  const values = Float32Array.from({ length: view.byteLength / 4 }, (_, i) =>
    view.getFloat32(4 * i, true),
  );
  return new CodeDistribution(spec, values);
}

/** The distribution of a `DistributionSpec`; its parameters are fetched once. */
export const loadDistribution = memoizeAsync(16, fetchDistribution, (spec) => spec.url);
