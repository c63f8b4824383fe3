// @ts-check
/** The groups of directions of one code store; a group stays as it is until Python sends another. */

import { el } from "../../core/dom.js";
import { DirectionGroup } from "./direction_group.js";

/** @typedef {import("../../core/payloads.js").DirectionGroup} DirectionGroupSpec */

export class DirectionGroups {
  /** @type {Map<string, DirectionGroup>} */ #groups = new Map();
  /** @type {Map<string, import("./direction_group.js").GroupView>} */ #views = new Map(); // by the id of a group

  /** @param {import("../code/code_store.js").CodeStore} store @param {() => import("../../decoding/decoder.js").Decoder} decoder */
  constructor(store, decoder) {
    this.store = store;
    this.decoder = decoder;
    this.root = el("div", { class: "ls-dims-directions" });
  }

  /** @param {DirectionGroupSpec[]} specs @param {boolean} opensStrip whether a new open group shows its first strip */
  show(specs, opensStrip) {
    if (this.store.dragging) return; // the release is followed by another update
    const next = new Map(specs.map((spec) => [JSON.stringify(spec), spec]));
    for (const [key, group] of this.#groups) {
      if (next.has(key)) continue;
      group.dispose();
      this.#groups.delete(key);
    }
    for (const [key, spec] of next)
      if (!this.#groups.has(key)) this.#groups.set(key, this.#create(spec, opensStrip));
    const groups = [...next.keys()].map((key) => this.#groups.get(key));
    const roots = groups.flatMap((group) => (group ? [group.root] : []));
    const isSame = roots.length === this.root.children.length;
    if (!isSame || roots.some((root, k) => this.root.children[k] !== root))
      this.root.replaceChildren(...roots);
  }

  /** @param {DirectionGroupSpec} spec @param {boolean} opensStrip */
  #create(spec, opensStrip) {
    const { id, is_open, directions } = spec;
    const first = opensStrip && is_open ? directions.slice(0, 1) : [];
    const strips = new Set(first.map(({ name }) => name));
    const view = this.#views.get(id) ?? { isOpen: is_open, showsAll: false, strips };
    this.#views.set(id, view);
    return new DirectionGroup(this.store, spec, this.decoder, view);
  }

  update() {
    for (const group of this.#groups.values()) group.update();
  }

  dispose() {
    this.root.remove();
    for (const group of this.#groups.values()) group.dispose();
  }
}
