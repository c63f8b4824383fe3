// @ts-check
/** The codes of a crossover: two parents mixed per dimension group, and variations around the mixture. */

import { float32FromBase64 } from "../core/base64.js";
import { crossover, sampleVariation } from "../latent/crossover.js";

/** @typedef {import("../core/payloads.js").CrossoverState} CrossoverState */
/**
 * @typedef {object} CodesSpec
 * @property {string} parents two codes, float32 in base64
 * @property {string} mean of the data
 * @property {string} noise one draw per variation
 * @property {{dims: number[]}[]} groups
 * @property {boolean} last_inactive whether the last group holds the inactive dimensions
 */

/** @param {Float32Array} table @param {number} dim */
export function splitRows(table, dim) {
  const count = table.length / dim;
  return Array.from({ length: count }, (_, i) => table.subarray(i * dim, (i + 1) * dim));
}

export class CrossoverCodes {
  /** @param {CodesSpec} spec @param {number} dim of the codes */
  constructor({ parents, mean, noise, groups, last_inactive }, dim) {
    this.parents = splitRows(float32FromBase64(parents), dim);
    this.noise = splitRows(float32FromBase64(noise), dim);
    this.mean = float32FromBase64(mean);
    this.groups = groups.map((group) => group.dims);
    this.lastInactive = last_inactive;
  }

  /** The number of images: the crossover and its variations. */
  get count() {
    return this.noise.length + 1;
  }

  /** @param {number[]} shares */
  #crossover(shares) {
    return crossover(this.parents[0], this.parents[1], this.groups, shares);
  }

  /** The crossover (0) or one of its variations. @param {CrossoverState} state @param {number} child */
  code(state, child) {
    const center = this.#crossover(state.shares);
    if (child === 0) return center;
    return sampleVariation(center, this.mean, this.noise[child - 1], state.amount);
  }

  /** The selected code. @param {CrossoverState} state */
  selected(state) {
    return this.code(state, state.child);
  }

  /** The selected code with one group from one parent. @param {CrossoverState} state @param {number} group @param {number} share */
  withGroup(state, group, share) {
    return this.selected({ ...state, shares: withShare(state.shares, group, share) });
  }

  /** All codes that are shown small: crossover and variations, then per group the selected code with the group from A and from B. @param {CrossoverState} state */
  all(state) {
    return [
      ...Array.from({ length: this.count }, (_, child) => this.code(state, child)),
      ...state.shares.flatMap((_, group) => [
        this.withGroup(state, group, 0),
        this.withGroup(state, group, 1),
      ]),
    ];
  }

  /** The mean share of B; inactive dimensions do not count. @param {number[]} shares */
  meanShare(shares) {
    const active = this.lastInactive && shares.length > 1 ? shares.slice(0, -1) : shares;
    return active.reduce((sum, share) => sum + share, 0) / active.length;
  }
}

/** @param {number[]} shares @param {number} group @param {number} share of that group */
export const withShare = (shares, group, share) =>
  shares.map((own, g) => (g === group ? share : own));

/**
 * Each group from A, from B, or from halfway, at random; not the same as before.
 * @param {number[]} shares before @param {() => number} [random] in [0, 1)
 */
export function randomShares(shares, random = Math.random) {
  let next = shares;
  while (String(next) === String(shares)) next = shares.map(() => Math.floor(3 * random()) / 2);
  return next;
}

/** @param {number} value */
const round = (value) => Math.round(value * 1e4) / 1e4;

/** The state as it is reported: to four digits. @param {CrossoverState} state @returns {CrossoverState} */
export const roundState = ({ shares, amount, seed, child }) => ({
  shares: shares.map(round),
  amount: round(amount),
  seed,
  child,
});
