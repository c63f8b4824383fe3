// @ts-check
/** The waypoints of a path in order, with the seconds between them; they can be moved and removed. */

import {
  dropIndex,
  insertionSlot,
  moveWaypoint,
  removeWaypoint,
  setSeconds,
} from "./waypoint_order.js";
import { WaypointRow } from "./waypoint_row.js";

/** @typedef {import("../endpoint_card.js").EndpointData} EndpointData */
/** @typedef {import("./waypoint_order.js").WaypointOrder} WaypointOrder */

export class WaypointList {
  /** @type {WaypointOrder} */ #order = { slots: [], seconds: [] };
  /** @type {Map<string, EndpointData>} */ #cards = new Map();

  /**
   * @param {object} handlers
   * @param {(order: WaypointOrder) => void} handlers.change
   * @param {(index: number) => void} handlers.go an image was clicked
   * @param {(slot: string, key: string) => void} handlers.drop an image of the tray was dropped before
   *   this one, or at the "end"
   */
  constructor(handlers) {
    this.handlers = handlers;
    this.row = new WaypointRow((slot) => this.#handlersOf(slot));
    this.root = this.row.root;
    this.root.addEventListener("ls-drop", (event) => {
      const { key, x } = /** @type {CustomEvent} */ (event).detail;
      handlers.drop(insertionSlot(this.row.boxes(), x), key);
    });
  }

  /** Whether a waypoint is being dragged. */
  get busy() {
    return this.root.querySelector("[data-dragged]") !== null;
  }

  /** @param {EndpointData[]} cards in order @param {number[]} seconds between them */
  update(cards, seconds) {
    this.#cards = new Map(cards.map((card) => [card.slot, card]));
    this.#order = { slots: cards.map(({ slot }) => slot), seconds: [...seconds] };
    this.row.update(this.#order, this.#cards);
  }

  /** @param {string} slot @returns {import("./waypoint_item.js").WaypointHandlers} */
  #handlersOf(slot) {
    return {
      go: () => this.handlers.go(this.#indexOf(slot)),
      move: (step) => this.#move(slot, this.#indexOf(slot) + step),
      focus: (step) => this.row.focus(this.#indexOf(slot) + step),
      remove: () => this.#remove(slot),
      setSeconds: (text) => this.#setSeconds(slot, text),
      drop: (distance) => this.#onDrop(slot, distance),
    };
  }

  /** @param {string} slot */
  #indexOf(slot) {
    return this.#order.slots.indexOf(slot);
  }

  /** @param {WaypointOrder | null} order */
  #change(order) {
    if (!order) return;
    this.#order = order;
    this.row.update(order, this.#cards);
    this.handlers.change({ slots: [...order.slots], seconds: [...order.seconds] });
  }

  /** @param {string} slot @param {number} to */
  #move(slot, to) {
    this.#change(moveWaypoint(this.#order, slot, to));
  }

  /** @param {string} slot */
  #remove(slot) {
    const index = this.#indexOf(slot);
    const order = removeWaypoint(this.#order, slot);
    this.#change(order);
    if (order) this.row.focus(Math.min(index, order.slots.length - 1));
  }

  /** @param {string} slot @param {string} text */
  #setSeconds(slot, text) {
    this.#change(setSeconds(this.#order, slot, text));
    this.row.showSeconds(slot, this.#order.seconds[this.#indexOf(slot)]);
  }

  /** @param {string} slot @param {number} distance dragged, in px */
  #onDrop(slot, distance) {
    const { own, others } = this.row.centers(slot);
    this.#move(slot, dropIndex(others, own + distance));
  }
}
