// @ts-check
/**
 * Pointer and keyboard input on the map; Plotly handles dragging and the wheel.
 *
 * Mouse and pen decode while they hover.  Touch decodes in its own mode, or after a long press:
 * then the map does not move.
 */

import { drawOutline } from "../toolbar.js";

const CLICK_SLACK_PX = 5; // a click may move this far
const MAX_CLICK_MS = 600;
const LONG_PRESS_MS = 320; // of a touch, before it decodes
const HIT_RADIUS_PX = { mouse: 9, touch: 20 };
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowUp: [0, -1],
  ArrowRight: [1, 0],
  ArrowDown: [0, 1],
});

/**
 * @typedef {object} GestureHandlers handlers; positions are pixels within the plot
 * @property {() => Element | undefined} figure where gestures count
 * @property {() => import("../toolbar.js").Mode} mode
 * @property {() => boolean} is2d
 * @property {() => boolean} canInspect whether points can be decoded, not only samples hovered
 * @property {(x: number, y: number, radius: number) => void} hover
 * @property {() => void} leave
 * @property {(x: number, y: number, radius: number, free: boolean) => void} click free: no outline is being drawn
 * @property {(outline: import("../scene/hit_test.js").Outline, done: boolean) => void} outline
 * @property {(step: number) => void} step
 * @property {(across: number, down: number) => void} moveCross
 * @property {() => void} selectAtCross
 * @property {(factor: number) => void} zoom
 * @property {() => void} escape
 */

/** @typedef {{x: number, y: number, time: number, id: number, distance: number, radius: number}} Press */

/**
 * The farthest distance from the press: a lasso that ends where it began is no click.
 * @param {Press} pressed @param {PointerEvent} event
 */
function trackDistance(pressed, event) {
  pressed.distance = Math.max(
    pressed.distance,
    Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y),
  );
  return pressed.distance;
}

export class Gestures {
  /** @type {Press | null} */ pressed = null;
  /** @type {{clientX: number, clientY: number} | null} */ pointer = null;
  drawingOutline = false;
  inspecting = false; // while pressed
  #longPressTimer = 0; // waits for a long press
  #frame = 0;

