// @ts-check
/** From a dimension's values to positions on its slider and back, and the values that keys lead to. */

/** @typedef {{low: ArrayLike<number>, high: ArrayLike<number>}} SliderRanges ends of each dimension's slider */
/** @typedef {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">} KeyPress */

/** @param {number} value */
export const clampToUnit = (value) => Math.max(0, Math.min(1, value));

/** The position of a value on its slider; 0 and 1 are the ends. @param {SliderRanges} ranges @param {number} d @param {number} value */
export const fractionOf = ({ low, high }, d, value) => (value - low[d]) / (high[d] - low[d]);

/** The value at a position on the slider; beyond an end, the value there. @param {SliderRanges} ranges @param {number} d @param {number} fraction */
export const valueAt = ({ low, high }, d, fraction) =>
  low[d] + clampToUnit(fraction) * (high[d] - low[d]);

/** On which side of its slider a value lies. @param {SliderRanges} ranges @param {number} d @param {number} value @returns {"low" | "high" | null} */
export function outsideRange({ low, high }, d, value) {
  if (value > high[d]) return "high";
  return value < low[d] ? "low" : null;
}

/** @param {KeyPress} press */
export const hasModifier = ({ ctrlKey, metaKey, altKey }) => ctrlKey || metaKey || altKey;

/** What one arrow key adds: a hundredth of the slider, with shift a tenth. @param {SliderRanges} ranges @param {number} d @param {KeyPress} press */
export const keyStep = ({ low, high }, d, { shiftKey }) =>
  (high[d] - low[d]) / (shiftKey ? 10 : 100);

/**
 * The value that a key leads to, or null for other keys.  A value beyond an end of the slider may
 * move back, but no further away.
 * @param {KeyPress} press @param {SliderRanges} ranges @param {number} d @param {number} value now
 */
export function keyTarget(press, ranges, d, value) {
  if (hasModifier(press)) return null;
  const [low, high] = [ranges.low[d], ranges.high[d]];
  const step = keyStep(ranges, d, press);
  const target = {
    ArrowRight: value + step,
    ArrowUp: value + step,
    ArrowLeft: value - step,
    ArrowDown: value - step,
    PageUp: value + 10 * step,
    PageDown: value - 10 * step,
    Home: low,
    End: high,
  }[press.key];
  if (target === undefined) return null;
  return Math.max(Math.min(low, value), Math.min(Math.max(high, value), target));
}
