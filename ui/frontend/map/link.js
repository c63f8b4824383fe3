// @ts-check
/** Maps of the same samples on one page: what is hovered or selected in one shows in the others. */

/**
 * @typedef {object} LinkHandlers what another map has done
 * @property {(id: number | null) => void} hovered
 * @property {(id: number) => void} sampleSelected
 * @property {(inside: Uint8Array | null) => void} regionChanged one byte per sample, also while an outline is being drawn
 */

/** @type {Map<string, Set<MapLink>>} */
const linked = new Map();

export class MapLink {
  name = "";

  /** @param {LinkHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
  }

  /** Link with all maps of that name. @param {string} name "" links with none */
  join(name) {
    if (name === this.name) return;
    this.dispose();
    this.name = name;
    if (name) linked.set(name, (linked.get(name) ?? new Set()).add(this));
  }

  get active() {
    return this.name !== "";
  }

  /** Tell the other maps. @template {keyof LinkHandlers} K @param {K} event @param {Parameters<LinkHandlers[K]>[0]} value */
  send(event, value) {
    for (const other of linked.get(this.name) ?? [])
      if (other !== this) /** @type {(value: any) => void} */ (other.handlers[event])(value);
  }

  dispose() {
    linked.get(this.name)?.delete(this);
    this.name = "";
  }
}
