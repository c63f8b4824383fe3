// @ts-check
/** Dragging on a track or a plane: mouse and pen at once; touch once it moves sideways, taps, or
 * starts on the handle, so that the page can still be scrolled. */

import { isClick, isOnHandle, isSideways, offsetToHandle, toFraction } from "./drag_geometry.js";

/** @typedef {import("./drag_geometry.js").Point} Point */
/** @typedef {{x: number, y: number}} SurfacePoint as fractions of the surface, from its left and top */
/**
 * @typedef {object} DragHandlers
 * @property {() => boolean} free whether it may be moved
 * @property {() => void} start
 * @property {() => {x: number, y: number | null}} at position of the handle; y is null on a track
 * @property {(to: SurfacePoint) => void} move
 * @property {(clicked: boolean) => void} end whether it was a click or a tap
 * @property {() => void} [reset] after a double click
 */

const NO_POINTER = -1;
const NO_OFFSET = { x: 0, y: 0 };

/** One pointer at a time on one surface. */
class Drag {
  #activePointer = NO_POINTER;
  #candidate = NO_POINTER; // a touch that may yet scroll the page
  #clicked = false; // not moved so far
  /** @type {Point} */ #pressedAt = NO_OFFSET;
  /** @type {Point} */ #offset = NO_OFFSET; // of the handle from the pointer, constant during the drag

  /** @param {HTMLElement} surface @param {DragHandlers} handlers */
  constructor(surface, handlers) {
    this.surface = surface;
    this.handlers = handlers;
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0 || this.#activePointer >= 0 || !this.handlers.free()) return;
    this.#pressedAt = pointOf(event);
    if (event.pointerType === "touch" && !startsOnHandle(event)) {
      this.#candidate = event.pointerId;
      return;
    }
    event.preventDefault();
    const offset = this.#offsetToHandle();
    this.#begin(event, isOnHandle(offset) || event.pointerType === "touch" ? offset : NO_OFFSET);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (event.pointerId === this.#activePointer) this.#moveHandle(event);
    else if (event.pointerId === this.#candidate && isSideways(this.#pressedAt, pointOf(event)))
      this.#begin(event, this.#offsetToHandle());
  }

  /** @param {PointerEvent} event */
  release(event) {
    if (event.pointerId === this.#candidate) this.#begin(event, NO_OFFSET);
    this.#end(event);
  }

  /** @param {PointerEvent} event */
  cancel(event) {
    this.#candidate = NO_POINTER;
    this.#end(event);
  }

  #offsetToHandle() {
    const box = this.surface.getBoundingClientRect();
    return offsetToHandle(box, this.handlers.at(), this.#pressedAt);
  }

  /** @param {PointerEvent} event @param {Point} offset */
  #begin(event, offset) {
    this.#activePointer = event.pointerId;
    this.#candidate = NO_POINTER;
    this.#offset = offset;
    this.#clicked = true;
    this.surface.setPointerCapture(event.pointerId);
    this.handlers.start();
    this.#moveHandle(event);
  }

  /** @param {PointerEvent} event */
  #moveHandle(event) {
    const { x, y } = pointOf(event);
    this.#clicked &&= isClick(this.#pressedAt, { x, y });
    const handle = { x: x + this.#offset.x, y: y + this.#offset.y };
    this.handlers.move(toFraction(this.surface.getBoundingClientRect(), handle));
  }

  /** @param {PointerEvent} event */
  #end(event) {
    if (event.pointerId !== this.#activePointer) return;
    this.#activePointer = NO_POINTER;
    this.handlers.end(this.#clicked);
  }
}

/** @param {HTMLElement} surface @param {DragHandlers} handlers */
export function makeDraggable(surface, handlers) {
  const drag = new Drag(surface, handlers);
  surface.addEventListener("pointerdown", (event) => drag.press(event));
  surface.addEventListener("pointermove", (event) => drag.move(event));
  surface.addEventListener("pointerup", (event) => drag.release(event));
  surface.addEventListener("pointercancel", (event) => drag.cancel(event));
  surface.addEventListener("dblclick", () => handlers.free() && handlers.reset?.());
}

/** @param {PointerEvent} event */
function pointOf({ clientX, clientY }) {
  return { x: clientX, y: clientY };
}

/** Whether a touch starts on a 2D handle. @param {PointerEvent} event */
function startsOnHandle({ target }) {
  return target instanceof Element && target.closest("[data-handle]") !== null;
}
