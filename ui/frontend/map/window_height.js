// @ts-check
/** Makes an element as tall as the window allows: down to the tray, which covers the page's end. */

const MIN_HEIGHT_PX = 320;
const MIN_FRACTION = 0.55; // of the window's height, where the page has to be scrolled anyway
const GAP_PX = 10; // above the tray
const PAGE = '[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]';
const TRAY = ".st-key-frame-tray";

/**
 * In whole pixels.
 * @param {number} top of the element, from the start of the page, in pixels
 * @param {number} windowHeight @param {number} covered at the window's end, in pixels
 */
export function fittingHeight(top, windowHeight, covered) {
  const least = Math.max(MIN_HEIGHT_PX, MIN_FRACTION * windowHeight);
  return Math.floor(Math.max(least, windowHeight - top - covered - GAP_PX));
}

/** From the start of the page, however far it is scrolled. @param {Element} node */
function topOnPage(node) {
  let { top } = node.getBoundingClientRect();
  for (let parent = node.parentElement; parent; parent = parent.parentElement)
    top += parent.scrollTop;
  return top;
}

export class WindowHeight {
  #active = false;
  /** @type {Set<Element>} */ #observed = new Set();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.observer = new ResizeObserver(() => this.#fit());
    this.onResize = () => this.#fit();
    window.addEventListener("resize", this.onResize);
  }

  /** @param {number | null} height in pixels; null fits it to the window */
  set(height) {
    this.#active = height === null;
    if (height !== null) this.root.style.setProperty("--height", `${height}px`);
    else this.#fit();
  }

  #fit() {
    if (!this.#active || !this.root.isConnected) return;
    const trays = [...document.querySelectorAll(TRAY)]; // Streamlit has two elements of this class
    for (const node of [...trays, ...document.querySelectorAll(PAGE)]) this.#observe(node);
    const covered = Math.max(0, ...trays.map((node) => node.getBoundingClientRect().height));
    const height = fittingHeight(topOnPage(this.root), window.innerHeight, covered);
    this.root.style.setProperty("--height", `${height}px`);
  }

  /** What is above the map, and the tray, change how much space there is. @param {Element} node */
  #observe(node) {
    if (this.#observed.has(node)) return;
    this.#observed.add(node);
    this.observer.observe(node);
  }

  dispose() {
    this.observer.disconnect();
    window.removeEventListener("resize", this.onResize);
  }
}
