// @ts-check
/** Dragging anywhere on a surface: the pointer is captured until it is released. */

export class SurfaceDrag {
  active = false;

  /**
   * @param {HTMLElement} surface gets `data-dragging` during the drag
   * @param {HTMLElement} handle gets the focus
   * @param {{move: (event: PointerEvent) => void, release: () => void}} handlers
   */
  constructor(surface, handle, handlers) {
    this.surface = surface;
    this.handle = handle;
    this.handlers = handlers;
    surface.addEventListener("pointerdown", (event) => this.#onPress(event));
    surface.addEventListener("pointermove", (event) => this.active && handlers.move(event));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      surface.addEventListener(end, () => this.#release());
  }

  /** @param {PointerEvent} event */
  #onPress(event) {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected
    this.handle.focus({ preventScroll: true });
    this.surface.setPointerCapture(event.pointerId);
    this.active = true;
    this.surface.dataset.dragging = "";
    this.handlers.move(event);
  }

  #release() {
    if (!this.active) return;
    this.active = false;
    delete this.surface.dataset.dragging;
    this.handlers.release();
  }
}
