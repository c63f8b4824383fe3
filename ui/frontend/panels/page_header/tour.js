// @ts-check
/** The guided tour of a page: a bubble beside one element after the other. The page stays usable. */

import { TourBubble } from "./tour_bubble.js";
import { nextStep, stepCount } from "./tour_steps.js";

/** Room for the header above and the tray below an element that is scrolled to. */
const SCROLL_MARGIN = "4.5rem 0 8rem";

/** @typedef {import("../../core/payloads.js").TourStep} TourStep */

/** The element of a step, if it can be seen. @param {TourStep} step @returns {HTMLElement | null} */
function find({ selector }) {
  for (const node of document.querySelectorAll(selector)) {
    const { width, height } = node.getBoundingClientRect();
    const isShown = node.checkVisibility({ visibilityProperty: true }) && width > 0 && height > 0;
    if (isShown && node instanceof HTMLElement) return node;
  }
  return null;
}

/** @param {HTMLElement} node */
function scrollTo(node) {
  const isTall = node.getBoundingClientRect().height > innerHeight / 2;
  node.style.scrollMargin = SCROLL_MARGIN;
  node.scrollIntoView({ block: isTall ? "start" : "center", inline: "nearest" });
  node.style.scrollMargin = "";
}

export class Tour {
  /** @type {TourStep[]} */ #steps = [];
  #index = -1;
  #request = 0;
  /** @type {HTMLElement | null} */ #opener = null;

  /**
   * @param {() => HTMLElement} fallback takes the focus at the end where the opener has gone
   * @param {() => void} onClose
   */
  constructor(fallback, onClose) {
    this.fallback = fallback;
    this.onClose = onClose;
    const close = () => this.close();
    this.bubble = new TourBubble({ move: (by) => this.#move(by), finish: close, close });
    this.root = this.bubble.root;
    this.onEscape = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    };
  }

  get isOpen() {
    return this.#index >= 0;
  }

  /** @param {TourStep[]} steps */
  open(steps) {
    if (this.isOpen) return;
    this.#steps = steps;
    const first = nextStep(this.#present(), -1, 1);
    if (first < 0) return;
    const active = document.activeElement;
    this.#opener = active instanceof HTMLElement ? active : null;
    document.addEventListener("keydown", this.onEscape, true);
    this.bubble.open();
    this.#show(first);
    this.bubble.next.focus();
    this.#follow();
  }

  close() {
    if (!this.isOpen) return;
    this.#index = -1;
    cancelAnimationFrame(this.#request);
    document.removeEventListener("keydown", this.onEscape, true);
    const { hasFocus } = this.bubble;
    this.bubble.close();
    this.onClose();
    if (!hasFocus) return; // it was moved into the page meanwhile, and stays there
    const isThere = this.#opener?.checkVisibility({ visibilityProperty: true });
    const target = isThere && this.#opener ? this.#opener : this.fallback();
    target.focus();
  }

  #present() {
    return this.#steps.map((step) => find(step) !== null);
  }

  /** @param {1 | -1} direction */
  #move(direction) {
    const index = nextStep(this.#present(), this.#index, direction);
    if (index >= 0) this.#show(index);
  }

  /** @param {number} index */
  #show(index) {
    this.#index = index;
    const step = this.#steps[index];
    const present = this.#present();
    const { number, total } = stepCount(present, index);
    this.bubble.show({
      title: step.title,
      text: step.text,
      count: `Step ${number} of ${total}`,
      isFirst: nextStep(present, index, -1) < 0,
      isLast: nextStep(present, index, 1) < 0,
    });
    const node = find(step);
    if (node) scrollTo(node);
    this.bubble.place(node);
  }

  /** Keep the bubble beside its element while the page scrolls or is drawn again. */
  #follow() {
    this.bubble.place(find(this.#steps[this.#index]));
    this.#request = requestAnimationFrame(() => this.#follow());
  }
}