  /** @param {HTMLElement} plot @param {GestureHandlers} handlers */
  constructor(plot, handlers) {
    this.plot = plot;
    this.handlers = handlers;
    this.abort = new AbortController();
    const { signal } = this.abort;
    plot.addEventListener("pointerdown", (event) => this.#onPress(event), true);
    plot.addEventListener("pointermove", (event) => this.#onMove(event));
    plot.addEventListener(
      "pointerleave",
      (event) => event.pointerType !== "touch" && this.#leave(),
    );
    plot.addEventListener("wheel", () => this.#leave(), { passive: true, capture: true });
    plot.addEventListener("keydown", (event) => this.#onKey(event));
    plot.addEventListener("contextmenu", (event) => this.inspecting && event.preventDefault());
    for (const name of ["mousedown", "touchstart"])
      plot.addEventListener(name, (event) => this.#blockPlotly(event), true);
    window.addEventListener(
      "pointermove",
      (event) => this.pressed && trackDistance(this.pressed, event),
      { capture: true, signal },
    ); // Plotly covers the page while it drags
    window.addEventListener(
      "pointerdown",
      (event) => event.pointerType === "touch" && this.#leave(),
      { capture: true, signal },
    ); // hide what the last tap showed
    window.addEventListener("touchmove", (event) => this.inspecting && event.stopPropagation(), {
      capture: true,
      signal,
    });
    for (const name of ["pointerup", "pointercancel"]) {
      window.addEventListener(name, (event) => this.#release(/** @type {PointerEvent} */ (event)), {
        capture: true,
        signal,
      });
    }
  }

  /** While an outline is drawn or points are decoded, Plotly must not drag. @param {Event} event */
  #blockPlotly(event) {
    if ((this.drawingOutline || this.inspecting) && this.#onFigure(event)) event.stopPropagation();
  }

  /** @param {Event} event */
  #onFigure(event) {
    return event.target instanceof Node && !!this.handlers.figure()?.contains(event.target);
  }

  /** @param {{clientX: number, clientY: number}} event @returns {[number, number]} */
  #position({ clientX, clientY }) {
    const { left, top } = this.plot.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  // ── pointer ────────────────────────────────────────────────────────────────────────────────

  /** @param {PointerEvent} event */
  #onPress(event) {
    if (!this.#onFigure(event) || event.button !== 0) return;
    this.plot.dataset.byHand = ""; // a focus that came by mouse needs no outline
    this.plot.focus({ preventScroll: true });
    const radius = event.pointerType === "touch" ? HIT_RADIUS_PX.touch : HIT_RADIUS_PX.mouse;
    this.pressed = {
      x: event.clientX,
      y: event.clientY,
      time: performance.now(),
      id: event.pointerId,
      distance: 0,
      radius,
    };
    const chosen = this.handlers.mode();
    const mode = event.shiftKey && chosen === "pan" ? "lasso" : chosen;
    if (mode === "inspect") this.#inspect(event);
    else if (mode === "pan") this.#startLongPress(event);
    else if (this.handlers.is2d()) this.#startOutline(event, mode);
  }

  /** @param {PointerEvent} event @param {"box" | "lasso"} mode */
  #startOutline(event, mode) {
    this.drawingOutline = true;
    drawOutline(event, this.plot, mode, (outline, done) => {
      this.handlers.outline(outline, done);
      if (done) setTimeout(() => (this.drawingOutline = false)); // after the mouse's own events
    });
  }

  /** A long press starts decoding under the finger. @param {PointerEvent} event */
  #startLongPress(event) {
    if (event.pointerType !== "touch" || !this.handlers.canInspect()) return;
    this.#longPressTimer = window.setTimeout(() => {
      if (!this.pressed || this.pressed.distance > CLICK_SLACK_PX) return;
      this.pressed.distance = CLICK_SLACK_PX + 1; // no click any more
      this.#inspect(event);
    }, LONG_PRESS_MS);
  }

  /** @param {PointerEvent} event */
  #inspect(event) {
    this.inspecting = true;
    this.#hover(event);
  }

  /** @param {PointerEvent} event */
  #release(event) {
    const { pressed } = this;
    if (!pressed || event.pointerId !== pressed.id) return;
    clearTimeout(this.#longPressTimer);
    this.pressed = null;
    if (this.inspecting && event.pointerType === "touch") this.#leave();
    setTimeout(() => (this.inspecting = false)); // after the mouse's own events
    const click =
      event.type === "pointerup" &&
      trackDistance(pressed, event) <= CLICK_SLACK_PX &&
      performance.now() - pressed.time <= MAX_CLICK_MS;
    if (!click) return;
    this.handlers.click(...this.#position(event), pressed.radius, !this.drawingOutline);
    if (event.pointerType === "touch" && !this.drawingOutline)
      this.handlers.hover(...this.#position(event), pressed.radius);
  }

  /** @param {PointerEvent} event */
  #onMove(event) {
    const canInspect = this.inspecting || !(this.pressed || event.pointerType === "touch");
    if (canInspect && (this.inspecting || this.#onFigure(event))) this.#hover(event);
    else if (this.pressed?.distance !== 0) this.#leave();
  }

  /** In the next frame. @param {PointerEvent} event */
  #hover(event) {
    this.pointer = event;
    const radius = event.pointerType === "touch" ? HIT_RADIUS_PX.touch : HIT_RADIUS_PX.mouse;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.pointer && (this.inspecting || !this.pressed))
        this.handlers.hover(...this.#position(this.pointer), radius);
    });
  }

  #leave() {
    this.pointer = null;
    this.handlers.leave();
  }

  // ── keys ───────────────────────────────────────────────────────────────────────────────────

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    delete this.plot.dataset.byHand;
    if (event.target !== this.plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey && this.handlers.canInspect()) this.handlers.moveCross(...arrow);
    else if (arrow) this.handlers.step(arrow[0] + arrow[1]);
    else if (event.key === "Enter") this.handlers.selectAtCross();
    else if (event.key === "+" || event.key === "-")
      this.handlers.zoom(event.key === "+" ? 1.25 : 0.8);
    else if (event.key === "Escape") this.handlers.escape();
    else return;
    event.preventDefault();
  }

  dispose() {
    this.abort.abort();
    clearTimeout(this.#longPressTimer);
    cancelAnimationFrame(this.#frame);
  }
}
