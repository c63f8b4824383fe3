// @ts-check
/** The order and the names of the crossover and its variations. */

import { MAX_VARIATION_SEED, N_VARIATIONS } from "../core/constants.js";

/** @param {number} child 0 is the crossover itself */
export const variationName = (child) => (child ? `variation ${child}` : "the crossover");

/** The seed of other variations. @param {number} seed */
export const nextSeed = (seed) => (seed === MAX_VARIATION_SEED ? 0 : seed + 1);

/** The neighbor that an arrow key leads to, past the end to the beginning; null for other keys. @param {number} child @param {string} key */
export function neighborOf(child, key) {
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key];
  if (!step) return null;
  return (child + step + N_VARIATIONS + 1) % (N_VARIATIONS + 1);
}
