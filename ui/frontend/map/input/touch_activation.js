// @ts-check
/**
 * On a touch screen the page scrolls past the map until the map is tapped; from then on it follows one
 * finger, until something beside it is tapped.  Two fingers always move and zoom the map.
 */

export class TouchActivation {
  #abort = new AbortController();

  /** @param {HTMLElement} plot @param {() => boolean} inspecting whether a finger decodes */
  constructor(plot, inspecting) {
    this.plot = plot;
    const { signal } = this.#abort;
    const keepPageStill = (/** @type {TouchEvent} */ event) =>
      (event.touches.length > 1 || inspecting()) && event.cancelable && event.preventDefault();
    plot.addEventListener("touchmove", keepPageStill, { signal, passive: false });
    window.addEventListener("pointerdown", (event) => this.#onPress(event), { signal });
  }

  /** Follow one finger from now on. */
  activate() {
    this.plot.dataset.touched = "";
  }

  /** @param {PointerEvent} event */
  #onPress({ target }) {
    if (!(target instanceof Node && this.plot.contains(target))) delete this.plot.dataset.touched;
  }

  /** Whether this finger scrolls the page. @param {PointerEvent} event */
  leavesToPage({ pointerType }) {
    return pointerType === "touch" && this.plot.dataset.touched === undefined;
  }

  dispose() {
    this.#abort.abort();
  }
}
