// @ts-check
/**
 * What hand and keyboard do on the map; dragging and the wheel are Plotly's.
 *
 * A mouse or pen looks while it hovers.  A finger looks in the mode for it, or when it rests a
 * moment before it moves: then the map stays where it is.
 */

import { drawOutline } from "../toolbar.js";

const SLIP = 5; // pixels a hand may move and still mean a click
const CLICK_MS = 600;
const HOLD_MS = 320; // a finger that rests this long looks
const REACH = { mouse: 9, touch: 20 };
const STEPS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowDown: [0, 1],
});

/**
 * @typedef {object} Act what a gesture means; places are pixels within the drawing
 * @property {() => Element | undefined} figure where gestures count
 * @property {() => import("../toolbar.js").Mode} mode
 * @property {() => boolean} flat
 * @property {() => boolean} looks whether places can be looked at, not only dots
 * @property {(x: number, y: number, radius: number) => void} point
 * @property {() => void} away
 * @property {(x: number, y: number, radius: number, free: boolean) => void} click free: no outline is being drawn
 * @property {(outline: import("../scene/hit_test.js").Outline, done: boolean) => void} outline
 * @property {(step: number) => void} step
 * @property {(across: number, down: number) => void} cross
 * @property {() => void} enter
 * @property {(factor: number) => void} zoom
 * @property {() => void} escape
 */

/** @typedef {{x: number, y: number, time: number, id: number, slip: number, reach: number}} Pressed */

/**
 * How far a hand has been from where it pressed: a lasso that ends where it began is no click.
 * @param {Pressed} pressed @param {PointerEvent} event
 */
function slipped(pressed, event) {
  pressed.slip = Math.max(pressed.slip, Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y));
  return pressed.slip;
}

export class Hand {
  /** @type {Pressed | null} */ pressed = null;
  /** @type {{clientX: number, clientY: number} | null} */ pointer = null;
  outlining = false;
  looking = false; // while pressed
  #held = 0; // waits for a finger to rest
  #frame = 0;

  /** @param {HTMLElement} plot @param {Act} act */
  constructor(plot, act) {
    this.plot = plot;
    this.act = act;
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    plot.addEventListener("pointerdown", (event) => this.#press(event), true);
    plot.addEventListener("pointermove", (event) => this.#move(event));
    plot.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.#away());
    plot.addEventListener("wheel", () => this.#away(), { passive: true, capture: true });
    plot.addEventListener("keydown", (event) => this.#key(event));
    plot.addEventListener("contextmenu", (event) => this.looking && event.preventDefault());
    for (const name of ["mousedown", "touchstart"]) plot.addEventListener(name, (event) => this.#keep(event), true);
    window.addEventListener("pointermove", (event) => this.pressed && slipped(this.pressed, event), { capture: true, signal }); // Plotly covers the page while it drags
    window.addEventListener("pointerdown", (event) => event.pointerType === "touch" && this.#away(), { capture: true, signal }); // what the last tap showed
    window.addEventListener("touchmove", (event) => this.looking && event.stopPropagation(), { capture: true, signal });
    for (const name of ["pointerup", "pointercancel"]) {
      window.addEventListener(name, (event) => this.#lift(/** @type {PointerEvent} */ (event)), { capture: true, signal });
    }
  }

  /** While an outline is drawn or one looks, Plotly must not drag. @param {Event} event */
  #keep(event) {
    if ((this.outlining || this.looking) && this.#onFigure(event)) event.stopPropagation();
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

  // ── press, move, lift ───────────────────────────────────────────────────────────────────

  /** @param {PointerEvent} event */
  #press(event) {
    if (!this.#onFigure(event) || event.button !== 0) return;
    this.plot.dataset.byHand = ""; // a focus that came by mouse needs no outline
    this.plot.focus({ preventScroll: true });
    const reach = event.pointerType === "touch" ? REACH.touch : REACH.mouse;
    this.pressed = { x: event.clientX, y: event.clientY, time: performance.now(), id: event.pointerId, slip: 0, reach };
    const chosen = this.act.mode();
    const mode = event.shiftKey && chosen === "pan" ? "lasso" : chosen;
    if (mode === "look") this.#look(event);
    else if (mode === "pan") this.#hold(event);
    else if (this.act.flat()) this.#draw(event, mode);
  }

  /** @param {PointerEvent} event @param {"box" | "lasso"} mode */
  #draw(event, mode) {
    this.outlining = true;
    drawOutline(event, this.plot, mode, (outline, done) => {
      this.act.outline(outline, done);
      if (done) setTimeout(() => (this.outlining = false)); // after the mouse's own events
    });
  }

  /** A finger that rests begins to look. @param {PointerEvent} event */
  #hold(event) {
    if (event.pointerType !== "touch" || !this.act.looks()) return;
    this.#held = window.setTimeout(() => {
      if (!this.pressed || this.pressed.slip > SLIP) return;
      this.pressed.slip = SLIP + 1; // no click any more
      this.#look(event);
    }, HOLD_MS);
  }

  /** @param {PointerEvent} event */
  #look(event) {
    this.looking = true;
    this.#point(event);
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    const { pressed } = this;
    if (!pressed || event.pointerId !== pressed.id) return;
    clearTimeout(this.#held);
    this.pressed = null;
    if (this.looking && event.pointerType === "touch") this.#away();
    setTimeout(() => (this.looking = false)); // after the mouse's own events
    const click = event.type === "pointerup" && slipped(pressed, event) <= SLIP && performance.now() - pressed.time <= CLICK_MS;
    if (!click) return;
    this.act.click(...this.#place(event), pressed.reach, !this.outlining);
    if (event.pointerType === "touch" && !this.outlining) this.act.point(...this.#place(event), pressed.reach);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const looks = this.looking || !(this.pressed || event.pointerType === "touch");
    if (looks && (this.looking || this.#onFigure(event))) this.#point(event);
    else if (this.pressed?.slip !== 0) this.#away();
  }

  /** In the next frame. @param {PointerEvent} event */
  #point(event) {
    this.pointer = event;
    const reach = event.pointerType === "touch" ? REACH.touch : REACH.mouse;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.pointer && (this.looking || !this.pressed)) this.act.point(...this.#place(this.pointer), reach);
    });
  }

  #away() {
    this.pointer = null;
    this.act.away();
  }

  // ── keys ────────────────────────────────────────────────────────────────────────────────

  /** @param {KeyboardEvent} event */
  #key(event) {
    delete this.plot.dataset.byHand;
    if (event.target !== this.plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = STEPS[event.key];
    if (arrow && event.shiftKey && this.act.looks()) this.act.cross(...arrow);
    else if (arrow) this.act.step(arrow[0] + arrow[1]);
    else if (event.key === "Enter") this.act.enter();
    else if (event.key === "+" || event.key === "-") this.act.zoom(event.key === "+" ? 1.25 : 0.8);
    else if (event.key === "Escape") this.act.escape();
    else return;
    event.preventDefault();
  }

  dispose() {
    this.leaving.abort();
    clearTimeout(this.#held);
    cancelAnimationFrame(this.#frame);
  }
}
