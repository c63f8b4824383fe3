// @ts-check
/** One image in the tray. */

import { el, setText } from "../../core/dom.js";
import { icon } from "../../core/icons.js";
import { imageCanvas, showImage } from "../../core/images.js";
import { TrayDrag } from "./item_drag.js";

/**
 * @typedef {object} TrayItemHandlers
 * @property {() => void} remove
 * @property {(event: KeyboardEvent) => void} keydown
 */

/**
 * A list item that can be clicked, dragged and removed.
 * @param {string} key
 * @param {TrayItemHandlers & import("./item_drag.js").TrayDragHandlers} handlers
 */
export function createTrayItem(key, handlers) {
  const imageButton = el(
    "button",
    { type: "button", "data-role": "item", onkeydown: handlers.keydown },
    el("span", { class: "ls-surface" }, imageCanvas()),
    el("span", { class: "ls-caption ls-ellipsis" }),
  );
  const removeButton = el(
    "button",
    {
      class: "ls-tray-cross",
      type: "button",
      tabindex: "-1",
      "data-role": "remove",
      onclick: handlers.remove,
    },
    icon("cross"),
  );
  const item = el("li", { "data-key": key }, imageButton, removeButton);
  new TrayDrag(item, imageButton, key, handlers);
  return item;
}

/**
 * Show an image and its label.
 * @param {HTMLElement} node @param {import("./order.js").TrayItem} item
 * @param {string} position such as "2 of 5", which tells apart items with the same label
 */
export function updateTrayItem(node, { label, picture }, position) {
  const [imageButton, removeButton] = node.children;
  setText(/** @type {HTMLElement} */ (imageButton.lastElementChild), label || "\u00a0");
  imageButton.setAttribute("title", label);
  const name = `${label || "image"}, ${position} in the tray`;
  imageButton.setAttribute("aria-label", name);
  removeButton.setAttribute("aria-label", `remove ${name}`);
  const canvas = /** @type {HTMLCanvasElement} */ (imageButton.querySelector("canvas"));
  void showImage(canvas, picture);
  return node;
}
