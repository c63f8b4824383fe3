// @ts-check
/** A dimension group in words: its name, its size and effect, and from which parent it comes. */

/** @typedef {{dims: number[], effect: number}} GroupInfo `effect`: fraction of the total change in the images */

export const PARENTS = ["A", "B"];

/** @param {number} index @param {boolean} isInactive whether it holds the inactive dimensions */
export const groupName = (index, isInactive) => (isInactive ? "inactive" : `group ${index + 1}`);

/** From which parent. @param {number} share of B */
export function shareText(share) {
  if (share === 0 || share === 1) return `from ${PARENTS[share]}`;
  return `${Math.round(100 * (1 - share))} % A, ${Math.round(100 * share)} % B`;
}

/** Size and effect of a group. @param {GroupInfo} group @returns {{short: string, long: string}} */
export function effectText({ dims, effect }) {
  const percent = `${(100 * effect).toFixed(effect < 0.01 ? 1 : 0)} %`;
  const count = `${dims.length} dimension${dims.length === 1 ? "" : "s"}`;
  const names = dims.map((d) => `z${d + 1}`).join(", ");
  return {
    short: `${count}, ${percent}`,
    long: `${names}: ${percent} of the total change in the images`,
  };
}
