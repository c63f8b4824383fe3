// @ts-check
/** Positions of pointer and handle during a drag. */

const SLACK_PX = 5; // a shorter movement is a click
const HANDLE_RADIUS_PX = 15; // within this radius the handle is grabbed and does not jump

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{left: number, top: number, width: number, height: number}} Box in px, of the surface */

/** The position in the box, as fractions of its sides; outside [0, 1] beyond its edges.
 * @param {Box} box @param {Point} point in px */
export function toFraction({ left, top, width, height }, { x, y }) {
  return { x: (x - left) / width, y: (y - top) / height };
}

/**
 * From the pointer to the handle, in px.
 * @param {Box} box @param {{x: number, y: number | null}} handle fractions; y is null on a track
 * @param {Point} pointer in px
 * @returns {Point}
 */
export function offsetToHandle({ left, top, width, height }, handle, { x, y }) {
  return {
    x: left + handle.x * width - x,
    y: handle.y === null ? 0 : top + handle.y * height - y,
  };
}

/** Whether the pointer grabs the handle rather than moving it there. @param {Point} offset in px */
export function isOnHandle({ x, y }) {
  return Math.hypot(x, y) < HANDLE_RADIUS_PX;
}

/** Whether the pointer has moved too little for a drag. @param {Point} from @param {Point} to */
export function isClick(from, to) {
  return Math.hypot(to.x - from.x, to.y - from.y) <= SLACK_PX;
}

/** Whether a touch moves sideways, and so does not scroll the page. @param {Point} from @param {Point} to */
export function isSideways(from, to) {
  return Math.abs(to.x - from.x) > SLACK_PX;
}
