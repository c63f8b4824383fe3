// @ts-check
/** A row of decoded images along one dimension: a slider's filmstrip, a row of the traversal sheet. */

import { addStyle, el } from "../core/dom.js";
import { imageCanvas, showDecoded } from "../core/images.js";

/** @typedef {import("../decoding/decoder.js").Decoder} Decoder */

const STYLE = `
.ls-filmstrip { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 3px; }
.ls .ls-filmstrip button { display: block; border-radius: 4px; padding: 2px; border: 1.5px solid transparent; }
.ls .ls-filmstrip button:hover { border-color: color-mix(in srgb, var(--ls-accent) 55%, transparent); }
.ls .ls-filmstrip button[data-current] { border-color: var(--ls-accent); background: var(--ls-tint); }
.ls-filmstrip .ls-image { aspect-ratio: var(--ls-aspect, 1); }
`;

export class Filmstrip {
  /** @type {Float32Array} */ codes = new Float32Array(0);

  /**
   * @param {() => Decoder} decoder
   * @param {import("../decoding/background.js").BackgroundQueue} queue
   * @param {(index: number) => void} onSelect
   */
  constructor(decoder, queue, onSelect) {
    addStyle("ls-filmstrip", STYLE);
    this.decoder = decoder;
    this.onSelect = onSelect;
    this.queue = queue;
    this.root = el("div", {
      class: "ls-filmstrip",
      role: "group",
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
    });
  }

  /** @param {number} index */
  #tile(index) {
    return el("button", { type: "button", onclick: () => this.onSelect(index) }, imageCanvas());
  }

  get #tiles() {
    return /** @type {HTMLButtonElement[]} */ ([...this.root.children]);
  }

  /**
   * @param {Float32Array} codes one after the other
   * @param {string[]} names what each is, for a screen reader
   * @param {number} current index of the image nearest to the current code, or -1
   */
  show(codes, names, current) {
    const count = names.length;
    while (this.root.children.length > count) this.root.lastElementChild?.remove();
    while (this.root.children.length < count)
      this.root.append(this.#tile(this.root.children.length));
    this.#tiles.forEach((tile, k) => tile.setAttribute("aria-label", names[k]));
    this.#highlight(current);
    if (codes.length === this.codes.length && codes.every((value, k) => value === this.codes[k]))
      return;
    this.codes = codes;
    this.queue.request(this, codes, (images) => this.#draw(images, names.length));
  }

  /** @param {Float32Array} images @param {number} count */
  #draw(images, count) {
    if (this.codes.length === 0 || count !== this.root.children.length) return; // cancelled, or other codes wait
    const { shape } = this.decoder().spec;
    this.root.style.setProperty("--ls-aspect", `${shape[2]} / ${shape[1]}`);
    this.#tiles.forEach((tile, k) =>
      showDecoded(/** @type {HTMLCanvasElement} */ (tile.firstElementChild), images, shape, k),
    );
    this.root.dataset.drawn = String(Number(this.root.dataset.drawn ?? 0) + 1);
  }

  /** @param {number} current */
  #highlight(current) {
    const reached = current < 0 ? 0 : current;
    this.#tiles.forEach((tile, k) => {
      tile.toggleAttribute("data-current", k === current);
      if (tile !== document.activeElement) tile.tabIndex = k === reached ? 0 : -1;
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const tiles = this.#tiles;
    const at = tiles.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -tiles.length, End: tiles.length }[
      event.key
    ];
    if (at < 0 || !step) return;
    event.preventDefault();
    tiles[at].tabIndex = -1;
    const next = tiles[Math.max(0, Math.min(tiles.length - 1, at + step))];
    next.tabIndex = 0;
    next.focus();
  }

  /** Do not show what is being decoded. */
  cancel() {
    this.queue.cancel(this);
    this.codes = new Float32Array(0);
  }
}
