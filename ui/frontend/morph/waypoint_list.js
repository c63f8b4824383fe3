// @ts-check
/** The waypoints of a path in order, with the seconds between them. */

import { addStyle, el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { imageCanvas, showImage } from "../core/images.js";

/** @typedef {import("./endpoint_card.js").EndpointData} EndpointData */
/** @typedef {{slots: string[], seconds: number[]}} WaypointOrder */

const DRAG_SLACK_PX = 5;
const [MIN_SECONDS, MAX_SECONDS] = [0.1, 60];

const STYLE = `
.ls-waypoints { display: flex; align-items: stretch; gap: 2px; overflow-x: auto; padding: 2px 2px 4px; scrollbar-width: thin; border-radius: 10px;
  border: 2px solid transparent; overscroll-behavior-x: contain; }
.ls-waypoints > li { display: flex; align-items: center; flex: none; transition: transform .14s ease-out; user-select: none; -webkit-user-select: none; }
.ls-waypoints > li[data-dragged] { z-index: 2; transition: none; opacity: .92; }
.ls-waypoint { position: relative; width: 84px; padding: 5px; border-radius: 9px; display: grid; gap: 3px; }
.ls .ls-waypoint > button:first-child { display: grid; gap: 4px; cursor: grab; border-radius: 6px; touch-action: pan-x; }
.ls-waypoint > button:first-child:hover .ls-image { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-waypoint .ls-endpoint-head { justify-content: center; }
.ls-waypoint-tools { display: flex; justify-content: center; gap: 2px; }
.ls .ls-waypoint-tools button { width: 24px; height: 24px; display: grid; place-items: center; border-radius: 6px; color: var(--ls-muted); font-size: .8rem; }
.ls .ls-waypoint-tools button:hover { background: var(--ls-surface); color: var(--st-text-color); }
.ls .ls-waypoint-tools button[disabled] { opacity: .3; pointer-events: none; }
.ls-waypoint-seconds { display: grid; justify-items: center; gap: 2px; width: 62px; font-size: .72rem; color: var(--ls-muted); }
.ls-waypoint-seconds input { width: 58px; padding: 4px 2px 4px 6px; border-radius: 7px; border: 1px solid var(--ls-line); background: var(--ls-background);
  color: var(--st-text-color); font: inherit; font-size: .82rem; text-align: center; }
.ls-waypoint-seconds .ls-icon { width: 1.2em; height: 1.2em; }
.ls-waypoints > li:last-child .ls-waypoint-seconds { display: none; }
`;

/**
 * @param {object} handlers
 * @param {(order: WaypointOrder) => void} handlers.change
 * @param {(index: number) => void} handlers.go an image was clicked
 * @param {(slot: string, key: string) => void} handlers.drop an image of the tray was dropped before
 *   this one, or at the "end"
 */
export function createWaypointList(handlers) {
  addStyle("ls-waypoints", STYLE);
  /** @type {EndpointData[]} */ let cards = [];
  /** @type {number[]} */ let seconds = [];
  /** @type {Map<string, HTMLElement>} */ const nodes = new Map();
  const root = el("ol", {
    class: "ls-waypoints",
    dataset: { drop: "" },
    "aria-label": "the images in order; Alt and arrow keys move one, Delete removes it",
  });

  root.addEventListener("ls-drop", (event) => {
    const { key, x } = /** @type {CustomEvent} */ (event).detail;
    const after = cards.find(({ slot }) => {
      const { left, width } = /** @type {HTMLElement} */ (nodes.get(slot)).getBoundingClientRect();
      return left + width / 3 > x;
    });
    handlers.drop(after?.slot ?? "end", key);
  });

  const indexOf = (/** @type {string} */ slot) => cards.findIndex((card) => card.slot === slot);
  const report = () =>
    handlers.change({ slots: cards.map(({ slot }) => slot), seconds: [...seconds] });

  /** @param {string} slot @param {number} to */
  function move(slot, to) {
    const at = indexOf(slot);
    if (to < 0 || to >= cards.length || to === at) return;
    cards.splice(to, 0, ...cards.splice(at, 1));
    draw();
    report();
  }

  /** @param {string} slot */
  function remove(slot) {
    const at = indexOf(slot);
    if (cards.length <= 2) return;
    cards.splice(at, 1);
    seconds.splice(Math.min(at, seconds.length - 1), 1);
    draw();
    focus(Math.min(at, cards.length - 1));
    report();
  }

  /** @param {string} slot @param {HTMLInputElement} input */
  function setSeconds(slot, input) {
    const wanted = Number(input.value);
    const at = indexOf(slot);
    if (Number.isFinite(wanted) && wanted > 0)
      seconds[at] = Math.round(100 * Math.min(MAX_SECONDS, Math.max(MIN_SECONDS, wanted))) / 100;
    input.value = String(seconds[at]);
    report();
  }

  /** @param {number} index */
  function focus(index) {
    /** @type {HTMLElement | null} */ (
      nodes.get(cards[index]?.slot)?.querySelector("button")
    )?.focus();
  }

  /** @param {string} slot */
  function createItem(slot) {
    const imageButton = el(
      "button",
      {
        type: "button",
        onclick: () => node.dataset.moved === undefined && handlers.go(indexOf(slot)),
      },
      el(
        "span",
        { class: "ls-endpoint-head" },
        el("span", { class: "ls-endpoint-badge" }),
        el("span", { class: "ls-caption ls-ellipsis" }),
      ),
      imageCanvas(),
    );
    const tool = (
      /** @type {Parameters<typeof icon>[0]} */ sign,
      /** @type {string} */ label,
      /** @type {() => void} */ act,
    ) => el("button", { type: "button", dataset: { label }, onclick: act }, icon(sign));
    const tools = el(
      "span",
      { class: "ls-waypoint-tools" },
      tool("previous", "earlier", () => move(slot, indexOf(slot) - 1)),
      tool("next", "later", () => move(slot, indexOf(slot) + 1)),
      tool("cross", "remove", () => remove(slot)),
    );
    const input = el("input", {
      type: "number",
      min: MIN_SECONDS,
      max: MAX_SECONDS,
      step: 0.1,
      onchange: () => setSeconds(slot, input),
    });
    const leg = el("label", { class: "ls-waypoint-seconds" }, icon("arrow"), input, "seconds");
    const node = el(
      "li",
      { dataset: { slot } },
      el("div", { class: "ls-waypoint" }, imageButton, tools),
      leg,
    );
    imageButton.addEventListener("keydown", (event) => onKey(event, slot));
    draggable(node, imageButton, slot);
    return node;
  }

  /** @param {KeyboardEvent} event @param {string} slot */
  function onKey(event, slot) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      if (event.altKey || event.ctrlKey) move(slot, indexOf(slot) + step);
      focus(event.altKey || event.ctrlKey ? indexOf(slot) : indexOf(slot) + step);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(slot);
    }
  }

  /** The index at which it would be dropped. @param {HTMLElement} node @param {number} x */
  function dropIndex(node, x) {
    const others = [...nodes.values()].filter((other) => other !== node);
    return others.filter((other) => other.offsetLeft + other.offsetWidth / 2 < x).length;
  }

  /** @param {HTMLElement} node @param {HTMLElement} handle @param {string} slot */
  function draggable(node, handle, slot) {
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return; // touch scrolls; it has the buttons
      const from = event.clientX;
      const stop = new AbortController();
      const by = (/** @type {PointerEvent} */ now) => now.clientX - from;
      window.addEventListener(
        "pointermove",
        (now) => {
          if (node.dataset.dragged === undefined && Math.abs(by(now)) < DRAG_SLACK_PX) return;
          node.dataset.dragged = node.dataset.moved = "";
          node.style.transform = `translateX(${by(now)}px)`;
        },
        { signal: stop.signal },
      );
      window.addEventListener(
        "pointerup",
        (now) => {
          const moved = node.dataset.dragged !== undefined;
          const to = dropIndex(node, node.offsetLeft + node.offsetWidth / 2 + by(now));
          end();
          if (moved) move(slot, to);
        },
        { signal: stop.signal },
      );
      window.addEventListener("pointercancel", end, { signal: stop.signal });
      function end() {
        stop.abort();
        delete node.dataset.dragged;
        node.style.transform = "";
        setTimeout(() => delete node.dataset.moved);
      }
    });
    handle.addEventListener("dragstart", (event) => event.preventDefault());
  }

  function draw() {
    const focused = document.activeElement;
    for (const [slot, node] of nodes) {
      if (indexOf(slot) >= 0) continue;
      node.remove();
      nodes.delete(slot);
    }
    const wanted = cards.map(({ slot }) => {
      const node = nodes.get(slot) ?? createItem(slot);
      nodes.set(slot, node);
      return node;
    });
    wanted.forEach((node, i) => show(node, i));
    if (wanted.some((node, i) => node !== root.children[i])) root.replaceChildren(...wanted);
    if (focused instanceof HTMLElement && root.contains(focused)) focused.focus();
  }

  /** @param {HTMLElement} node @param {number} i */
  function show(node, i) {
    const { label, original, decoded } = cards[i];
    const [badge, words] = node.querySelectorAll(".ls-endpoint-head > span");
    setText(badge, String(i + 1));
    setText(words, label);
    const [imageButton, earlier, later, removeButton] = node.querySelectorAll("button");
    imageButton.setAttribute("aria-label", `${i + 1}: ${label}`);
    imageButton.title = label;
    for (const tool of [earlier, later, removeButton]) {
      tool.setAttribute("aria-label", `${tool.dataset.says}: ${label}`);
      tool.title = tool.dataset.says ?? "";
    }
    earlier.disabled = i === 0;
    later.disabled = i === cards.length - 1;
    removeButton.disabled = cards.length <= 2;
    void showImage(
      /** @type {HTMLCanvasElement} */ (node.querySelector("canvas")),
      original || decoded,
    );
    const input = /** @type {HTMLInputElement} */ (node.querySelector("input"));
    input.setAttribute("aria-label", `seconds from ${i + 1} to ${i + 2}`);
    if (document.activeElement !== input) input.value = String(seconds[i] ?? 1);
  }

  return {
    root,
    /** @param {EndpointData[]} nextCards @param {number[]} nextSeconds */
    update(nextCards, nextSeconds) {
      cards = [...nextCards];
      seconds = [...nextSeconds];
      draw();
    },
    get busy() {
      return root.querySelector("[data-dragged]") !== null;
    },
  };
}
