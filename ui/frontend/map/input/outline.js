// @ts-check
/** Drawing the outline of a box or a lasso with the pointer. */

/** @typedef {import("../scene/hit_test.js").Outline} Outline */

const MIN_STEP_PX = 3; // between two positions of an outline

/** The corners of the box between the first and the last position. @param {Outline} path @returns {Outline} */
export function boxCorners(path) {
  const [[ax, ay], [bx, by]] = [path[0], path[path.length - 1]];
  return [
    [ax, ay],
    [bx, ay],
    [bx, by],
    [ax, by],
  ];
}

/** The positions of a drag, and the outline that they draw. */
export class OutlinePath {
  /** @param {"box" | "lasso"} mode @param {[number, number]} start in pixels */
  constructor(mode, start) {
    this.mode = mode;
    /** @type {Outline} */ this.path = [start];
  }

  /** @param {[number, number]} position @returns {boolean} whether it is far enough from the last one to be added */
  add([x, y]) {
    const [lastX, lastY] = this.path[this.path.length - 1];
    if (Math.hypot(x - lastX, y - lastY) < MIN_STEP_PX) return false;
    this.path.push([x, y]);
    return true;
  }

  /** @returns {Outline} */
  get outline() {
    return this.mode === "box" ? boxCorners(this.path) : this.path;
  }
}

/**
 * Call `handle` for every move and the end of one pointer, until that end.
 * @param {number} pointerId @param {(event: PointerEvent, done: boolean) => void} handle
 */
function followPointer(pointerId, handle) {
  const abort = new AbortController();
  for (const name of /** @type {const} */ (["pointermove", "pointerup", "pointercancel"])) {
    const listener = (/** @type {PointerEvent} */ event) => {
      if (event.pointerId !== pointerId) return;
      const done = name !== "pointermove";
      if (done) abort.abort();
      handle(event, done);
    };
    window.addEventListener(name, listener, { signal: abort.signal });
  }
}

/** @param {PointerEvent} start @param {HTMLElement} container @param {"box" | "lasso"} mode @param {(outline: Outline, done: boolean) => void} report */
function drawOutline(start, container, mode, report) {
  const { left, top } = container.getBoundingClientRect();
  /** @param {PointerEvent} event @returns {[number, number]} */
  const position = (event) => [event.clientX - left, event.clientY - top];
  const path = new OutlinePath(mode, position(start));
  followPointer(start.pointerId, (event, done) => {
    if (done) report(event.type === "pointerup" ? path.outline : [], true);
    else if (path.add(position(event))) report(path.outline, false);
  });
}

export class OutlineInput {
  active = false;

  /**
   * Follow a pointer until it is released.
   * @param {PointerEvent} start
   * @param {HTMLElement} container
   * @param {"box" | "lasso"} mode
   * @param {(outline: Outline, done: boolean) => void} report positions within `container`; empty when cancelled
   */
  start(start, container, mode, report) {
    this.active = true;
    drawOutline(start, container, mode, (outline, done) => {
      report(outline, done);
      if (done) setTimeout(() => (this.active = false)); // after the mouse's own events
    });
  }
}
