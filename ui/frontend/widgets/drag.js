// @ts-check
/** Dragging on a track or a plane: mouse and pen at once; touch once it moves sideways, taps, or
 * starts on the handle, so that the page can still be scrolled. */

const SLACK_PX = 5;
const HANDLE_RADIUS_PX = 15; // within this radius the handle is grabbed and does not jump

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

/** @param {HTMLElement} surface @param {DragHandlers} handlers */
export function makeDraggable(surface, handlers) {
  let activePointer = -1; // the pointer that drags
  let candidate = -1; // a touch that may yet scroll the page
  let pressedAt = { x: 0, y: 0 };
  let clicked = false; // not moved so far
  let offset = { x: 0, y: 0 }; // of the handle from the pointer, in px

  /** @param {PointerEvent} event */
  function move(event) {
    clicked &&= Math.hypot(event.clientX - pressedAt.x, event.clientY - pressedAt.y) <= SLACK_PX;
    const { left, top, width, height } = surface.getBoundingClientRect();
    handlers.move({
      x: (event.clientX + offset.x - left) / width,
      y: (event.clientY + offset.y - top) / height,
    });
  }

  /** From a screen position to the handle, in px. @param {{x: number, y: number}} place */
  function offsetToHandle({ x, y }) {
    const { left, top, width, height } = surface.getBoundingClientRect();
    const at = handlers.at();
    return { x: left + at.x * width - x, y: at.y === null ? 0 : top + at.y * height - y };
  }

  /** @param {PointerEvent} event @param {{x: number, y: number}} offsetFromHandle of the handle from the pointer, constant during the drag */
  function begin(event, offsetFromHandle) {
    activePointer = event.pointerId;
    candidate = -1;
    offset = offsetFromHandle;
    clicked = true;
    surface.setPointerCapture(activePointer);
    handlers.start();
    move(event);
  }

  /** @param {PointerEvent} event */
  function end(event) {
    if (event.pointerId !== activePointer) return;
    activePointer = -1;
    handlers.end(clicked);
  }

  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || activePointer >= 0 || !handlers.free()) return;
    pressedAt = { x: event.clientX, y: event.clientY };
    const offsetFromHandle = offsetToHandle(pressedAt);
    const onHandle = Math.hypot(offsetFromHandle.x, offsetFromHandle.y) < HANDLE_RADIUS_PX;
    if (event.pointerType === "touch" && !isOnHandle(event)) {
      candidate = event.pointerId;
      return;
    }
    event.preventDefault();
    begin(event, onHandle || event.pointerType === "touch" ? offsetFromHandle : { x: 0, y: 0 });
  });
  surface.addEventListener("pointermove", (event) => {
    if (event.pointerId === activePointer) move(event);
    else if (event.pointerId === candidate && Math.abs(event.clientX - pressedAt.x) > SLACK_PX)
      begin(event, offsetToHandle(pressedAt));
  });
  surface.addEventListener("pointerup", (event) => {
    if (event.pointerId === candidate) begin(event, { x: 0, y: 0 });
    end(event);
  });
  surface.addEventListener("pointercancel", (event) => {
    candidate = -1;
    end(event);
  });
  surface.addEventListener("dblclick", () => handlers.free() && handlers.reset?.());
}

/** @param {PointerEvent} event whether a touch is on a 2D handle */
function isOnHandle({ target }) {
  return target instanceof Element && target.closest("[data-handle]") !== null;
}
