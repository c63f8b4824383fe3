// @ts-check
/** Positions on a plane from (0, 0), bottom left, to (1, 1). */

/** @typedef {[number, number]} Position */

const DECIMALS = 100;

/** A position within the plane, with two decimals. @param {Position} at @returns {Position} */
export function onPlane([x, y]) {
  const limit = (/** @type {number} */ value) =>
    Math.round(Math.min(1, Math.max(0, value)) * DECIMALS) / DECIMALS;
  return [limit(x), limit(y)];
}

/** @param {Position} a @param {Position} b */
export function distance(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** 1 − cos of the angle between `a` and `b` seen from (0, 0), which itself has no direction.
 * @param {Position} a @param {Position} b */
export function cosineDistance(a, b) {
  const lengths = Math.max(Math.hypot(...a) * Math.hypot(...b), Number.MIN_VALUE);
  return 1 - (a[0] * b[0] + a[1] * b[1]) / lengths;
}

/** All pairs of indices below `count`. @param {number} count @returns {[number, number][]} */
export function pairs(count) {
  /** @type {[number, number][]} */
  const found = [];
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) found.push([i, j]);
  return found;
}
