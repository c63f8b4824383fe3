// @ts-check
/** The keys of the timeline's handle. */

const STEP = 0.01;
const LARGE_STEP = 0.1; // with shift, and of the page keys
/** @type {Record<string, number>} */
const SIGNS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -1,
  PageUp: 1,
};

/**
 * The time that a key leads to, or null for other keys.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey">} press
 * @param {number} time now
 */
export function timelineKeyTarget({ key, shiftKey, altKey, ctrlKey, metaKey }, time) {
  if (altKey || ctrlKey || metaKey) return null;
  if (key === "Home") return 0;
  if (key === "End") return 1;
  const sign = SIGNS[key];
  if (!sign) return null;
  const step = shiftKey || key.startsWith("Page") ? LARGE_STEP : STEP;
  return Math.round((time + sign * step) / STEP) * STEP;
}
