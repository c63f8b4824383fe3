// @ts-check
/** Arrow keys, and the keys of a presenter's remote control, lead from step to step. */

import { defineComponent } from "../core/component.js";
import { el, ownsArrows } from "../core/dom.js";

const TURNS = new Map([
  ["ArrowLeft", "back"],
  ["PageUp", "back"],
  ["ArrowRight", "next"],
  ["PageDown", "next"],
]);

/** @param {EventTarget | null} target */
function isInDialog(target) {
  return target instanceof Element && target.closest("dialog, [role=dialog]") !== null;
}

class StepKeys {
  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    this.send = send;
    this.root = el("div", { class: "ls ls-step-keys", hidden: true });
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.#onKey(event);
    document.addEventListener("keydown", this.onKey);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const turn = TURNS.get(event.key);
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    const isElsewhere = ownsArrows(event.target) || isInDialog(event.target);
    if (!turn || modified || event.defaultPrevented || isElsewhere) return;
    event.preventDefault();
    this.send("turned", turn);
  }

  update() {}

  dispose() {
    document.removeEventListener("keydown", this.onKey);
  }
}

export default defineComponent((send) => new StepKeys(send));
