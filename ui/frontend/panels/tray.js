// @ts-check
/** The tray: the collected images, in an order that can be changed. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { icon } from "../core/icons.js";
import { imageCanvas, showImage } from "../core/images.js";
import { startDragImage } from "../widgets/drag_and_drop.js";

/** @typedef {{key: string, label: string, picture: string}} TrayItem */

const ANSWER_TIMEOUT_MS = 1500;
const LONG_PRESS_MS = 260;
const SLACK_PX = 5;

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
.ls-tray-items .ls-caption { display: block; margin-top: 2px; font-size: .74rem; }
.ls .ls-tray-cross { position: absolute; top: -3px; right: -2px; display: grid; place-items: center; width: 18px; height: 18px;
  border-radius: 50%; font-size: 10px; background: var(--st-text-color); color: var(--ls-background); opacity: 0; transition: opacity .12s; }
.ls-tray-items li:hover .ls-tray-cross, .ls-tray-items li:focus-within .ls-tray-cross { opacity: 1; }
.ls-tray-cross svg { stroke-width: 2.4; }
.ls .ls-tray-clear { flex: none; padding: 4px 8px; border-radius: 6px; font-size: .82rem; color: var(--ls-muted); }
.ls .ls-tray-clear:hover { color: var(--st-text-color); background: var(--ls-surface); }
.ls-tray[data-count="0"] > div { min-height: 26px; }
@media (hover: none) { .ls .ls-tray-cross { opacity: .8; } }
@container (max-width: 520px) { .ls-tray-name span { display: none; } .ls-tray > div { gap: 8px; } }
`;

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-tray", STYLE);
  /** @type {TrayItem[]} */
  let items = [];
  /** @type {[string, any][]} what was done and not yet told; one goes at a time */
  const queue = [];
  let awaitingAnswer = 0;

  /** @param {string} event @param {any} value */
  function enqueue(event, value) {
    queue.push([event, value]);
    if (!awaitingAnswer) sendNext();
  }
  function sendNext() {
    clearTimeout(awaitingAnswer);
    awaitingAnswer = 0;
    const next = queue.shift();
    if (!next) return;
    send(...next);
    awaitingAnswer = setTimeout(sendNext, ANSWER_TIMEOUT_MS);
  }

  const number = el("strong");
  const list = el("ol", {
    class: "ls-tray-items",
    "aria-label": "images in the tray; Alt and arrow keys move one, Delete removes it",
  });
  const clear = el(
    "button",
    {
      class: "ls-tray-clear",
      type: "button",
      "data-role": "clear",
      onclick: () => {
        items = [];
        draw();
        enqueue("cleared", true);
      },
    },
    "Clear",
  );
  const name = el(
    "div",
    { class: "ls-tray-name" },
    number,
    el("span", { class: "ls-caption" }, "in the tray"),
  );
  const empty = el(
    "p",
    { class: "ls-muted ls-caption" },
    "The tray is empty: add images to keep them.",
  );
  const root = el(
    "section",
    { class: "ls ls-tray", "aria-label": "Tray" },
    el("div", {}, name, list, clear, empty),
  );

  /** @param {string} key */
  function remove(key) {
    const at = items.findIndex((item) => item.key === key);
    if (at < 0) return;
    items = items.filter((item) => item.key !== key);
    draw();
    focus(Math.min(at, items.length - 1));
    enqueue("removed", { key });
  }

  /** @param {string} key @param {number} to */
  function move(key, to) {
    const at = items.findIndex((item) => item.key === key);
    const place = Math.max(0, Math.min(items.length - 1, to));
    if (at < 0 || place === at) return;
    const moved = items[at];
    items = items.filter((item) => item.key !== key);
    items.splice(place, 0, moved);
    draw();
    enqueue("moved", { key, to: place });
  }

  /** @param {number} index */
  function focus(index) {
    const button = list.children[index]?.firstElementChild;
    if (button instanceof HTMLElement) button.focus();
  }

  /** @param {string} key */
  function createItem(key) {
    const imageButton = el(
      "button",
      { type: "button", "data-role": "item" },
      el("span", { class: "ls-surface" }, imageCanvas()),
      el("span", { class: "ls-caption ls-ellipsis" }),
    );
    const cross = el(
      "button",
      {
        class: "ls-tray-cross",
        type: "button",
        tabindex: "-1",
        "data-role": "remove",
        onclick: () => remove(key),
      },
      icon("cross"),
    );
    const node = el("li", { "data-key": key }, imageButton, cross);
    imageButton.addEventListener("keydown", (event) => onKey(event, key));
    draggable(node, imageButton, key);
    return node;
  }

  /** @param {KeyboardEvent} event @param {string} key */
  function onKey(event, key) {
    const at = items.findIndex((item) => item.key === key);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      if (event.altKey || event.ctrlKey) move(key, at + step);
      focus(Math.max(0, Math.min(items.length - 1, at + step)));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(key);
    }
  }

  /** Mouse and pen drag at once; touch after a long press, so that it can scroll.
   * @param {HTMLElement} node @param {HTMLElement} handle @param {string} key */
  function draggable(node, handle, key) {
    let dragging = false;
    let longPressTimer = 0;
    let from = [0, 0];
    /** @type {ReturnType<typeof startDragImage> | null} */
    let carried = null;

    function startDrag() {
      dragging = true;
      node.dataset.dragged = "";
      carried = startDragImage(/** @type {HTMLCanvasElement} */ (handle.querySelector("canvas")));
    }
    /** Its index among the others; unchanged while it is dragged out of the tray.
     * @param {number} by @param {boolean} outside */
    function reorder(by, outside) {
      const pitch = node.offsetWidth + 8;
      const at = items.findIndex((item) => item.key === key);
      const to = outside
        ? at
        : Math.max(0, Math.min(items.length - 1, at + Math.round(by / pitch)));
      node.style.transform = outside ? "" : `translateX(${by}px)`;
      [...list.children].forEach((other, i) => {
        if (other === node) return;
        const shift = i > at && i <= to ? -pitch : i < at && i >= to ? pitch : 0;
        /** @type {HTMLElement} */ (other).style.transform = shift ? `translateX(${shift}px)` : "";
      });
      node.dataset.to = String(to);
    }
    /** @param {PointerEvent} event */
    function onMove(event) {
      const [by, up] = [event.clientX - from[0], from[1] - event.clientY];
      if (!dragging && Math.max(Math.abs(by), up) > SLACK_PX) {
        if (event.pointerType === "touch") return end();
        startDrag();
      }
      if (!dragging) return;
      const outside = event.clientY < root.getBoundingClientRect().top;
      reorder(by, outside);
      carried?.move(event, outside);
    }
    function end() {
      carried?.end(null);
      carried = null;
      clearTimeout(longPressTimer);
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", end);
      [...list.children].forEach((n) => {
        /** @type {HTMLElement} */ (n).style.transform = "";
      });
      delete node.dataset.dragged;
      delete node.dataset.to;
      setTimeout(() => {
        dragging = false;
      });
    }
    function onUp() {
      const to = node.dataset.to;
      const moved = dragging && to !== undefined && !carried?.end(key);
      end();
      if (moved) move(key, Number(to));
    }
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      from = [event.clientX, event.clientY];
      if (event.pointerType === "touch") longPressTimer = setTimeout(startDrag, LONG_PRESS_MS);
      window.addEventListener("pointermove", onMove);
      window.addEventListener("pointerup", onUp);
      window.addEventListener("pointercancel", end);
    });
    node.addEventListener("touchmove", (event) => dragging && event.preventDefault(), {
      passive: false,
    });
    handle.addEventListener("dragstart", (event) => event.preventDefault());
    handle.addEventListener("contextmenu", (event) => dragging && event.preventDefault());
    handle.addEventListener("click", () => !dragging && enqueue("chosen", { key }));
  }

  function draw() {
    const previous = new Map(
      [...list.children].map((node) => [/** @type {HTMLElement} */ (node).dataset.key, node]),
    );
    const focused = document.activeElement;
    const nodes = items.map((item) => {
      const node = /** @type {HTMLElement} */ (previous.get(item.key) ?? createItem(item.key));
      const [imageButton, cross] = node.children;
      const caption = /** @type {HTMLElement} */ (imageButton.lastElementChild);
      setText(caption, item.label || "\u00a0");
      imageButton.setAttribute("title", item.label);
      imageButton.setAttribute("aria-label", item.label || "an image");
      cross.setAttribute("aria-label", `remove ${item.label}`);
      void showImage(
        /** @type {HTMLCanvasElement} */ (imageButton.querySelector("canvas")),
        item.picture,
      );
      return node;
    });
    const before = list.children.length;
    if (nodes.length !== before || nodes.some((node, i) => node !== list.children[i])) {
      list.replaceChildren(...nodes);
      if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
      if (before && nodes.length > before) list.scrollTo({ left: list.scrollWidth });
    }
    const none = items.length === 0;
    name.hidden = list.hidden = clear.hidden = none;
    empty.hidden = !none;
    setText(number, formatCount(items.length));
    root.dataset.count = String(items.length);
  }

  /** @param {{items: TrayItem[]}} data */
  function update(data) {
    if (awaitingAnswer) sendNext(); // Python has answered
    if (awaitingAnswer || list.querySelector("[data-dragged]")) return; // newer than Python's list
    items = data.items;
    draw();
  }
  return { root, update, dispose: () => clearTimeout(awaitingAnswer) };
}

export default defineComponent(build);
