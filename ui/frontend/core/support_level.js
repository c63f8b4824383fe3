// @ts-check
/** The levels of support of a code, as `latent_core.analysis.support` names them. */

/** @typedef {"near data" | "sparse" | "far from data"} SupportLevel */

/**
 * The value of `data-support` for each level, nearest first.
 * @type {Record<SupportLevel, "near" | "sparse" | "far">}
 */
export const SUPPORT_SLUGS = { "near data": "near", sparse: "sparse", "far from data": "far" };
