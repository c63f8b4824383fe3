// @ts-check
/** A plain slider from 0 to 1. */

import { addStyle } from "../core/dom.js";

const STYLE = `
.ls input.ls-range { width: 100%; min-width: 0; margin: 0; height: 28px; accent-color: var(--ls-accent); cursor: pointer; touch-action: pan-y; }
`;

/**
 * The input element of a slider.
 * @param {string} label for a screen reader
 * @param {{move: (value: number) => void, release: () => void}} handlers `move` gets a value in [0, 1]
 */
export function createRange(label, handlers) {
  addStyle("ls-range", STYLE);
  const root = document.createElement("input");
  Object.assign(root, { type: "range", min: "0", max: "1", step: "0.01", className: "ls-range" });
  root.setAttribute("aria-label", label);
  root.addEventListener("input", () => handlers.move(Number(root.value)));
  root.addEventListener("change", () => handlers.release());
  return root;
}
