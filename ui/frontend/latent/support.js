// @ts-check
/** The codes of the data, and how near they are to any code; computed as `latent_core.support` does. */

import { fetchTable } from "../core/fetch.js";
import { memoizeAsync } from "../core/lru.js";
import { PointIndex, quantileRank } from "./neighbors.js";

/** @typedef {{url: string, count: number, dims: number, lo: number[], hi: number[]}} TableSpec */
/** @typedef {{codes: TableSpec, used: number[], usual: number[], shell: Shell | null, taught: number[], known: number, thin: number}} SpaceSpec `used` dimensions count for the support; `taught`: quantiles of the norm of codes that a GAN was taught on, or none */
/** @typedef {{middle: number[], lengths: number[], shares: number[]}} Shell where the data has a hollow inside; `middle` has a number for each dimension that counts */
/** @typedef {import("../core/support_level.js").SupportLevel} SupportLevel */
/** @typedef {{rank: number, level: SupportLevel}} Support */

export class LatentSpace {
  /** @param {SpaceSpec} spec @param {Float32Array} codes */
  constructor(spec, codes) {
    this.spec = spec;
    this.dim = spec.codes.dims;
    this.codes = new PointIndex(codes, this.dim, spec.usual, spec.used);
  }

  /** The word for a share. @param {number} rank @returns {SupportLevel} */
  level(rank) {
    if (rank <= this.spec.known) return "near data";
    return rank <= this.spec.thin ? "sparse" : "far from data";
  }

  /** The share of the data that is farther in than a code; no less than the shell has it, and no
   * more than of the random codes that the model was taught on. @param {ArrayLike<number>} code */
  rank(code) {
    const { taught, shell } = this.spec;
    let rank = this.codes.distanceRank(code);
    if (shell) rank = Math.max(rank, this.#innerRank(shell, code));
    if (!taught.length) return rank;
    let squared = 0;
    for (let d = 0; d < this.dim; d++) squared += code[d] * code[d];
    return Math.min(rank, quantileRank(Math.sqrt(squared), taught));
  }

  /** @param {Shell} shell @param {ArrayLike<number>} code */
  #innerRank({ middle, lengths, shares }, code) {
    const { activeDims } = this.codes;
    let squared = 0;
    middle.forEach((mean, k) => { squared += (code[activeDims[k]] - mean) ** 2; });
    const at = quantileRank(Math.sqrt(squared), lengths) * (shares.length - 1);
    const low = Math.min(Math.floor(at), shares.length - 2);
    return shares[low] + (at - low) * (shares[low + 1] - shares[low]);
  }

  /** How well the data supports a code. @param {ArrayLike<number>} code @returns {Support} */
  support(code) {
    const rank = this.rank(code);
    return { rank, level: this.level(rank) };
  }
}

/** @param {SpaceSpec} spec */
async function fetchSpace(spec) {
  return new LatentSpace(spec, await fetchTable(spec.codes));
}

/** The space of a `SpaceSpec`; its codes are fetched once. */
export const loadSpace = memoizeAsync(16, fetchSpace, (spec) => spec.codes.url);
