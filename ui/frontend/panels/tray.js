// @ts-check
/** The tray: the collected images, in an order that can be changed. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { EventQueue } from "./tray/event_queue.js";
import { createTrayItem } from "./tray/item.js";
import { TrayList } from "./tray/list.js";
import { StoredTray } from "./tray/stored_tray.js";
import { clampIndex, indexOfKey, movedTo, without } from "./tray/order.js";

/** @typedef {import("./tray/order.js").TrayItem} TrayItem */

const STYLE = `
.ls-tray > div { display: flex; align-items: center; gap: 14px; min-height: 62px; }
.ls-tray-name { flex: none; display: grid; line-height: 1.2; }
.ls-tray-name strong { font-weight: 600; font-size: .87rem; }
.ls-tray-items { display: flex; gap: 8px; flex: 1; min-width: 0; overflow-x: auto; overflow-y: hidden;
  padding: 4px 3px; scrollbar-width: thin; overscroll-behavior-x: contain; }
.ls-tray-items li { position: relative; flex: none; width: 46px; user-select: none; -webkit-user-select: none;
  -webkit-touch-callout: none; transition: transform .14s ease-out; }
.ls-tray-items li[data-dragged] { z-index: 2; transition: none; opacity: .92; }
.ls-tray-items li[data-dragged] .ls-image { box-shadow: 0 4px 14px rgb(0 0 0 / .35), 0 0 0 2px var(--ls-accent); }
.ls-tray-items li > button:first-child { display: block; width: 100%; text-align: center; cursor: grab; border-radius: 4px; }
.ls-tray-items li > button:first-child:hover .ls-image { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-tray-items .ls-surface { display: grid; place-items: center; height: 40px; }
.ls-tray-items .ls-image { width: 40px; max-height: 40px; object-fit: contain; pointer-events: none; }
.ls-tray-items .ls-caption { display: block; margin-top: 2px; font-size: .87rem; }
.ls .ls-tray-cross { position: absolute; top: -3px; right: -2px; display: grid; place-items: center; width: 18px; height: 18px;
  border-radius: 50%; font-size: .87rem; background: var(--st-text-color); color: var(--ls-background); opacity: 0; transition: opacity .12s; }
.ls-tray-items li:hover .ls-tray-cross, .ls-tray-items li:focus-within .ls-tray-cross { opacity: 1; }
.ls-tray-cross svg { stroke-width: 2.4; }
.ls .ls-tray-clear { flex: none; padding: 4px 8px; border-radius: 6px; font-size: .87rem; color: var(--ls-muted); }
.ls .ls-tray-clear:hover { color: var(--st-text-color); background: var(--ls-surface); }
.ls-tray[data-count="0"] > div { min-height: 26px; }
@media (hover: none) { .ls .ls-tray-cross { opacity: .8; } }
@container (max-width: 520px) { .ls-tray-name span { display: none; } .ls-tray > div { gap: 8px; } }
`;

/** One per page: trays of all its components are the same. */
const stored = new StoredTray();

class Tray {
  /** @type {TrayItem[]} */ #items = [];

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-tray", STYLE);
    this.queue = new EventQueue(send);
    this.count = el("strong");
    const caption = el("span", { class: "ls-caption" }, "in the tray");
    this.heading = el("div", { class: "ls-tray-name" }, this.count, caption);
    this.list = new TrayList((key) => this.#createItem(key));
    this.clearButton = createClearButton(() => this.#clear());
    this.emptyText = el(
      "p",
      { class: "ls-muted ls-caption" },
      "The tray is empty: add images to keep them.",
    );
    this.root = el(
      "section",
      { class: "ls ls-tray", "aria-label": "Tray" },
      el("div", {}, this.heading, this.list.root, this.clearButton, this.emptyText),
    );
  }

  /** Show and store changed items before Python has them. @param {TrayItem[]} items */
  #change(items) {
    this.#items = items;
    stored.keep(items);
    this.#draw();
  }

  #clear() {
    this.#change([]);
    this.queue.add("cleared", true);
  }

  /** @param {string} key */
  #remove(key) {
    const index = indexOfKey(this.#items, key);
    if (index < 0) return;
    this.#change(without(this.#items, key));
    this.list.focus(Math.min(index, this.#items.length - 1));
    this.queue.add("removed", { key });
  }

  /** @param {string} key @param {number} to */
  #move(key, to) {
    const from = indexOfKey(this.#items, key);
    const index = clampIndex(to, this.#items.length);
    if (from < 0 || index === from) return;
    this.#change(movedTo(this.#items, key, index));
    this.queue.add("moved", { key, to: index });
  }

  /** @param {string} key */
  #createItem(key) {
    return createTrayItem(key, {
      top: () => this.root.getBoundingClientRect().top,
      index: () => indexOfKey(this.#items, key),
      move: (to) => this.#move(key, to),
      click: () => this.queue.add("chosen", { key }),
      remove: () => this.#remove(key),
      keydown: (event) => this.#onKey(event, key),
    });
  }

  /** @param {KeyboardEvent} event @param {string} key */
  #onKey(event, key) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      const index = indexOfKey(this.#items, key) + step;
      if (event.altKey || event.ctrlKey) this.#move(key, index);
      this.list.focus(clampIndex(index, this.#items.length));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.#remove(key);
    }
  }

  #draw() {
    this.list.update(this.#items);
    const isEmpty = this.#items.length === 0;
    this.heading.hidden = this.list.root.hidden = this.clearButton.hidden = isEmpty;
    this.emptyText.hidden = !isEmpty;
    setText(this.count, formatCount(this.#items.length));
    this.root.dataset.count = String(this.#items.length);
  }

  /** @param {import("../core/payloads.js").TrayData} payload */
  update({ items, session }) {
    this.queue.answer();
    if (this.queue.awaitsAnswer || this.list.isDragging) return; // these items are newer
    const lost = stored.sync(session, items);
    if (lost.length) this.queue.add("restored", { items: lost });
    this.#items = items;
    this.#draw();
  }

  dispose() {
    this.queue.dispose();
  }
}

/** @param {() => void} onClick */
function createClearButton(onClick) {
  return el(
    "button",
    { class: "ls-tray-clear", type: "button", "data-role": "clear", onclick: onClick },
    "Clear",
  );
}

export default defineComponent((send) => new Tray(send));
