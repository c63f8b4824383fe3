// @ts-check
/** Moving the view: a drag, two fingers, and the wheel. */

/** @typedef {{x: number, y: number}} Pixel of the page */
/**
 * @typedef {object} NavigationHandlers
 * @property {() => import("../scene/scene.js").View | null} view
 * @property {(event: PointerEvent) => boolean} leavesToPage whether this finger scrolls the page
 * @property {() => boolean} blocked whether the pointer draws an outline or decodes
 */

const RIGHT_BUTTON = 2;
const LINE_PX = 16; // of a wheel that counts lines
const ZOOM_PER_PX = 0.0022; // one notch of a wheel, 100 pixels, zooms by a quarter
const PINCH_FACTOR = 8; // a trackpad sends its pinch as a wheel with the control key, in small steps

/** @param {Pixel[]} pixels @returns {Pixel} */
function centerOf(pixels) {
  const sum = pixels.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / pixels.length, y: sum.y / pixels.length };
}

/** @param {Pixel[]} pixels two */
function spread([a, b]) {
  return Math.max(1, Math.hypot(a.x - b.x, a.y - b.y));
}

/** @param {{clientX: number, clientY: number}} event @returns {Pixel} */
const pixelOf = ({ clientX, clientY }) => ({ x: clientX, y: clientY });

/** The factor of one event of the wheel. @param {WheelEvent} event */
export function wheelZoom({ deltaY, deltaMode, ctrlKey }) {
  const pixels = deltaMode === 0 ? deltaY : deltaY * LINE_PX;
  return Math.exp(-pixels * ZOOM_PER_PX * (ctrlKey ? PINCH_FACTOR : 1));
}

export class Navigation {
  /** @type {Map<number, Pixel>} */ #pointers = new Map();
  #panning = false;
  #abort = new AbortController();

  /** @param {HTMLElement} plot @param {NavigationHandlers} handlers */
  constructor(plot, handlers) {
    this.plot = plot;
    this.handlers = handlers;
    const { signal } = this.#abort;
    plot.addEventListener("pointerdown", this.onPress, { signal });
    plot.addEventListener("wheel", this.onWheel, { signal, passive: false });
    plot.addEventListener("contextmenu", this.onContextMenu, { signal });
    window.addEventListener("pointermove", this.onMove, { signal });
    window.addEventListener("pointerup", this.onRelease, { signal });
    window.addEventListener("pointercancel", this.onRelease, { signal });
  }

  /** @param {Event} event */
  #onFigure({ target }) {
    return target instanceof Node && !!this.handlers.view()?.figure.contains(target);
  }

  /** @param {Pixel} pixel of the page @returns {Pixel} of the plot */
  #inPlot({ x, y }) {
    const { left, top } = this.plot.getBoundingClientRect();
    return { x: x - left, y: y - top };
  }

  /** @param {PointerEvent} event */
  onPress = (event) => {
    if (!this.#onFigure(event) || (event.button !== 0 && event.button !== RIGHT_BUTTON)) return;
    if (this.#pointers.size < 2) this.#pointers.set(event.pointerId, pixelOf(event));
    this.#panning = event.button === RIGHT_BUTTON;
  };

  /** @param {PointerEvent} event */
  onMove = (event) => {
    const last = this.#pointers.get(event.pointerId);
    if (!last) return;
    const before = [...this.#pointers.values()];
    this.#pointers.set(event.pointerId, pixelOf(event));
    const view = this.handlers.view();
    if (before.length === 1 && this.handlers.leavesToPage(event)) return;
    if (view && !this.handlers.blocked()) this.#follow(view, before);
  };

  /** @param {import("../scene/scene.js").View} view @param {Pixel[]} before */
  #follow(view, before) {
    const after = [...this.#pointers.values()];
    const [from, to] = [centerOf(before), centerOf(after)];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    if (after.length === 1 && !this.#panning) view.drag(dx, dy);
    else view.pan(dx, dy);
    if (after.length === 2) view.zoom(spread(after) / spread(before), this.#inPlot(to));
  }

  /** @param {PointerEvent} event */
  onRelease = ({ pointerId }) => void this.#pointers.delete(pointerId);

  /** @param {WheelEvent} event */
  onWheel = (event) => {
    if (!this.#onFigure(event)) return;
    event.preventDefault();
    this.handlers.view()?.zoom(wheelZoom(event), this.#inPlot(pixelOf(event)));
  };

  /** The right button moves the view. @param {Event} event */
  onContextMenu = (event) => {
    if (this.#onFigure(event)) event.preventDefault();
  };

  dispose() {
    this.#abort.abort();
  }
}
