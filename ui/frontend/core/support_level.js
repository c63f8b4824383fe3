// @ts-check
/** How much data lies near a code, in words; `latent_core.support` uses the same ones. */

/** @typedef {"near data" | "sparse" | "far from data"} SupportLevel */

/** The words as they stand in data attributes, nearest first. @type {Record<SupportLevel, "near" | "sparse" | "far">} */
export const SUPPORT_SLUGS = { "near data": "near", sparse: "sparse", "far from data": "far" };
