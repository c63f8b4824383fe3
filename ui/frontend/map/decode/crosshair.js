// @ts-check
/** A crosshair over the plot, moved by arrow keys. */

import { el } from "../../core/dom.js";

/** @typedef {{x: number, y: number}} Pixel within the plot */

const STEP_PX = 10;

/**
 * The next position: the center at first, then a step further, within the plot.
 * @param {Pixel | null} from @param {number} across @param {number} down steps
 * @param {{width: number, height: number}} size of the plot
 * @returns {Pixel}
 */
export function nextPosition(from, across, down, { width, height }) {
  if (!from) return { x: width / 2, y: height / 2 };
  return {
    x: Math.min(width - 1, Math.max(0, from.x + STEP_PX * across)),
    y: Math.min(height - 1, Math.max(0, from.y + STEP_PX * down)),
  };
}

export class Crosshair {
  /** @type {Pixel | null} */ position = null;
  hitRadius = 6; // within this many pixels a sample is under the crosshair

  constructor() {
    this.root = el("div", { class: "ls-map-cross", hidden: true });
  }

  /** @param {Pixel | null} position null hides it */
  set(position) {
    this.position = position;
    this.root.hidden = position === null;
    if (position) this.root.style.transform = `translate(${position.x}px, ${position.y}px)`;
  }
}
