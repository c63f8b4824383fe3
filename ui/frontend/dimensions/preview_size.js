// @ts-check
/** How large the decoded image may be. */

export const FRAME_PX = 16; // both sides of the frame around the image
const RESERVED_PX = 470; // of a screen's height that title, map and tray need
const MIN_PX = 220;
const PHONE_PX = 640; // widest screen that counts as a phone
const PHONE_FRACTION = 0.42; // of a phone's width

/** The side of the image with its frame, in px. @param {number} width of the component @param {{innerWidth: number, innerHeight: number}} screen */
export function availableSide(width, { innerWidth, innerHeight }) {
  if (innerWidth <= PHONE_PX) return PHONE_FRACTION * width;
  return Math.min(width, Math.max(MIN_PX, innerHeight - RESERVED_PX));
}
