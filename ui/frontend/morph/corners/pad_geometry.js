// @ts-check
/** Positions in the square between four corners: 0 and 1 are the centers of its outer images. */

import { CELLS } from "./corner_codes.js";

/** @typedef {{u: number, v: number}} PadPoint how far right and down, in [0, 1] */

const STEP = 0.01;
const LARGE_STEP = 0.1; // with shift

/** @param {number} value */
const clampToUnit = (value) => Math.min(1, Math.max(0, value));

/** From a fraction of the square's side to a position. @param {number} side */
export const toFraction = (side) => clampToUnit((side * CELLS - 0.5) / (CELLS - 1));

/** From a position to a fraction of the square's side. @param {number} fraction */
export const toSide = (fraction) => (0.5 + fraction * (CELLS - 1)) / CELLS;

/** The position in words, with its support level. @param {PadPoint} position @param {string | null} level */
export function positionText({ u, v }, level) {
  const text = `${Math.round(100 * u)} % right, ${Math.round(100 * v)} % down`;
  return level ? `${text}, ${level}` : text;
}

/** The position that is reported: to four digits. @template {PadPoint} T @param {T} position @returns {T} */
export const roundPosition = (position) => ({
  ...position,
  u: Math.round(position.u * 1e4) / 1e4,
  v: Math.round(position.v * 1e4) / 1e4,
});

/** @param {number} value */
const snap = (value) => clampToUnit(Math.round(value / STEP) * STEP);

/**
 * The position that a key leads to, or null for other keys.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey">} press
 * @param {PadPoint} position now @returns {PadPoint | null}
 */
export function padKeyTarget({ key, shiftKey, altKey, ctrlKey, metaKey }, { u, v }) {
  if (altKey || ctrlKey || metaKey) return null;
  if (key === "Home") return { u: 0, v: 0 };
  if (key === "End") return { u: 1, v: 1 };
  const step = shiftKey ? LARGE_STEP : STEP;
  const delta = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  }[key];
  return delta ? { u: snap(u + delta[0]), v: snap(v + delta[1]) } : null;
}
