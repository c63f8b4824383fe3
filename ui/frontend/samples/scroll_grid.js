// @ts-check
/** An endless grid that scrolls; only the tiles that are seen exist. */

import { el } from "../core/dom.js";
import { contentHeight, gridOf, scrollTo, tilePosition, visibleRange } from "./grid_geometry.js";

/**
 * @template T
 * @typedef {object} TileFactory
 * @property {() => T & {root: HTMLElement}} create
 * @property {(tile: T, index: number) => void} show a sample in a tile
 * @property {(tile: T, index: number) => void} hide a sample that is not seen any more
 */

/** @template {{root: HTMLElement}} T */
export class ScrollGrid {
  /** @type {Map<number, T>} the tiles that are seen, by the number of their sample */ tiles =
    new Map();
  /** @type {T[]} */ #unused = [];
  /** @type {import("./grid_geometry.js").Grid} */ #grid = { columns: 1, width: 1, height: 1 };
  #seenEnd = 0;
  #minWidth = 96;
  /** @type {(width: number) => number} */ #heightOf = (width) => width;

  /** @param {TileFactory<T>} factory @param {string} label for a screen reader */
  constructor(factory, label) {
    this.factory = factory;
    this.content = el("div", { class: "ls-samples-content" });
    this.root = el(
      "div",
      { class: "ls-samples-scroll", role: "group", "aria-label": label, tabindex: "0" },
      this.content,
    );
    this.root.addEventListener("scroll", () => this.layOut(), { passive: true });
    this.resizeObserver = new ResizeObserver(() => this.measure());
    this.resizeObserver.observe(this.root);
  }

  /** How large tiles are. @param {number} minWidth in CSS pixels @param {(width: number) => number} heightOf a tile of some width */
  setTileSize(minWidth, heightOf) {
    this.#minWidth = minWidth;
    this.#heightOf = heightOf;
    this.measure();
  }

  /** Fit the tiles to the width. */
  measure() {
    if (!this.content.clientWidth) return;
    this.#grid = gridOf(this.content.clientWidth, this.#minWidth, this.#heightOf);
    this.layOut();
  }

  /** Show the samples that are seen now, and no others. */
  layOut() {
    const { scrollTop, clientHeight } = this.root;
    const { first, end } = visibleRange(this.#grid, scrollTop, clientHeight);
    this.#seenEnd = Math.max(this.#seenEnd, end);
    this.content.style.height = `${contentHeight(this.#grid, this.#seenEnd)}px`;
    for (const [index, tile] of this.tiles) {
      if (index >= first && index < end) continue;
      this.factory.hide(tile, index);
      this.tiles.delete(index);
      tile.root.hidden = true;
      this.#unused.push(tile);
    }
    for (let index = first; index < end; index++) this.#place(index);
  }

  /** @param {number} index */
  #place(index) {
    let tile = this.tiles.get(index);
    if (!tile) {
      tile = this.#unused.pop() ?? this.#create();
      tile.root.hidden = false;
      this.tiles.set(index, tile);
      this.factory.show(tile, index);
    }
    const { left, top } = tilePosition(this.#grid, index);
    tile.root.style.transform = `translate(${left}px, ${top}px)`;
    tile.root.style.width = `${this.#grid.width}px`;
  }

  #create() {
    const tile = this.factory.create();
    this.content.append(tile.root);
    return tile;
  }

  /** Show all samples that are seen anew. */
  refresh() {
    for (const [index, tile] of this.tiles) this.factory.show(tile, index);
  }

  /** Scroll to a sample that is not seen. @param {number} index */
  reveal(index) {
    const { scrollTop, clientHeight } = this.root;
    const target = scrollTo(this.#grid, index, scrollTop, clientHeight);
    if (target === null) return;
    this.#seenEnd = Math.max(this.#seenEnd, index + 1);
    this.content.style.height = `${contentHeight(this.#grid, this.#seenEnd)}px`;
    this.root.scrollTop = target;
    this.layOut();
  }

  dispose() {
    this.resizeObserver.disconnect();
  }
}
