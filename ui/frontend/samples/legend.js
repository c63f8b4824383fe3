// @ts-check
/** What the number below a sample means. */

import { formatNumber } from "../core/format.js";

/** One sentence; empty where no distances are shown.
 * @param {import("../core/payloads.js").SampleGridData} data @param {boolean} showsNearest */
export function legendText({ sample_noun: noun, typical_distance: typical }, showsNearest) {
  if (!showsNearest) return "";
  return (
    `Beside each sample: the ${noun} with the nearest code. 1.0× is the median distance of a ` +
    `${noun}'s code to its nearest other, ${formatNumber(typical)}; a copy is near 0×.`
  );
}
