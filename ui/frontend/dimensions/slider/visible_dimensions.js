// @ts-check
/** Which dimensions have a slider in the list, and which are folded away as inactive. */

import { dimensionName } from "../dimension_info.js";

const MANY_DIMENSIONS = 64;
const N_SHOWN = 24; // of many dimensions
const MAX_NAMES = 8; // inactive dimensions that are listed by name

/**
 * @param {Pick<import("../dimension_info.js").DimensionInfo, "order" | "inactive">} dims
 * @param {boolean} showsAll whether all active dimensions are wanted
 * @returns {{active: number[], visible: number[], inactive: number[]}} `visible`: the first of `active`
 */
export function groupByVisibility({ order, inactive }, showsAll) {
  const active = order.filter((d) => !inactive[d]);
  const isShortened = order.length >= MANY_DIMENSIONS && !showsAll;
  return {
    active,
    visible: isShortened ? active.slice(0, N_SHOWN) : active,
    inactive: order.filter((d) => inactive[d]).sort((a, b) => a - b),
  };
}

/** "2 inactive dimensions: z3, z7". @param {number[]} inactive */
export function inactiveText(inactive) {
  const count = `${inactive.length} inactive dimension${inactive.length === 1 ? "" : "s"}`;
  if (inactive.length > MAX_NAMES) return count;
  return `${count}: ${inactive.map(dimensionName).join(", ")}`;
}
