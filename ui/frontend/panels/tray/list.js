// @ts-check
/** The images in the tray as a list. */

import { el } from "../../core/dom.js";
import { updateTrayItem } from "./item.js";

/** @typedef {import("./order.js").TrayItem} TrayItem */

export class TrayList {
  /** @param {(key: string) => HTMLElement} createItem */
  constructor(createItem) {
    this.createItem = createItem;
    this.root = el("ol", {
      class: "ls-tray-items",
      "aria-label": "images in the tray; Alt and arrow keys move one, Delete removes it",
    });
  }

  /** Whether an item is being dragged. */
  get isDragging() {
    return this.root.querySelector("[data-dragged]") !== null;
  }

  /** @param {number} index */
  focus(index) {
    const button = this.root.children[index]?.firstElementChild;
    if (button instanceof HTMLElement) button.focus();
  }

  /** Show the items; nodes of items that stay are kept. @param {TrayItem[]} items */
  update(items) {
    const before = /** @type {HTMLElement[]} */ ([...this.root.children]);
    const nodes = items.map((item, i) => {
      const kept = before.find((node) => node.dataset.key === item.key);
      const position = `${i + 1} of ${items.length}`;
      return updateTrayItem(kept ?? this.createItem(item.key), item, position);
    });
    if (nodes.length === before.length && nodes.every((node, i) => node === before[i])) return;
    this.#replaceChildren(nodes);
    if (before.length && nodes.length > before.length)
      this.root.scrollTo({ left: this.root.scrollWidth });
  }

  /** The focused item keeps the focus if it stays. @param {HTMLElement[]} nodes */
  #replaceChildren(nodes) {
    const focused = document.activeElement;
    this.root.replaceChildren(...nodes);
    if (focused instanceof HTMLElement && this.root.contains(focused)) focused.focus();
  }
}
