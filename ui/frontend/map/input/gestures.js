// @ts-check
/**
 * Pointer and keyboard input on the map; `Navigation` handles dragging and the wheel.
 *
 * Mouse and pen decode while they hover.  Touch decodes in its own mode, or after a long press:
 * then the map does not move.
 */

import { HoverTracker } from "./hover_tracker.js";
import { handleKey } from "./keyboard.js";
import { OutlineInput } from "./outline.js";
import { listen } from "./pointer_events.js";
import { LongPress, Press } from "./press.js";
import { TouchActivation } from "./touch_activation.js";

/** @typedef {import("../toolbar.js").Mode} Mode */
/**
 * @typedef {object} PointerHandlers positions are pixels within the plot
 * @property {() => Element | undefined} figure where gestures count
 * @property {() => Mode} mode
 * @property {() => boolean} is2d
 * @property {(x: number, y: number, radius: number) => void} hover
 * @property {() => void} leave
 * @property {(x: number, y: number, radius: number, free: boolean) => void} click free: no outline is being drawn
 * @property {(outline: import("../scene/hit_test.js").Outline, done: boolean) => void} outline
 */
/** @typedef {PointerHandlers & import("./keyboard.js").KeyHandlers} GestureHandlers */

export class Gestures {
  /** @type {Press | null} */ press = null;
  outline = new OutlineInput();
  inspecting = false; // decoding while pressed
  longPress = new LongPress();
  #abort = new AbortController();

  /** @param {HTMLElement} plot @param {GestureHandlers} handlers */
  constructor(plot, handlers) {
    this.plot = plot;
    this.handlers = handlers;
    this.touch = new TouchActivation(plot, () => this.inspecting);
    const canHover = () => this.inspecting || !this.press;
    this.hover = new HoverTracker(plot, handlers.hover, handlers.leave, canHover);
    listen(plot, this, this.#abort.signal);
  }

  /** @param {Event} event */
  #onFigure({ target }) {
    return target instanceof Node && !!this.handlers.figure()?.contains(target);
  }

  /** @param {PointerEvent} event */
  onPress = (event) => {
    if (!this.#onFigure(event) || event.button !== 0) return;
    this.plot.dataset.byPointer = ""; // such a focus needs no outline
    this.plot.focus({ preventScroll: true });
    this.press = new Press(event, performance.now());
    const mode = this.handlers.mode();
    if (mode === "inspect") this.#inspect(event);
    else if (mode === "box") this.#startOutline(event, "box");
    else if (mode === "lasso" || event.shiftKey) this.#startOutline(event, "lasso");
    else if (this.press.isTouch && this.handlers.canInspect())
      this.longPress.start(this.press, () => this.#inspect(event));
  };

  /** @param {PointerEvent} event @param {"box" | "lasso"} mode */
  #startOutline(event, mode) {
    if (this.handlers.is2d()) this.outline.start(event, this.plot, mode, this.handlers.outline);
  }

  /** @param {PointerEvent} event */
  #inspect(event) {
    this.inspecting = true;
    this.hover.hover(event);
  }

  /** @param {PointerEvent} event */
  onMove = (event) => {
    const canHover = this.inspecting || !(this.press || event.pointerType === "touch");
    if (canHover && (this.inspecting || this.#onFigure(event))) this.hover.hover(event);
    else if (this.press?.distance !== 0) this.onLeave();
  };

  /** @param {PointerEvent} event */
  onMoveAnywhere = (event) => this.press?.track(event);

  /** @param {PointerEvent} event */
  onRelease = (event) => {
    const { press } = this;
    if (!press || event.pointerId !== press.id) return;
    this.longPress.cancel();
    this.press = null;
    if (this.inspecting && press.isTouch) this.onLeave();
    setTimeout(() => (this.inspecting = false)); // after the mouse's own events
    press.track(event);
    if (event.type === "pointerup" && press.isClick(performance.now())) this.#click(event, press);
  };

  /** @param {PointerEvent} event @param {Press} press */
  #click(event, { radius, isTouch }) {
    const free = !this.outline.active;
    if (isTouch) this.touch.activate();
    this.handlers.click(...this.hover.positionOf(event), radius, free);
    if (isTouch && free) this.hover.hoverNow(event);
  }

  onLeave = () => this.hover.leave();

  /** @param {Event} event */
  onContextMenu = (event) => this.inspecting && event.preventDefault();

  /** @param {KeyboardEvent} event */
  onKey = (event) => {
    delete this.plot.dataset.byPointer;
    if (event.target === this.plot && handleKey(event, this.handlers)) event.preventDefault();
  };

  dispose() {
    this.#abort.abort();
    this.touch.dispose();
    this.longPress.cancel();
    this.hover.dispose();
  }
}
