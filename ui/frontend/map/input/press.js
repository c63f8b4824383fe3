// @ts-check
/** A pressed pointer: whether it is a click, a drag or a long press. */

const CLICK_SLACK_PX = 5; // a click may move this far
const MAX_CLICK_MS = 600;
const HIT_RADIUS_PX = { mouse: 9, touch: 20 };

/** @typedef {{pointerId: number, pointerType: string, clientX: number, clientY: number}} PointerPosition what is used of a PointerEvent */

/** Within this many pixels of a pointer a sample is hit. @param {string} pointerType */
export function hitRadius(pointerType) {
  return pointerType === "touch" ? HIT_RADIUS_PX.touch : HIT_RADIUS_PX.mouse;
}

export class Press {
  distance = 0; // the farthest from its start: a lasso that ends where it began is no click

  /** @param {PointerPosition} event @param {number} time in ms */
  constructor({ pointerId, pointerType, clientX, clientY }, time) {
    this.id = pointerId;
    this.isTouch = pointerType === "touch";
    this.radius = hitRadius(pointerType);
    this.start = { x: clientX, y: clientY };
    this.time = time;
  }

  /** @param {{clientX: number, clientY: number}} event of this pointer or another */
  track({ clientX, clientY }) {
    const distance = Math.hypot(clientX - this.start.x, clientY - this.start.y);
    this.distance = Math.max(this.distance, distance);
  }

  get hasMoved() {
    return this.distance > CLICK_SLACK_PX;
  }

  /** What follows is no click. */
  preventClick() {
    this.distance = Infinity;
  }

  /** Whether a release at that time is a click. @param {number} time in ms */
  isClick(time) {
    return !this.hasMoved && time - this.time <= MAX_CLICK_MS;
  }
}

const LONG_PRESS_MS = 320;

/** Waits until a touch has rested for a while. */
export class LongPress {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {Press} press @param {() => void} onLongPress not called when the pointer moves; afterwards it is no click */
  start(press, onLongPress) {
    this.cancel();
    this.#timer = setTimeout(() => {
      if (press.hasMoved) return;
      press.preventClick();
      onLongPress();
    }, LONG_PRESS_MS);
  }

  cancel() {
    clearTimeout(this.#timer);
  }
}
