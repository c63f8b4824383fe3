// @ts-check
/** What hand and keyboard do on the map; dragging and the wheel are Plotly's. */

import { drawOutline } from "./map_tools.js";

const SLIP = 5; // pixels a hand may move and still mean a click
const CLICK_MS = 600;
const REACH = { mouse: 9, touch: 20 };
const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 });

/**
 * @typedef {object} Act what a gesture means; places are pixels within the drawing
 * @property {() => Element | undefined} figure where gestures count
 * @property {() => import("./map_tools.js").Mode} mode
 * @property {() => boolean} flat
 * @property {(x: number, y: number, radius: number) => void} point
 * @property {() => void} away
 * @property {(x: number, y: number, radius: number) => void} click
 * @property {(outline: import("./map_pick.js").Outline, done: boolean) => void} outline
 * @property {(step: number) => void} step
 * @property {(factor: number) => void} zoom
 * @property {() => void} escape
 */

/**
 * How far a hand has been from where it pressed: a lasso that ends where it began is no click.
 * @param {{x: number, y: number, slip: number}} pressed @param {PointerEvent} event
 */
function slipped(pressed, event) {
  pressed.slip = Math.max(pressed.slip, Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y));
  return pressed.slip;
}

export class Hand {
  /** @type {{x: number, y: number, time: number, id: number, slip: number} | null} */ pressed = null;
  /** @type {PointerEvent | null} */ pointer = null;
  outlining = false;
  #frame = 0;

  /** @param {HTMLElement} plot @param {Act} act */
  constructor(plot, act) {
    this.plot = plot;
    this.act = act;
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    plot.addEventListener("pointerdown", (event) => this.#press(event), true);
    plot.addEventListener("pointermove", (event) => this.#move(event));
    plot.addEventListener("pointerleave", () => this.#away());
    plot.addEventListener("wheel", () => this.#away(), { passive: true, capture: true });
    plot.addEventListener("keydown", (event) => this.#key(event));
    for (const name of ["mousedown", "touchstart"]) plot.addEventListener(name, (event) => this.#keep(event), true);
    window.addEventListener("pointerup", (event) => this.#lift(event), { capture: true, signal });
  }

  /** While an outline is drawn, Plotly must not drag. @param {Event} event */
  #keep(event) {
    if (this.outlining && this.#onFigure(event)) event.stopPropagation();
  }

  /** @param {Event} event */
  #onFigure(event) {
    return event.target instanceof Node && !!this.act.figure()?.contains(event.target);
  }

  /** @param {{clientX: number, clientY: number}} event @returns {[number, number]} */
  #place({ clientX, clientY }) {
    const { left, top } = this.plot.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (!this.#onFigure(event) || event.button !== 0) return;
    this.plot.dataset.byHand = ""; // a focus that came by mouse needs no outline
    this.plot.focus({ preventScroll: true });
    const chosen = this.act.mode();
    const mode = event.shiftKey && chosen === "pan" ? "lasso" : chosen;
    this.outlining = this.act.flat() && mode !== "pan";
    if (this.outlining) {
      drawOutline(event, this.plot, mode, (outline, done) => {
        this.act.outline(outline, done);
        if (done) setTimeout(() => (this.outlining = false)); // after the mouse's own events
      });
    }
    this.pressed = { x: event.clientX, y: event.clientY, time: performance.now(), id: event.pointerId, slip: 0 };
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    const { pressed } = this;
    if (!pressed || event.pointerId !== pressed.id) return;
    this.pressed = null;
    if (slipped(pressed, event) > SLIP || performance.now() - pressed.time > CLICK_MS) return;
    this.act.click(...this.#place(event), event.pointerType === "touch" ? REACH.touch : REACH.mouse);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.pressed) slipped(this.pressed, event);
    if (this.pressed || event.pointerType === "touch" || !this.#onFigure(event)) {
      this.#away();
      return;
    }
    this.pointer = event;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.pointer && !this.pressed) this.act.point(...this.#place(this.pointer), REACH.mouse);
    });
  }

  #away() {
    this.pointer = null;
    this.act.away();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    delete this.plot.dataset.byHand;
    if (event.target !== this.plot || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS) this.act.step(STEPS[event.key]);
    else if (event.key === "+" || event.key === "-") this.act.zoom(event.key === "+" ? 1.25 : 0.8);
    else if (event.key === "Escape") this.act.escape();
    else return;
    event.preventDefault();
  }

  dispose() {
    this.leaving.abort();
    cancelAnimationFrame(this.#frame);
  }
}
