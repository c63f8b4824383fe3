// @ts-check
/** The sliders of single dimensions: folded away where there are too many to list. */

import { el, setText } from "../../core/dom.js";
import { formatCount } from "../../core/format.js";
import { icon } from "../../core/icons.js";

export class SingleDimensions {
  /** @param {HTMLElement[]} parts what is folded away @param {() => void} toggled */
  constructor(parts, toggled) {
    this.summary = el("span");
    this.fold = el(
      "button",
      {
        type: "button",
        class: "ls-dims-fold",
        "aria-expanded": "false",
        onclick: () => {
          this.fold.setAttribute("aria-expanded", String(!this.isOpen));
          toggled();
        },
      },
      icon("next"),
      this.summary,
    );
    this.content = el("div", { class: "ls-dims" }, ...parts);
    this.root = el("div", { class: "ls-dims-single" }, this.fold, this.content);
  }

  get isOpen() {
    return this.fold.hidden || this.fold.getAttribute("aria-expanded") === "true";
  }

  /** @param {number} listed number of dimensions with a slider @param {number} total D */
  update(listed, total) {
    this.fold.hidden = listed === total;
    this.content.hidden = !this.isOpen;
    setText(this.summary, `Single dimensions: ${listed} of ${formatCount(total)}`);
  }
}
