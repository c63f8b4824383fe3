// @ts-check
/** Which step of a tour comes next, and where its bubble is placed. */

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */
/** @typedef {{ width: number, height: number }} Size */

const GAP = 12;
const MARGIN = 8;

/**
 * The next step whose element is on the page.
 * @param {boolean[]} present whether the element of each step is there
 * @param {number} from index of the step that is shown; -1 before the first
 * @param {1 | -1} direction
 * @returns {number} -1 where there is none
 */
export function nextStep(present, from, direction) {
  for (let k = from + direction; k >= 0 && k < present.length; k += direction) {
    if (present[k]) return k;
  }
  return -1;
}

/**
 * Number of the step at `index` among those whose elements are there, and how many these are.
 * @param {boolean[]} present @param {number} index
 */
export function stepCount(present, index) {
  return {
    number: present.slice(0, index + 1).filter(Boolean).length,
    total: present.filter(Boolean).length,
  };
}

/** @param {number} value @param {number} size @param {number} room */
function clampInto(value, size, room) {
  return Math.max(MARGIN, Math.min(value, room - size - MARGIN));
}

/** The part of `box` inside the window, so that a frame around it has four sides. @param {Box} box @param {Size} view */
export function visiblePart(box, view) {
  const inset = 4;
  const left = Math.max(inset, Math.min(box.left, view.width - inset));
  const top = Math.max(inset, Math.min(box.top, view.height - inset));
  const right = Math.max(left, Math.min(box.left + box.width, view.width - inset));
  const bottom = Math.max(top, Math.min(box.top + box.height, view.height - inset));
  return { left, top, width: right - left, height: bottom - top };
}

/** Where the bubble would lie best, perhaps outside the window. @param {Box} target @param {Size} bubble @param {Size} view */
function bestPlace(target, bubble, view) {
  const x = target.left + (target.width - bubble.width) / 2;
  const y = target.top + (target.height - bubble.height) / 2;
  const right = target.left + target.width + GAP;
  const below = target.top + target.height + GAP;
  const left = target.left - GAP - bubble.width;
  const above = target.top - GAP - bubble.height;
  if (below + bubble.height + MARGIN <= view.height) return { left: x, top: below };
  if (above >= MARGIN) return { left: x, top: above };
  if (right + bubble.width + MARGIN <= view.width) return { left: right, top: y };
  if (left >= MARGIN) return { left, top: y };
  return { left: x, top: view.height };
}

/**
 * Where the bubble's left upper corner is: below its target, else above, right or left of it, else
 * over the target at the bottom of the window; always inside the window.
 * @param {Box} target @param {Size} bubble @param {Size} view
 */
export function placeBubble(target, bubble, view) {
  const { left, top } = bestPlace(target, bubble, view);
  return {
    left: clampInto(left, bubble.width, view.width),
    top: clampInto(top, bubble.height, view.height),
  };
}
