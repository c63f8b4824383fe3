// @ts-check
/** The row of waypoints: an item per slot, which stays while the order changes. */

import { addStyle, el } from "../../core/dom.js";
import { WaypointItem } from "./waypoint_item.js";

/** @typedef {import("../endpoint_card.js").EndpointData} EndpointData */
/** @typedef {import("./waypoint_order.js").WaypointOrder} WaypointOrder */

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
.ls .ls-waypoint-tools button { width: 24px; height: 24px; display: grid; place-items: center; border-radius: 6px; color: var(--ls-muted); font-size: .87rem; }
.ls .ls-waypoint-tools button:hover { background: var(--ls-surface); color: var(--st-text-color); }
.ls .ls-waypoint-tools button[disabled] { opacity: .3; pointer-events: none; }
.ls-waypoint-seconds { display: grid; justify-items: center; gap: 2px; width: 62px; font-size: .87rem; color: var(--ls-muted); }
.ls-waypoint-seconds input { width: 58px; padding: 4px 2px 4px 6px; border-radius: 7px; border: 1px solid var(--ls-line); background: var(--ls-background);
  color: var(--st-text-color); font: inherit; font-size: .87rem; text-align: center; }
.ls-waypoint-seconds .ls-icon { width: 1.2em; height: 1.2em; }
.ls-waypoints > li:last-child .ls-waypoint-seconds { display: none; }
`;

/** @param {Element} parent @param {Element[]} children */
function hasChildren(parent, children) {
  return (
    children.length === parent.children.length &&
    children.every((child, i) => child === parent.children[i])
  );
}

export class WaypointRow {
  /** @type {Map<string, WaypointItem>} */ #items = new Map(); // in order

  /** @param {(slot: string) => import("./waypoint_item.js").WaypointHandlers} handlersOf */
  constructor(handlersOf) {
    addStyle("ls-waypoints", STYLE);
    this.handlersOf = handlersOf;
    this.root = el("ol", {
      class: "ls-waypoints",
      dataset: { drop: "" },
      "aria-label": "the images in order; Alt and arrow keys move one, Delete removes it",
    });
  }

  /** @param {WaypointOrder} order @param {Map<string, EndpointData>} cards by slot */
  update({ slots, seconds }, cards) {
    this.#items = new Map(slots.map((slot) => [slot, this.#item(slot)]));
    slots.forEach((slot, i) => {
      const card = /** @type {EndpointData} */ (cards.get(slot));
      this.#item(slot).update(card, i, slots.length, seconds[i] ?? 1);
    });
    this.#arrange([...this.#items.values()].map(({ root }) => root));
  }

  /** @param {string} slot */
  #item(slot) {
    return this.#items.get(slot) ?? new WaypointItem(slot, this.handlersOf(slot));
  }

  /** Put the items into the list; the focus stays. @param {HTMLElement[]} roots */
  #arrange(roots) {
    const focused = document.activeElement;
    if (!hasChildren(this.root, roots)) this.root.replaceChildren(...roots);
    if (focused instanceof HTMLElement && this.root.contains(focused)) focused.focus();
  }

  /** @param {number} index */
  focus(index) {
    [...this.#items.values()][index]?.imageButton.focus();
  }

  /** @param {string} slot @param {number} seconds */
  showSeconds(slot, seconds) {
    this.#items.get(slot)?.showSeconds(seconds);
  }

  /** The horizontal centers of a waypoint and of the others, in px. @param {string} slot */
  centers(slot) {
    const others = [...this.#items].filter(([other]) => other !== slot);
    return {
      own: this.#item(slot).center,
      others: others.map(([, { center }]) => center),
    };
  }

  /** Where the waypoints are on the screen, in order. */
  boxes() {
    return [...this.#items].map(([slot, { root }]) => {
      const { left, width } = root.getBoundingClientRect();
      return { slot, left, width };
    });
  }
}
