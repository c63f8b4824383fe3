// @ts-check
/** The legend: chips that show and hide their class, or a bar for a continuous scale. */

import { el, setText } from "../core/dom.js";
import { formatCount, formatNumber } from "../core/format.js";
import { classColor, scaleGradient } from "../widgets/palette.js";

/** @typedef {import("../widgets/palette.js").Theme} Theme */

/** A number with as few digits as its range allows. @param {number} value @param {number} span */
function shortNumber(value, span) {
  const digits = Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(span || 1))));
  return formatNumber(value, digits);
}

export class Legend {
  /** @param {(hidden: Set<number>) => void} onFilter called with the classes that are hidden now */
  constructor(onFilter) {
    this.onFilter = onFilter;
    this.root = el("div", { class: "ls-map-legend" });
    /** @type {Set<number>} */ this.hidden = new Set();
    /** @type {HTMLButtonElement[]} */ this.chips = [];
    this.showAll = el(
      "button",
      { type: "button", class: "ls-map-all", onclick: () => this.#set(new Set()) },
      "show all",
    );
    this.namesKey = "";
  }

  /**
   * Chips for classes; what was hidden stays hidden as long as the names stay the same.
   * @param {string[]} names @param {number[]} counts @param {Theme} tone
   */
  showClasses(names, counts, tone) {
    const namesKey = JSON.stringify(names);
    if (namesKey !== this.namesKey) {
      this.namesKey = namesKey;
      this.hidden.clear();
      this.chips = names.map((name, k) => this.#chip(name, k));
      this.root.replaceChildren(...this.chips, this.showAll);
      this.root.setAttribute("role", "group");
      this.root.setAttribute("aria-label", "Classes to show");
    }
    this.chips.forEach((chip, k) => {
      chip.style.setProperty("--chip", classColor(tone, k));
      setText(/** @type {Element} */ (chip.lastElementChild), formatCount(counts[k]));
    });
    this.#sync();
  }

  /** A bar. @param {{title: string, lo: number, hi: number}} scale @param {Theme} tone */
  showScale({ title, lo, hi }, tone) {
    this.namesKey = "";
    this.hidden.clear();
    this.chips = [];
    const bar = el("span", { class: "ls-map-bar" });
    bar.style.background = scaleGradient(tone);
    this.root.removeAttribute("role");
    this.root.replaceChildren(
      el("span", { class: "ls-map-bar-title" }, title),
      el("span", { class: "ls-map-value" }, shortNumber(lo, hi - lo)),
      bar,
      el("span", { class: "ls-map-value" }, shortNumber(hi, hi - lo)),
    );
  }

  /** @param {string} name @param {number} k */
  #chip(name, k) {
    const chip = el(
      "button",
      {
        type: "button",
        class: "ls-map-chip",
        title: "Click: show or hide. Double click or Alt: only this one.",
        dataset: { class: k },
      },
      el("span", { class: "ls-map-swatch" }),
      el("span", { class: "ls-map-name" }, name),
      el("span", { class: "ls-map-value" }),
    );
    chip.addEventListener("click", (event) => (event.altKey ? this.#showOnly(k) : this.#toggle(k)));
    chip.addEventListener("dblclick", () => this.#showOnly(k));
    chip.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.altKey || event.shiftKey)) return;
      event.preventDefault();
      this.#showOnly(k);
    });
    return chip;
  }

  /** @param {number} k */
  #toggle(k) {
    const hidden = new Set(this.hidden);
    if (!hidden.delete(k)) hidden.add(k);
    this.#set(hidden.size === this.chips.length ? new Set() : hidden);
  }

  /** @param {number} k */
  #showOnly(k) {
    this.#set(new Set(this.chips.map((_, other) => other).filter((other) => other !== k)));
  }

  /** @param {Set<number>} hidden */
  #set(hidden) {
    this.hidden = hidden;
    this.#sync();
    this.onFilter(hidden);
  }

  #sync() {
    this.chips.forEach((chip, k) => chip.setAttribute("aria-pressed", String(!this.hidden.has(k))));
    this.showAll.hidden = this.hidden.size === 0;
  }
}
