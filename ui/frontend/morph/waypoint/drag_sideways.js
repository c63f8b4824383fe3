// @ts-check
/** Dragging an element sideways within its row. */

const DRAG_SLACK_PX = 5;

/**
 * @param {HTMLElement} element gets `data-dragged` during the drag, and `data-moved` until the click after it
 * @param {HTMLElement} handle where a drag starts
 * @param {(distance: number) => void} onDrop in px
 */
export function makeDraggableSideways(element, handle, onDrop) {
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return; // touch scrolls; it has the buttons
    followPointer(element, event.clientX, onDrop);
  });
  handle.addEventListener("dragstart", (event) => event.preventDefault());
}

/** @param {HTMLElement} element @param {number} startX @param {(distance: number) => void} onDrop */
function followPointer(element, startX, onDrop) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const end = () => {
    stop.abort();
    delete element.dataset.dragged;
    element.style.transform = "";
    setTimeout(() => delete element.dataset.moved);
  };
  window.addEventListener(
    "pointermove",
    ({ clientX }) => shift(element, clientX - startX),
    options,
  );
  window.addEventListener(
    "pointerup",
    ({ clientX }) => {
      const isMoved = element.dataset.dragged !== undefined;
      end();
      if (isMoved) onDrop(clientX - startX);
    },
    options,
  );
  window.addEventListener("pointercancel", end, options);
}

/** @param {HTMLElement} element @param {number} distance in px */
function shift(element, distance) {
  if (element.dataset.dragged === undefined && Math.abs(distance) < DRAG_SLACK_PX) return;
  element.dataset.dragged = element.dataset.moved = "";
  element.style.transform = `translateX(${distance}px)`;
}
