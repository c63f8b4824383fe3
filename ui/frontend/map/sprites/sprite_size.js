// @ts-check
/** How large images are drawn in the place of points. */

const MIN_SIDE_PX = 22; // smaller ones show nothing
const MAX_SIDE_PX = 72;
const FILLED = 0.6; // of the area per point
const STEP_PX = 2;

/**
 * The side of an image, so that most of those in view have space; 0 where points are too dense.
 * @param {number} count of points in view @param {number} area of the view, in square pixels
 */
export function spriteSide(count, area) {
  const side = FILLED * Math.sqrt(area / Math.max(1, count));
  if (side < MIN_SIDE_PX) return 0;
  return Math.min(MAX_SIDE_PX, Math.floor(side / STEP_PX) * STEP_PX);
}
