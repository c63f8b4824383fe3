// @ts-check
/** The bubble of a guided tour, and the frame around the element that it explains. */

import { addStyle, el, setText } from "../../core/dom.js";
import { placeBubble, visiblePart } from "./tour_steps.js";

const STYLE = `
.ls .ls-tour[popover] { position: fixed; inset: auto; margin: 0; width: min(23rem, calc(100vw - 1rem)); max-height: calc(100dvh - 1rem); overflow-y: auto;
  padding: .9rem 1rem; border: 1px solid var(--ls-line); border-radius: 12px; color: var(--st-text-color); background: var(--ls-background);
  box-shadow: 0 8px 28px rgb(0 0 0 / .3); font-size: .93rem; line-height: 1.45; text-align: left; }
.ls .ls-tour h2 { font-size: 1.05rem; font-weight: 650; margin: 0 0 .25rem; padding: 0; }
.ls-tour-foot { display: flex; align-items: center; gap: .4rem; margin-top: .75rem; }
.ls-tour-foot > span { margin-right: auto; }
.ls .ls-tour-frame[popover] { position: fixed; inset: auto; margin: 0; padding: 0; border: 3px solid var(--ls-accent); border-radius: 8px; background: none;
  pointer-events: none; overflow: visible; box-shadow: 0 0 0 2px var(--ls-background), 0 0 0 200vmax rgb(0 0 0 / .22); }
`;
const FRAME = 5;

/**
 * @typedef {object} ShownStep
 * @property {string} title @property {string} text @property {string} count
 * @property {boolean} isFirst @property {boolean} isLast
 */

export class TourBubble {
  #placed = "";

  /** @param {{ move: (direction: 1 | -1) => void, finish: () => void, close: () => void }} actions */
  constructor({ move, finish, close }) {
    addStyle("ls-tour", STYLE);
    this.move = move;
    this.title = el("h2", { id: "ls-tour-title" });
    this.text = el("p", { id: "ls-tour-text" });
    this.count = el("span", { class: "ls-muted" });
    this.back = button("Back", () => move(-1));
    this.next = button("Next", () => (this.next.dataset.last ? finish() : move(1)));
    this.next.classList.add("ls-primary");
    const props = {
      class: "ls-tour",
      popover: "manual",
      role: "dialog",
      "aria-labelledby": "ls-tour-title",
      "aria-describedby": "ls-tour-text",
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    };
    const said = el("div", { "aria-live": "polite", "aria-atomic": "true" }, this.title, this.text);
    const buttons = [button("Close", close), this.back, this.next];
    this.bubble = el(
      "div",
      props,
      said,
      el("div", { class: "ls-tour-foot" }, this.count, ...buttons),
    );
    this.frame = el("div", { class: "ls-tour-frame", popover: "manual", "aria-hidden": "true" });
    this.root = el("div", {}, this.frame, this.bubble);
  }

  open() {
    this.frame.showPopover();
    this.bubble.showPopover(); // after the frame, so that it lies above it
  }

  close() {
    this.bubble.hidePopover();
    this.frame.hidePopover();
  }

  get hasFocus() {
    return this.bubble.contains(document.activeElement);
  }

  /** @param {ShownStep} step */
  show({ title, text, count, isFirst, isLast }) {
    setText(this.title, title);
    setText(this.text, text);
    setText(this.count, count);
    setText(this.next, isLast ? "Done" : "Next");
    this.next.dataset.last = isLast ? "yes" : "";
    if (isFirst && this.back === document.activeElement) this.next.focus();
    this.back.disabled = isFirst;
  }

  /** Beside `node`; where that has gone, the bubble stays. @param {HTMLElement | null} node */
  place(node) {
    this.frame.hidden = node === null;
    if (!node) return;
    const view = { width: document.documentElement.clientWidth, height: innerHeight };
    const { left, top, width, height } = node.getBoundingClientRect();
    const around = { width: width + 2 * FRAME, height: height + 2 * FRAME };
    const box = visiblePart({ left: left - FRAME, top: top - FRAME, ...around }, view);
    const size = { width: this.bubble.offsetWidth, height: this.bubble.offsetHeight };
    const place = placeBubble(box, size, view);
    const placed = JSON.stringify([box, place]);
    if (placed === this.#placed) return;
    this.#placed = placed;
    setPixels(this.frame, { ...box });
    setPixels(this.bubble, { ...place });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "ArrowRight") this.move(1);
    else if (event.key === "ArrowLeft") this.move(-1);
    else if (event.key === "Tab") this.#moveFocus(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Tab stays among the buttons of the bubble. @param {1 | -1} direction */
  #moveFocus(direction) {
    const buttons = [...this.bubble.querySelectorAll("button")].filter((b) => !b.disabled);
    const at = buttons.findIndex((b) => b === document.activeElement);
    buttons[(at + direction + buttons.length) % buttons.length].focus();
  }
}

/** @param {string} words @param {() => void} onclick */
function button(words, onclick) {
  return el("button", { type: "button", class: "ls-button", onclick }, words);
}

/** @param {HTMLElement} node @param {Record<string, number>} values */
function setPixels(node, values) {
  for (const [name, value] of Object.entries(values)) node.style.setProperty(name, `${value}px`);
}
