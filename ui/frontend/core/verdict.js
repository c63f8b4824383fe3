// @ts-check
/** The verdict on a decoded image: the worse of its code's support and its own realism. */

import { SUPPORT_SLUGS } from "./support_level.js";

/** @typedef {import("./support_level.js").SupportLevel} SupportLevel */
/** @typedef {import("./payloads.js").RealismLimits} RealismLimits */
/** @typedef {"like the data" | "doubtful" | "unlike the data"} RealismLevel as `latent_core.models.realism` names them */
/**
 * @typedef {object} Verdict
 * @property {"near" | "sparse" | "far"} slug the value of `data-support`: the worse of both
 * @property {SupportLevel} support of the code
 * @property {RealismLevel | null} image null where the data set has no realism network
 */

const SLUGS = Object.values(SUPPORT_SLUGS);
/** @type {RealismLevel[]} */
const REALISM_LEVELS = ["like the data", "doubtful", "unlike the data"];

/** The realism level of an image. @param {number} realism log-odds @param {RealismLimits} limits @returns {RealismLevel} */
export function realismLevel(realism, { like, unlike }) {
  if (realism >= like) return "like the data";
  return realism >= unlike ? "doubtful" : "unlike the data";
}

/**
 * @param {SupportLevel} support @param {number | undefined} realism log-odds
 * @param {RealismLimits | null} limits @returns {Verdict}
 */
export function verdict(support, realism, limits) {
  return verdictOf(support, limits && realism !== undefined ? realismLevel(realism, limits) : null);
}

/** @param {SupportLevel} support @param {RealismLevel | null} image @returns {Verdict} */
export function verdictOf(support, image) {
  const ranks = [SLUGS.indexOf(SUPPORT_SLUGS[support]), image ? REALISM_LEVELS.indexOf(image) : 0];
  return { slug: SLUGS[Math.max(...ranks)], support, image };
}

/** Whether the image is worse than its code's support says. @param {Verdict} found */
function imageDecides({ slug, support }) {
  return slug !== SUPPORT_SLUGS[support];
}

/** The verdict in two or three words. @param {Verdict} found @returns {string} */
export function verdictWords(found) {
  if (!imageDecides(found)) return found.support;
  return found.image === "doubtful" ? "image doubtful" : "image unlike data";
}

/** What each level of support means, in one sentence. */
const SUPPORT_HELP = {
  "near data":
    "Codes like this are common: in the data or, for a GAN, among the random codes it was trained on.",
  sparse: "Few codes of the data are near this one: the image may be unreliable.",
  "far from data": "No code of the data is near this one: the decoder extrapolates.",
};

/** What the verdict means, and which of the two decided it. @param {Verdict} found @returns {string} */
export function verdictHelp(found) {
  const { support, image } = found;
  if (!imageDecides(found)) return SUPPORT_HELP[support];
  const looks = image === "doubtful" ? "may look unlike the data's" : "looks unlike the data's";
  return `The code is ${support}, but the decoded image ${looks}.`;
}
