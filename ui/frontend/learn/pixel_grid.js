// @ts-check
/** A square picture of a few cells, which can be edited by pointer and keyboard. */

import { el, setProps, setText } from "../core/dom.js";
import { formatNumber } from "../core/format.js";

const WHITE_FROM = 0.5;
/** Steps across and down. */
const ARROWS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowDown", [0, 1]],
]);

export class PixelGrid {
  #values = /** @type {number[]} */ ([]);
  #color = /** @type {number | null} */ (null); // of the stroke that is being drawn

  /**
   * @param {string} label
   * @param {{filled: (values: number[]) => void, released: () => void} | null} handlers null for a picture that is only shown
   */
  constructor(label, handlers) {
    this.handlers = handlers;
    this.root = el("div", { class: "ls-pixels", role: "grid", "aria-label": label });
    if (!handlers) return;
    this.root.dataset.editable = "";
    this.root.addEventListener("pointerdown", (event) => this.#press(event));
    this.root.addEventListener("pointermove", (event) => this.#fillUnder(event));
    for (const end of ["pointerup", "pointercancel"])
      this.root.addEventListener(end, () => this.#release());
    this.root.addEventListener("keydown", (event) => this.#onKey(event));
  }

  get #side() {
    return Math.sqrt(this.#values.length);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const index = this.#indexUnder(event);
    if (index < 0 || event.button !== 0) return;
    event.preventDefault();
    this.root.setPointerCapture(event.pointerId);
    this.#color = this.#values[index] < WHITE_FROM ? 1 : 0;
    this.#fill(index, this.#color);
  }

  /** @param {PointerEvent} event */
  #fillUnder(event) {
    const index = this.#color === null ? -1 : this.#indexUnder(event);
    if (index >= 0 && this.#color !== null) this.#fill(index, this.#color);
  }

  #release() {
    if (this.#color === null) return;
    this.#color = null;
    this.handlers?.released();
  }

  /** @param {PointerEvent} event the index of the cell under the pointer, or -1 */
  #indexUnder({ clientX, clientY }) {
    const box = this.root.getBoundingClientRect();
    const column = Math.floor(((clientX - box.left) / box.width) * this.#side);
    const row = Math.floor(((clientY - box.top) / box.height) * this.#side);
    const inside = Math.min(row, column) >= 0 && Math.max(row, column) < this.#side;
    return inside ? row * this.#side + column : -1;
  }

  /** @param {number} index @param {number} color */
  #fill(index, color) {
    if (this.#values[index] === color) return;
    this.handlers?.filled(this.#values.map((value, i) => (i === index ? color : value)));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const index = [...this.root.querySelectorAll("[role=gridcell]")].indexOf(
      /** @type {Element} */ (event.target),
    );
    const arrow = ARROWS.get(event.key);
    if (arrow) this.#focus(index, arrow);
    else if (event.key === " " || event.key === "Enter") {
      this.#fill(index, this.#values[index] < WHITE_FROM ? 1 : 0);
      this.handlers?.released();
    } else return;
    event.preventDefault();
  }

  /** @param {number} index @param {number[]} step */
  #focus(index, [across, down]) {
    const side = this.#side;
    const column = Math.min(side - 1, Math.max(0, (index % side) + across));
    const row = Math.min(side - 1, Math.max(0, Math.floor(index / side) + down));
    const cells = this.root.querySelectorAll("[role=gridcell]");
    cells.forEach((cell, i) => setProps(cell, { tabindex: i === row * side + column ? 0 : -1 }));
    /** @type {HTMLElement} */ (cells[row * side + column]).focus();
  }

  /** Show these values, each in [0, 1]. @param {number[]} values @param {boolean} [asNumbers] */
  update(values, asNumbers = false) {
    this.#values = values;
    if (this.root.children.length !== this.#side) this.#build();
    this.root.toggleAttribute("data-numbers", asNumbers);
    this.root.querySelectorAll("[role=gridcell]").forEach((cell, i) => {
      const text = formatNumber(values[i], 1);
      setText(cell, text);
      setProps(cell, { "aria-label": `row ${this.#row(i)}, column ${this.#column(i)}: ${text}` });
      const { style } = /** @type {HTMLElement} */ (cell);
      style.setProperty("--gray", `${Math.round(values[i] * 255)}`);
    });
  }

  #build() {
    const side = this.#side;
    const cell = (/** @type {number} */ index) =>
      el("div", { role: "gridcell", tabindex: this.handlers ? (index ? -1 : 0) : null });
    const row = (/** @type {number} */ r) =>
      el("div", { role: "row" }, ...Array.from({ length: side }, (_, c) => cell(r * side + c)));
    this.root.replaceChildren(...Array.from({ length: side }, (_, r) => row(r)));
  }

  /** @param {number} index */
  #row(index) {
    return Math.floor(index / this.#side) + 1;
  }

  /** @param {number} index */
  #column(index) {
    return (index % this.#side) + 1;
  }
}
