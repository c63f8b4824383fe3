// @ts-check
/** How much data lies near a code, in words; `latent_core.support` uses the same ones. */

/** @typedef {"near data" | "sparse" | "far from data"} Trust */

/** The words as they stand in data attributes, nearest first. @type {Record<Trust, "near" | "sparse" | "far">} */
export const TRUST_SLUGS = { "near data": "near", sparse: "sparse", "far from data": "far" };
