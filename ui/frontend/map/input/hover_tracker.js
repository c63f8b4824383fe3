// @ts-check
/** Reports the pointer's position within the plot, once per frame. */

import { NextFrame } from "../next_frame.js";
import { hitRadius } from "./press.js";

/** @typedef {{clientX: number, clientY: number, pointerType: string}} PointerPosition */

export class HoverTracker {
  /** @type {PointerPosition | null} */ pointer = null;
  #frame = new NextFrame(() => {
    if (this.pointer && this.allowed()) this.hoverNow(this.pointer);
  });

  /**
   * @param {HTMLElement} plot
   * @param {(x: number, y: number, radius: number) => void} hover
   * @param {() => void} leave
   * @param {() => boolean} allowed whether to report, asked in the frame of the report
   */
  constructor(plot, hover, leave, allowed) {
    this.plot = plot;
    this.onHover = hover;
    this.onLeave = leave;
    this.allowed = allowed;
  }

  /** Pixels within the plot. @param {{clientX: number, clientY: number}} event @returns {[number, number]} */
  positionOf({ clientX, clientY }) {
    const { left, top } = this.plot.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  /** In the next frame. @param {PointerPosition} pointer */
  hover(pointer) {
    this.pointer = pointer;
    this.#frame.request();
  }

  /** @param {PointerPosition} pointer */
  hoverNow(pointer) {
    this.onHover(...this.positionOf(pointer), hitRadius(pointer.pointerType));
  }

  leave() {
    this.pointer = null;
    this.onLeave();
  }

  dispose() {
    this.#frame.cancel();
  }
}
