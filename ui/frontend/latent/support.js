// @ts-check
/** Support: how near a code is to the data's codes; a port of `latent_core.analysis.support`. */

import { fetchTable } from "../core/fetch.js";
import { memoizeAsync } from "../core/lru.js";
import { PointIndex, quantileRank, valueAtRank } from "./neighbors.js";

/** @typedef {import("../core/payloads.js").TableSpec} TableSpec */
/** @typedef {import("../core/payloads.js").SpaceSpec} SpaceSpec */
/** @typedef {import("../core/support_level.js").SupportLevel} SupportLevel */
/** @typedef {{rank: number, level: SupportLevel}} Support */

/** The codes of a data set, with the support of any code. */
export class LatentSpace {
  /** @param {SpaceSpec} spec @param {Float32Array} codes */
  constructor(spec, codes) {
    this.spec = spec;
    this.dim = spec.codes.dims;
    this.codes = new PointIndex(codes, this.dim, spec.distance_quantiles, spec.active_dims);
  }

  /** The values of a code in the dimensions of the table. @param {ArrayLike<number>} code @returns {ArrayLike<number>} */
  #inTable(code) {
    const { code_dims } = this.spec;
    return code_dims.length ? Float32Array.from(code_dims, (d) => code[d]) : code;
  }

  /** The samples nearest to a code. @param {ArrayLike<number>} code @param {number} n */
  nearest(code, n) {
    return this.codes.nearest(this.#inTable(code), n);
  }

  /** The level of a quantile rank. @param {number} rank @returns {SupportLevel} */
  level(rank) {
    if (rank <= this.spec.near_limit) return "near data";
    return rank <= this.spec.sparse_limit ? "sparse" : "far from data";
  }

  /**
   * The quantile rank of a code's distance from the data; at most the rank of its norm among the
   * prior samples that the model was trained on.
   * @param {ArrayLike<number>} code
   */
  rank(code) {
    const { distance_quantiles, prior_norm_quantiles } = this.spec;
    const rank = prior_norm_quantiles.length ? this.#priorRank(code) : 1;
    if (rank === 1) return this.codes.distanceRank(this.#inTable(code));
    const largest = valueAtRank(rank, distance_quantiles);
    const distance = this.codes.scaledDistance(this.#inTable(code));
    return quantileRank(Math.min(distance, largest), distance_quantiles);
  }

  /** The rank of the norm among the prior samples. @param {ArrayLike<number>} code */
  #priorRank(code) {
    let squared = 0;
    for (let d = 0; d < code.length; d++) squared += code[d] * code[d];
    return quantileRank(Math.sqrt(squared), this.spec.prior_norm_quantiles);
  }

  /** Rank and level of a code. @param {ArrayLike<number>} code @returns {Support} */
  support(code) {
    const rank = this.rank(code);
    return { rank, level: this.level(rank) };
  }
}

/** @param {SpaceSpec} spec */
async function fetchSpace(spec) {
  return new LatentSpace(spec, await fetchTable(spec.codes));
}

/** The latent space of a `SpaceSpec`; its codes are fetched once. */
export const loadSpace = memoizeAsync(16, fetchSpace, (spec) => spec.codes.url);
