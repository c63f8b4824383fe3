// @ts-check
/** The search field of the map. */

import { el } from "../../core/dom.js";
import { findSamples, suggestions } from "./find_samples.js";

/** @typedef {import("./find_samples.js").Searched} Searched */

/**
 * @typedef {object} SearchHandlers
 * @property {() => Searched} searched
 * @property {(id: number) => void} selectSample
 * @property {(inside: Uint8Array) => void} selectRegion
 * @property {(text: string) => void} announce
 */

let lists = 0; // makes the ids of the lists differ

export class SampleSearch {
  /** @param {SearchHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    this.list = el("datalist", { id: `ls-map-found-${++lists}` });
    this.input = el("input", {
      type: "search",
      placeholder: "Find…",
      "aria-label": "Find by label, number or name",
      title: "A label, a name or a part of it, or a number such as #42",
      list: this.list.id,
      autocomplete: "off",
      maxlength: 80,
      oninput: () => this.#suggest(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
    });
    this.root = el("span", { class: "ls-map-search" }, this.input, this.list);
  }

  #suggest() {
    this.input.setCustomValidity("");
    const names = suggestions(this.input.value, this.handlers.searched());
    this.list.replaceChildren(...names.map((name) => el("option", { value: name })));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    event.stopPropagation(); // the map has keys of its own
    if (event.key === "Enter") this.#search();
    else if (event.key === "Escape") this.input.blur();
  }

  #search() {
    const found = findSamples(this.input.value, this.handlers.searched());
    if (found.kind === "sample") this.handlers.selectSample(found.id);
    else if (found.kind === "region") this.handlers.selectRegion(found.inside);
    else this.#showNothingFound();
  }

  #showNothingFound() {
    if (this.input.value.trim() === "") return;
    const text = `Nothing is called "${this.input.value.trim()}"; try a label or a number such as #42.`;
    this.input.setCustomValidity(text);
    this.input.reportValidity();
    this.handlers.announce(text);
  }
}
