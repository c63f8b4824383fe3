// @ts-check
/** From codes of two dimensions to positions on the plane and back; y counts from the top. */

import { clampToUnit, fractionOf, hasModifier, keyStep, valueAt } from "../dimension_scale.js";

/** @typedef {import("../dimension_scale.js").SliderRanges} SliderRanges */
/** @typedef {{x: number, y: number}} PlanePoint fractions of the plane, from its left and top */

const [MIN_ASPECT, MAX_ASPECT] = [0.6, 1.5];

/** The position of a code. @param {SliderRanges} ranges @param {ArrayLike<number>} code @returns {PlanePoint} */
export const toPlane = (ranges, code) => ({
  x: fractionOf(ranges, 0, code[0]),
  y: 1 - fractionOf(ranges, 1, code[1]),
});

/** The position of a code; outside the plane, the nearest on its edge. @param {SliderRanges} ranges @param {ArrayLike<number>} code @returns {PlanePoint} */
export function toPlaneClamped(ranges, code) {
  const { x, y } = toPlane(ranges, code);
  return { x: clampToUnit(x), y: clampToUnit(y) };
}

/** The code at a position. @param {SliderRanges} ranges @param {PlanePoint} point */
export const fromPlane = (ranges, { x, y }) =>
  Float32Array.of(valueAt(ranges, 0, x), valueAt(ranges, 1, 1 - y));

/** Height over width, so that both axes have one scale where possible. @param {SliderRanges} ranges */
export function planeAspect({ low, high }) {
  const aspect = (high[1] - low[1]) / (high[0] - low[0]);
  return Math.max(MIN_ASPECT, Math.min(MAX_ASPECT, aspect));
}

/** The codes at the centers of the cells of a grid, row after row. @param {SliderRanges} ranges @param {number} columns @param {number} rows */
export function planeGridCodes(ranges, columns, rows) {
  const codes = new Float32Array(2 * columns * rows);
  for (let k = 0; k < columns * rows; k++) {
    const x = ((k % columns) + 0.5) / columns;
    const y = (Math.floor(k / columns) + 0.5) / rows;
    codes.set(fromPlane(ranges, { x, y }), 2 * k);
  }
  return codes;
}

/**
 * The code that a key leads to, or null for other keys.
 * @param {import("../dimension_scale.js").KeyPress} press @param {SliderRanges} ranges @param {Float32Array} code now
 */
export function planeKeyTarget(press, ranges, code) {
  if (hasModifier(press)) return null;
  const [d, value] = valueOfKey(press, ranges, code);
  if (d < 0) return null;
  const target = code.slice();
  target[d] = Math.max(ranges.low[d], Math.min(ranges.high[d], value));
  return target;
}

/** Dimension and value of a key; the dimension is −1 for other keys. @param {import("../dimension_scale.js").KeyPress} press @param {SliderRanges} ranges @param {Float32Array} code */
function valueOfKey(press, ranges, code) {
  const { low, high } = ranges;
  const [right, up] = [keyStep(ranges, 0, press), keyStep(ranges, 1, press)];
  return (
    {
      ArrowLeft: [0, code[0] - right],
      ArrowRight: [0, code[0] + right],
      ArrowDown: [1, code[1] - up],
      ArrowUp: [1, code[1] + up],
      Home: [0, low[0]],
      End: [0, high[0]],
      PageDown: [1, low[1]],
      PageUp: [1, high[1]],
    }[press.key] ?? [-1, 0]
  );
}
