// @ts-check
/** Saves the current code to the tray, or says that it is there. */

import { el } from "../../core/dom.js";
import { icon } from "../../core/icons.js";

export class TrayButton {
  /** @param {() => void} save */
  constructor(save) {
    this.root = el("button", {
      type: "button",
      class: "ls-button ls-primary",
      "data-role": "tray",
      onclick: () => this.root.getAttribute("aria-disabled") !== "true" && save(),
    });
  }

  /** @param {Float32Array} code @param {number[] | null} inTray the code that the tray holds */
  update(code, inTray) {
    const isInside = inTray !== null && code.every((value, d) => value === Math.fround(inTray[d]));
    if (this.root.dataset.inside === String(isInside)) return;
    this.root.dataset.inside = String(isInside);
    this.root.replaceChildren(
      icon(isInside ? "check" : "plus"),
      el("span", {}, isInside ? "In the tray" : "Save to tray"),
    );
    this.root.setAttribute("aria-disabled", String(isInside));
  }
}
