// @ts-check
/** The DOM events that the map listens to. */

/**
 * @typedef {object} PointerListeners
 * @property {(event: PointerEvent) => void} onPress
 * @property {(event: PointerEvent) => void} onMove over the plot
 * @property {(event: PointerEvent) => void} onMoveAnywhere
 * @property {(event: PointerEvent) => void} onRelease or cancel
 * @property {() => void} onLeave the pointer has left, the wheel is used, or a touch begins anywhere
 * @property {(event: KeyboardEvent) => void} onKey
 * @property {(event: Event) => void} onContextMenu
 */

/** @param {HTMLElement} plot @param {PointerListeners} listeners @param {AbortSignal} signal */
function listenOnPlot(plot, listeners, signal) {
  const onPointerLeave = (/** @type {PointerEvent} */ { pointerType }) =>
    pointerType !== "touch" && listeners.onLeave();
  const capture = { capture: true, signal };
  plot.addEventListener("pointerdown", listeners.onPress, capture);
  plot.addEventListener("pointermove", listeners.onMove, { signal });
  plot.addEventListener("pointerleave", onPointerLeave, { signal });
  plot.addEventListener("wheel", listeners.onLeave, { ...capture, passive: true });
  plot.addEventListener("keydown", listeners.onKey, { signal });
  plot.addEventListener("contextmenu", listeners.onContextMenu, { signal });
}

/** @param {PointerListeners} listeners @param {AbortSignal} signal */
function listenOnWindow(listeners, signal) {
  const onTouch = (/** @type {PointerEvent} */ { pointerType }) =>
    pointerType === "touch" && listeners.onLeave(); // hides what the last tap showed
  const capture = { capture: true, signal };
  window.addEventListener("pointermove", listeners.onMoveAnywhere, capture);
  window.addEventListener("pointerdown", onTouch, capture);
  window.addEventListener("pointerup", listeners.onRelease, capture);
  window.addEventListener("pointercancel", listeners.onRelease, capture);
}

/** @param {HTMLElement} plot @param {PointerListeners} listeners @param {AbortSignal} signal ends listening */
export function listen(plot, listeners, signal) {
  listenOnPlot(plot, listeners, signal);
  listenOnWindow(listeners, signal);
}
