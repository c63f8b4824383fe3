// @ts-check
/** Where the card next to the pointer fits. */

/** @typedef {{width: number, height: number}} Size in CSS pixels */

const GAP_PX = 16; // between the pointer and the card
const EDGE_PX = 4; // between the card and the container's edge

/**
 * Right of a pixel position where there is space, else left of it; always within the top and bottom edge.
 * @param {number} x @param {number} y @param {Size} card @param {Size} container
 * @returns {{left: number, top: number}} whole pixels
 */
export function cardPosition(x, y, card, container) {
  const fitsRight = x + GAP_PX + card.width <= container.width;
  const left = fitsRight ? x + GAP_PX : Math.max(EDGE_PX, x - GAP_PX - card.width);
  const lowest = Math.max(EDGE_PX, container.height - card.height - EDGE_PX);
  const top = Math.min(Math.max(EDGE_PX, y - card.height - GAP_PX / 2), lowest);
  return { left: Math.round(left), top: Math.round(top) };
}
