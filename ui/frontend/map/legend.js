// @ts-check
/** The legend: chips that show and hide their class, or a bar for a continuous scale. */

import { el, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { classColor, scaleGradient } from "../widgets/palette.js";
import { ClassFilter } from "./class_filter.js";
import { scaleEnds } from "./legend_values.js";

/** @typedef {import("../widgets/palette.js").Theme} Theme */

const CHIP_HELP = "Click: show or hide. Double click or Alt: only this one.";

/** @param {string} name @param {number} index */
function createChip(name, index) {
  return el(
    "button",
    { type: "button", class: "ls-map-chip", title: CHIP_HELP, dataset: { class: index } },
    el("span", { class: "ls-map-swatch" }),
    el("span", { class: "ls-map-name" }, name),
    el("span", { class: "ls-map-value" }),
  );
}

export class Legend {
  ends = { low: "", high: "" }; // of the scale, as text
  filter = new ClassFilter(0);
  /** @type {HTMLButtonElement[]} */ chips = [];
  namesKey = "";

  /** @param {() => void} onFilter called after other classes are hidden */
  constructor(onFilter) {
    this.onFilter = onFilter;
    this.root = el("div", { class: "ls-map-legend" });
    const showAll = () => this.#change((filter) => filter.showAll());
    this.showAll = el(
      "button",
      { type: "button", class: "ls-map-all", onclick: showAll },
      "show all",
    );
  }

  /** The classes that are hidden. */
  get hidden() {
    return this.filter.hidden;
  }

  /**
   * Chips for classes; what was hidden stays hidden as long as the names stay the same.
   * @param {import("../core/payloads.js").ClassData} classes @param {number[]} counts
   * @param {Theme} theme
   */
  showClasses({ names, n_colored: nColored }, counts, theme) {
    const namesKey = JSON.stringify(names);
    if (namesKey !== this.namesKey) this.#createChips(names);
    this.namesKey = namesKey;
    this.chips.forEach((chip, k) => {
      chip.style.setProperty("--chip", classColor(theme, k, nColored));
      setText(/** @type {Element} */ (chip.lastElementChild), formatCount(counts[k]));
    });
    this.#sync();
  }

  /** @param {string[]} names */
  #createChips(names) {
    this.filter = new ClassFilter(names.length);
    this.chips = names.map((name, k) => this.#chip(name, k));
    this.root.replaceChildren(...this.chips, this.showAll);
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", "Classes to show");
  }

  /** @param {string} name @param {number} index */
  #chip(name, index) {
    const chip = createChip(name, index);
    const toggle = () => this.#change((filter) => filter.toggle(index));
    const showOnly = () => this.#change((filter) => filter.showOnly(index));
    chip.addEventListener("click", (event) => (event.altKey ? showOnly() : toggle()));
    chip.addEventListener("dblclick", showOnly);
    chip.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.altKey || event.shiftKey)) return;
      event.preventDefault();
      showOnly();
    });
    return chip;
  }

  /** The classes with their colors, as they are shown. */
  entries() {
    return this.chips.map((chip, k) => ({
      name: chip.querySelector(".ls-map-name")?.textContent ?? "",
      color: chip.style.getPropertyValue("--chip"),
      shown: !this.hidden.has(k),
    }));
  }

  /** A bar. @param {import("../core/payloads.js").ScaleData} scale @param {Theme} theme */
  showScale(scale, theme) {
    this.namesKey = "";
    this.filter = new ClassFilter(0);
    this.chips = [];
    this.ends = scaleEnds(scale);
    const bar = el("span", { class: "ls-map-bar" });
    bar.style.background = scaleGradient(theme);
    this.root.removeAttribute("role");
    this.root.replaceChildren(
      el("span", { class: "ls-map-bar-title" }, scale.title),
      el(
        "span",
        { class: "ls-map-ends" },
        el("span", { class: "ls-map-value" }, this.ends.low),
        bar,
        el("span", { class: "ls-map-value" }, this.ends.high),
      ),
      el("span", { class: "ls-map-help" }, scale.help),
    );
  }

  /** @param {(filter: ClassFilter) => void} change */
  #change(change) {
    change(this.filter);
    this.#sync();
    this.onFilter();
  }

  #sync() {
    this.chips.forEach((chip, k) => chip.setAttribute("aria-pressed", String(!this.hidden.has(k))));
    this.showAll.hidden = this.hidden.size === 0;
  }
}
