// @ts-check
/** Arrow keys that go to the previous or next sample of a panel. */

import { ownsArrows } from "../core/dom.js";

/**
 * -1 for the left arrow key, 1 for the right one, 0 for other keys and with a modifier.
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} event
 */
export function arrowStep({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (ctrlKey || metaKey || altKey || shiftKey) return 0;
  return { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
}

/** The index `step` further on, cyclically. @param {number} index @param {number} step @param {number} count */
export function cyclicIndex(index, step, count) {
  return (index + step + count) % count;
}

/**
 * Listen for arrow keys anywhere on the page, except where a widget handles them.
 * @param {HTMLElement} root no key is handled while it is not on the page
 * @param {() => boolean} isActive whether there is a sample to go on from
 * @param {(step: number) => void} go
 * @returns {() => void} removes the listener
 */
export function listenForArrowKeys(root, isActive, go) {
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const step = arrowStep(event);
    if (!step || !isActive() || !root.isConnected) return;
    if (event.defaultPrevented || ownsArrows(event.target)) return;
    event.preventDefault();
    go(step);
  }
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
