// @ts-check
/** Dragging an item of the tray: to another position, or out onto a drop target. */

import { startDragImage } from "../../widgets/drag_and_drop.js";
import { dropIndex, shiftOf } from "./order.js";

const LONG_PRESS_MS = 260;
const SLACK_PX = 5;
const GAP_PX = 8; // between items

/**
 * @typedef {object} TrayDragHandlers
 * @property {() => number} top upper edge of the tray; above it, an image is dragged out
 * @property {() => number} index of the item
 * @property {(to: number) => void} move
 * @property {() => void} click
 */

/** Mouse and pen drag at once; touch after a long press, so that it can scroll. */
export class TrayDrag {
  #dragging = false;
  #longPressTimer = 0;
  #start = { x: 0, y: 0 };
  /** @type {ReturnType<typeof startDragImage> | null} */ #dragImage = null;
  #listeners = new AbortController();

  /**
   * @param {HTMLElement} item list item
   * @param {HTMLElement} handle
   * @param {string} key of the image
   * @param {TrayDragHandlers} handlers
   */
  constructor(item, handle, key, handlers) {
    this.item = item;
    this.handle = handle;
    this.key = key;
    this.handlers = handlers;
    this.#listen();
  }

  #listen() {
    const preventIfDragging = (/** @type {Event} */ event) =>
      this.#dragging && event.preventDefault();
    this.item.addEventListener("touchmove", preventIfDragging, { passive: false });
    this.handle.addEventListener("pointerdown", (event) => this.#press(event));
    this.handle.addEventListener("dragstart", (event) => event.preventDefault());
    this.handle.addEventListener("contextmenu", preventIfDragging);
    this.handle.addEventListener("click", () => !this.#dragging && this.handlers.click());
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0) return;
    this.#start = { x: event.clientX, y: event.clientY };
    if (event.pointerType === "touch")
      this.#longPressTimer = setTimeout(() => this.#begin(), LONG_PRESS_MS);
    this.#listeners.abort();
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    window.addEventListener("pointermove", (moved) => this.#move(moved), { signal });
    window.addEventListener("pointerup", () => this.#release(), { signal });
    window.addEventListener("pointercancel", () => this.#end(), { signal });
  }

  #begin() {
    this.#dragging = true;
    this.item.dataset.dragged = "";
    const canvas = this.handle.querySelector("canvas");
    this.#dragImage = startDragImage(/** @type {HTMLCanvasElement} */ (canvas));
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const [right, up] = [event.clientX - this.#start.x, this.#start.y - event.clientY];
    if (!this.#dragging && Math.max(Math.abs(right), up) > SLACK_PX) {
      if (event.pointerType === "touch") {
        this.#end(); // it scrolls
        return;
      }
      this.#begin();
    }
    if (!this.#dragging) return;
    const isOutside = event.clientY < this.handlers.top();
    this.#makeRoom(right, isOutside);
    this.#dragImage?.move(event, isOutside);
  }

  /** Move the item with the pointer and the others out of its way.
   * @param {number} distance in px @param {boolean} isOutside then it keeps its index */
  #makeRoom(distance, isOutside) {
    const pitch = this.item.offsetWidth + GAP_PX;
    const items = this.#items();
    const from = this.handlers.index();
    const to = isOutside ? from : dropIndex(from, distance, pitch, items.length);
    items.forEach((other, i) => {
      const shift = other === this.item ? distance : pitch * shiftOf(i, from, to);
      const isMoved = other === this.item ? !isOutside : shift !== 0;
      other.style.transform = isMoved ? `translateX(${shift}px)` : "";
    });
    this.item.dataset.to = String(to);
  }

  #items() {
    return /** @type {HTMLElement[]} */ ([...(this.item.parentElement?.children ?? [])]);
  }

  #release() {
    const to = this.item.dataset.to;
    const isMoved = this.#dragging && to !== undefined && !this.#dragImage?.end(this.key);
    this.#end();
    if (isMoved) this.handlers.move(Number(to));
  }

  #end() {
    this.#dragImage?.end(null);
    this.#dragImage = null;
    clearTimeout(this.#longPressTimer);
    this.#listeners.abort();
    for (const item of this.#items()) item.style.transform = "";
    delete this.item.dataset.dragged;
    delete this.item.dataset.to;
    setTimeout(() => {
      this.#dragging = false; // after the click event of the release
    });
  }
}
