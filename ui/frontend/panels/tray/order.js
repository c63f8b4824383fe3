// @ts-check
/** The order of the images in the tray. */

/** @typedef {import("../../core/payloads.js").TrayItem} TrayItem */

/** @param {TrayItem[]} items @param {string} key @returns {number} -1 if there is none */
export function indexOfKey(items, key) {
  return items.findIndex((item) => item.key === key);
}

/** The items without one of them. @param {TrayItem[]} items @param {string} key */
export function without(items, key) {
  return items.filter((item) => item.key !== key);
}

/** The items with one of them at another index. @param {TrayItem[]} items @param {string} key @param {number} to */
export function movedTo(items, key, to) {
  const others = without(items, key);
  const moved = items.filter((item) => item.key === key);
  return [...others.slice(0, to), ...moved, ...others.slice(to)];
}

/** The nearest valid index. @param {number} index @param {number} count */
export function clampIndex(index, count) {
  return Math.max(0, Math.min(count - 1, index));
}

/**
 * The index at which an item would be dropped.
 * @param {number} from its index
 * @param {number} distance it was dragged to the right, in px
 * @param {number} pitch from one item to the next, in px
 * @param {number} count of items
 */
export function dropIndex(from, distance, pitch, count) {
  return clampIndex(from + Math.round(distance / pitch), count);
}

/**
 * By how much another item makes room, in units of the pitch: -1, 0 or 1.
 * @param {number} index of the other item @param {number} from @param {number} to of the dragged item
 */
export function shiftOf(index, from, to) {
  if (index > from && index <= to) return -1;
  return index < from && index >= to ? 1 : 0;
}
