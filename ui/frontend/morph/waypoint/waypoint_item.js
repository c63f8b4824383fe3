// @ts-check
/** One waypoint: image, buttons and the seconds to the next one. */

import { MAX_LEG_SECONDS, MIN_LEG_SECONDS, MIN_WAYPOINTS } from "../../core/constants.js";
import { el, setText } from "../../core/dom.js";
import { icon } from "../../core/icons.js";
import { imageCanvas, showImage } from "../../core/images.js";
import { makeDraggableSideways } from "./drag_sideways.js";

/** @typedef {import("../endpoint_card.js").EndpointData} EndpointData */
/**
 * @typedef {object} WaypointHandlers
 * @property {() => void} go the image was clicked
 * @property {(step: number) => void} move earlier or later by so many places
 * @property {(step: number) => void} focus the neighbor before (−1) or after (1) it
 * @property {() => void} remove
 * @property {(text: string) => void} setSeconds
 * @property {(distance: number) => void} drop dragged by so many px
 */

/** @param {Parameters<typeof icon>[0]} kind @param {string} action @param {() => void} onclick */
function toolButton(kind, action, onclick) {
  return el("button", { type: "button", dataset: { action }, onclick }, icon(kind));
}

export class WaypointItem {
  /** @param {string} slot @param {WaypointHandlers} handlers */
  constructor(slot, handlers) {
    this.handlers = handlers;
    this.badge = el("span", { class: "ls-endpoint-badge" });
    this.label = el("span", { class: "ls-caption ls-ellipsis" });
    this.canvas = imageCanvas();
    this.imageButton = this.#createImageButton();
    this.earlier = toolButton("previous", "earlier", () => handlers.move(-1));
    this.later = toolButton("next", "later", () => handlers.move(1));
    this.removal = toolButton("cross", "remove", () => handlers.remove());
    this.seconds = this.#createSecondsInput();
    const tools = [this.earlier, this.later, this.removal];
    this.root = el(
      "li",
      { dataset: { slot } },
      el(
        "div",
        { class: "ls-waypoint" },
        this.imageButton,
        el("span", { class: "ls-waypoint-tools" }, ...tools),
      ),
      el("label", { class: "ls-waypoint-seconds" }, icon("arrow"), this.seconds, "seconds"),
    );
    makeDraggableSideways(this.root, this.imageButton, handlers.drop);
  }

  #createImageButton() {
    return el(
      "button",
      {
        type: "button",
        onclick: () => this.root.dataset.moved === undefined && this.handlers.go(),
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      },
      el("span", { class: "ls-endpoint-head" }, this.badge, this.label),
      this.canvas,
    );
  }

  #createSecondsInput() {
    return el("input", {
      type: "number",
      min: MIN_LEG_SECONDS,
      max: MAX_LEG_SECONDS,
      step: 0.1,
      onchange: () => this.handlers.setSeconds(this.seconds.value),
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const removes = event.key === "Delete" || event.key === "Backspace";
    if (!step && !removes) return;
    event.preventDefault();
    if (!step) this.handlers.remove();
    else if (event.altKey || event.ctrlKey) this.handlers.move(step);
    else this.handlers.focus(step);
  }

  /** The horizontal center within the list, in px. */
  get center() {
    return this.root.offsetLeft + this.root.offsetWidth / 2;
  }

  /** @param {EndpointData} data @param {number} index @param {number} count of waypoints @param {number} seconds */
  update({ label, original, decoded }, index, count, seconds) {
    setText(this.badge, String(index + 1));
    setText(this.label, label);
    this.imageButton.setAttribute("aria-label", `${index + 1}: ${label}`);
    this.imageButton.title = label;
    this.#updateTools(label, index, count);
    void showImage(this.canvas, original || decoded);
    this.seconds.setAttribute("aria-label", `seconds from ${index + 1} to ${index + 2}`);
    if (document.activeElement !== this.seconds) this.showSeconds(seconds);
  }

  /** @param {string} label @param {number} index @param {number} count */
  #updateTools(label, index, count) {
    for (const tool of [this.earlier, this.later, this.removal]) {
      tool.title = tool.dataset.action ?? "";
      tool.setAttribute("aria-label", `${tool.title}: ${label}`);
    }
    this.earlier.disabled = index === 0;
    this.later.disabled = index === count - 1;
    this.removal.disabled = count <= MIN_WAYPOINTS;
  }

  /** @param {number} seconds */
  showSeconds(seconds) {
    this.seconds.value = String(seconds);
  }
}
