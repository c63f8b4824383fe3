// @ts-check
/** Keyboard input on the map. */

const ZOOM_FACTORS = new Map([
  ["+", 1.25],
  ["-", 0.8],
]);
/** Steps across and down. */
const ARROWS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowRight", [1, 0]],
  ["ArrowDown", [0, 1]],
]);

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
  const [across, down] = ARROWS.get(key) ?? [0, 0];
  const zoom = ZOOM_FACTORS.get(key);
  if (ARROWS.has(key) && shiftKey && handlers.canInspect()) handlers.moveCrosshair(across, down);
  else if (ARROWS.has(key)) handlers.step(across + down);
  else if (zoom) handlers.zoom(zoom);
  else if (key === "Enter") handlers.selectAtCrosshair();
  else if (key === "Escape") handlers.escape();
  else return false;
  return true;
}
