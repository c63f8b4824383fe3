// @ts-check
/** The inactive dimensions: their names, why they are inactive and, unfolded, their sliders. */

import { el, setText } from "../../core/dom.js";
import { icon } from "../../core/icons.js";
import { inactiveText } from "./visible_dimensions.js";

export class InactiveSection {
  /** @param {() => void} toggled */
  constructor(toggled) {
    this.summary = el("span");
    this.toggle = el(
      "button",
      {
        type: "button",
        class: "ls-dims-fold",
        "aria-expanded": "false",
        onclick: () => {
          this.toggle.setAttribute("aria-expanded", String(!this.isOpen));
          toggled();
        },
      },
      icon("next"),
      this.summary,
    );
    this.reason = el("p", { class: "ls-muted" });
    this.list = el("div", { class: "ls-dims-list" });
    this.root = el("div", { class: "ls-dims-inactive" }, this.toggle, this.reason, this.list);
  }

  get isOpen() {
    return this.toggle.getAttribute("aria-expanded") === "true";
  }

  /** @param {number[]} inactive @param {string} reason */
  update(inactive, reason) {
    this.root.hidden = inactive.length === 0;
    setText(this.summary, inactiveText(inactive));
    setText(this.reason, reason);
    this.reason.hidden = this.list.hidden = !this.isOpen;
  }
}
