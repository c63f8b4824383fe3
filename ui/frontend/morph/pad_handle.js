// @ts-check
/** A handle in a square, moved by pointer, touch or keys. */

import { addStyle, el } from "../core/dom.js";
import { CELLS } from "./corner_grid.js";

const STEP = 0.01;
const LARGE_STEP = 0.1;
const REPORT_DELAY_MS = 350; // after the last key

const STYLE = `
.ls-pad { position: relative; aspect-ratio: 1; width: 100%; touch-action: none; cursor: crosshair; user-select: none; -webkit-user-select: none; }
.ls-pad-handle { position: absolute; width: 34px; height: 34px; margin: -17px; border-radius: 50%; z-index: 2; cursor: grab;
  border: 3.5px solid var(--ls-accent); box-shadow: 0 0 0 2.5px #fff, 0 0 0 4.5px rgb(0 0 0 / .55), inset 0 0 0 2px #fff; }
.ls .ls-pad-handle:focus-visible { outline: 3px solid var(--st-text-color); outline-offset: 6px; border-radius: 50%; }
.ls-pad[data-dragging], .ls-pad[data-dragging] .ls-pad-handle { cursor: grabbing; }
`;

/** From a fraction of the square's side to a fraction between the centers of its outer images. @param {number} share */
const toFraction = (share) => Math.min(1, Math.max(0, (share * CELLS - 0.5) / (CELLS - 1)));
/** @param {number} far */
const toPercent = (far) => `${((0.5 + far * (CELLS - 1)) / CELLS) * 100}%`;

/**
 * @param {object} handlers
 * @param {(u: number, v: number) => void} handlers.move how far right and down, in [0, 1]
 * @param {() => void} handlers.rest released
 */
export function createPadHandle(handlers) {
  addStyle("ls-pad", STYLE);
  let [u, v] = [0.5, 0.5];
  let dragging = false;
  let reportTimer = 0;
  const handle = el("div", {
    class: "ls-pad-handle",
    role: "slider",
    tabindex: "0",
    "aria-label": "position between the four corners",
    "aria-roledescription": "two-dimensional slider",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
  });
  const root = el("div", { class: "ls-pad" }, handle);

  /** @param {PointerEvent} event */
  function onMove(event) {
    const { left, top, width, height } = root.getBoundingClientRect();
    handlers.move(
      toFraction((event.clientX - left) / width),
      toFraction((event.clientY - top) / height),
    );
  }

  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault(); // no text is selected
    handle.focus({ preventScroll: true });
    root.setPointerCapture(event.pointerId);
    dragging = true;
    root.dataset.dragging = "";
    onMove(event);
  });
  root.addEventListener("pointermove", (event) => dragging && onMove(event));
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    root.addEventListener(end, release);

  function release() {
    if (!dragging) return;
    dragging = false;
    delete root.dataset.dragging;
    handlers.rest();
  }

  handle.addEventListener("keydown", (event) => {
    const wanted = targetOf(event);
    if (!wanted) return;
    event.preventDefault();
    handlers.move(...wanted);
    clearTimeout(reportTimer);
    reportTimer = setTimeout(() => handlers.rest(), REPORT_DELAY_MS);
  });

  /** @param {KeyboardEvent} event @returns {[number, number] | null} */
  function targetOf({ key, shiftKey, altKey, ctrlKey, metaKey }) {
    if (altKey || ctrlKey || metaKey) return null;
    if (key === "Home") return [0, 0];
    if (key === "End") return [1, 1];
    const step = shiftKey ? LARGE_STEP : STEP;
    const delta = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    }[key];
    if (!delta) return null;
    const [right, down] = [u + delta[0], v + delta[1]].map((share) =>
      Math.min(1, Math.max(0, Math.round(share / STEP) * STEP)),
    );
    return [right, down];
  }

  return {
    root,
    handle,
    get dragging() {
      return dragging;
    },
    /** @param {number} right @param {number} down @param {string} valueText for a screen reader */
    set(right, down, valueText) {
      [u, v] = [right, down];
      handle.style.left = toPercent(u);
      handle.style.top = toPercent(v);
      handle.setAttribute("aria-valuenow", String(Math.round(100 * u)));
      handle.setAttribute("aria-valuetext", valueText);
    },
    dispose: () => clearTimeout(reportTimer),
  };
}
