// @ts-check
/** Keyboard input on the map. */

const ZOOM_FACTORS = /** @type {Record<string, number>} */ ({ "+": 1.25, "-": 0.8 });
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowUp: [0, -1],
  ArrowRight: [1, 0],
  ArrowDown: [0, 1],
});

/**
 * @typedef {object} KeyHandlers
 * @property {() => boolean} canInspect whether points can be decoded
 * @property {(step: number) => void} step
 * @property {(across: number, down: number) => void} moveCrosshair
 * @property {() => void} selectAtCrosshair
 * @property {(factor: number) => void} zoom
 * @property {() => void} escape
 */

/**
 * Call the handler of a key.
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean}} event
 * @param {KeyHandlers} handlers
 * @returns {boolean} whether the key has a meaning on the map
 */
export function handleKey({ key, shiftKey, ctrlKey, metaKey, altKey }, handlers) {
  if (ctrlKey || metaKey || altKey) return false;
  const arrow = ARROWS[key];
  if (arrow && shiftKey && handlers.canInspect()) handlers.moveCrosshair(...arrow);
  else if (arrow) handlers.step(arrow[0] + arrow[1]);
  else if (key in ZOOM_FACTORS) handlers.zoom(ZOOM_FACTORS[key]);
  else if (key === "Enter") handlers.selectAtCrosshair();
  else if (key === "Escape") handlers.escape();
  else return false;
  return true;
}
