// @ts-check
/** A hand on a track or a plane: mouse and pen at once; a finger once it moves sideways, taps, or
 * lies on the knob, so that a page can be scrolled over it. */

const SLACK_PX = 5;
const GRIP_PX = 15; // this near to the knob one holds the knob, and it doesn't jump

/** @typedef {{x: number, y: number}} Point in shares of the surface, from its left and top */
/**
 * @typedef {object} Hand
 * @property {() => boolean} free whether it may be moved
 * @property {() => void} start
 * @property {() => {x: number, y: number | null}} at where the knob is; y is null on a track
 * @property {(to: Point) => void} move
 * @property {(clicked: boolean) => void} end whether it was a click or a tap
 * @property {() => void} [reset] after a double click
 */

/** @param {HTMLElement} surface @param {Hand} hand */
export function dragOn(surface, hand) {
  let held = -1; // the pointer that drags
  let asked = -1; // a finger that may yet scroll the page
  let from = { x: 0, y: 0 };
  let clicked = false; // nothing else so far
  let offset = { x: 0, y: 0 }; // of the knob from the pointer, in px

  /** @param {PointerEvent} event */
  function go(event) {
    clicked &&= Math.hypot(event.clientX - from.x, event.clientY - from.y) <= SLACK_PX;
    const { left, top, width, height } = surface.getBoundingClientRect();
    hand.move({ x: (event.clientX + offset.x - left) / width, y: (event.clientY + offset.y - top) / height });
  }

  /** From a place to the knob, in px. @param {{x: number, y: number}} place */
  function toKnob({ x, y }) {
    const { left, top, width, height } = surface.getBoundingClientRect();
    const at = hand.at();
    return { x: left + at.x * width - x, y: at.y === null ? 0 : top + at.y * height - y };
  }

  /** @param {PointerEvent} event @param {{x: number, y: number}} away the knob from the pointer, for as long as it is held */
  function begin(event, away) {
    held = event.pointerId;
    asked = -1;
    offset = away;
    clicked = true;
    surface.setPointerCapture(held);
    hand.start();
    go(event);
  }

  /** @param {PointerEvent} event */
  function end(event) {
    if (event.pointerId !== held) return;
    held = -1;
    hand.end(clicked);
  }

  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || held >= 0 || !hand.free()) return;
    from = { x: event.clientX, y: event.clientY };
    const away = toKnob(from);
    const near = Math.hypot(away.x, away.y) < GRIP_PX;
    if (event.pointerType === "touch" && !onKnob(event)) {
      asked = event.pointerId;
      return;
    }
    event.preventDefault();
    begin(event, near || event.pointerType === "touch" ? away : { x: 0, y: 0 });
  });
  surface.addEventListener("pointermove", (event) => {
    if (event.pointerId === held) go(event);
    else if (event.pointerId === asked && Math.abs(event.clientX - from.x) > SLACK_PX) begin(event, toKnob(from));
  });
  surface.addEventListener("pointerup", (event) => {
    if (event.pointerId === asked) begin(event, { x: 0, y: 0 });
    end(event);
  });
  surface.addEventListener("pointercancel", (event) => {
    asked = -1;
    end(event);
  });
  surface.addEventListener("dblclick", () => hand.free() && hand.reset?.());
}

/** @param {PointerEvent} event whether a finger is on what moves in every direction */
function onKnob({ target }) {
  return target instanceof Element && target.closest("[data-knob]") !== null;
}
