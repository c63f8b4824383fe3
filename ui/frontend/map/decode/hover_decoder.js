// @ts-check
/**
 * Looking at the map: the card at the pointer, or at a cross that keys move, and what would be
 * decoded there.  Nobody is asked; a place is told only when it is chosen.
 */

import { el } from "../../core/dom.js";
import { Line } from "../../decoding/latest_only.js";
import { Source } from "./decode_source.js";
import { Card } from "./hover_card.js";

/** @typedef {[number, number]} Place in the map's own numbers */
/** @typedef {{place: Place, code: Float32Array, word: import("../../core/support_level.js").Trust, images: Float32Array}} Seen */

const REACH = 3; // halves of the map's larger side: Python refuses what lies farther off
const STEP = 10; // pixels of the cross
const AGAIN_MS = 500; // a second click so soon …
const AGAIN_PX = 12; // … and so near is the same one

/** Six digits, which the address carries. @param {Place} place @returns {Place} */
function rounded([x, y]) {
  return [Number(x.toPrecision(6)), Number(y.toPrecision(6))];
}

export class Look {
  /** @type {number | null} */ over = null; // the dot that is looked at
  /** @type {Seen | null} */ seen = null;
  /** @type {{x: number, y: number} | null} */ cross = null;
  crossReach = 6; // pixels within which the cross is on a dot
  #last = { x: -1e6, y: 0, time: 0 }; // of the last choice

  /**
   * @param {HTMLElement} plot
   * @param {import("../scene/scene.js").Scene} scene
   * @param {object} on
   * @param {(id: number) => {name: string, detail: string}} on.caption
   * @param {() => import("../../core/images.js").Sheet | null} on.sheet
   * @param {() => void} on.changed another dot is looked at, or none
   * @param {() => void} on.live places can be decoded now, or no longer
   */
  constructor(plot, scene, on) {
    this.plot = plot;
    this.scene = scene;
    this.on = on;
    this.card = new Card();
    this.crossMark = el("div", { class: "ls-map-cross", hidden: true });
    this.source = new Source(() => this.#sourced());
    this.line = new Line(() => this.source.decoder, () => this.card.hide());
  }

  #sourced() {
    this.away();
    this.card.setLive(this.source.ready ? this.source.decoder.spec.shape : null);
    this.on.live();
  }

  /** The place at some pixels of the drawing, where one can be decoded. @param {number} x @param {number} y @returns {Place | null} */
  placeAt(x, y) {
    const { scene, source } = this;
    const { view } = scene;
    if (!source.ready || !scene.ready || scene.mixing < 1 || view?.dims !== 2) return null;
    const at = /** @type {import("../scene/view_2d.js").PlaneView} */ (view).at(x, y);
    return Math.max(...at.map(Math.abs)) <= REACH ? /** @type {Place} */ (scene.cube.leave(at)) : null;
  }

  /** @param {number} x @param {number} y in pixels @param {number} radius of a dot's reach */
  point(x, y, radius) {
    const id = this.scene.hit(x, y, radius);
    const place = this.placeAt(x, y);
    if (id === null && !place) this.#hide();
    else this.#show(id, place, x, y);
  }

  /** @param {number | null} id @param {Place | null} place @param {number} x @param {number} y */
  #show(id, place, x, y) {
    const other = this.card.root.hidden || id !== this.over;
    if (other && id !== null) this.card.showSample(id, this.on.caption(id), this.on.sheet());
    else if (other) this.card.showPlace();
    this.over = id;
    this.plot.dataset.over = id === null ? "place" : "dot";
    const spot = place || id === null ? { x, y } : this.#spotOf(id);
    this.card.place(spot.x, spot.y, this.plot);
    if (place) this.#decode(place);
    if (other) this.on.changed();
  }

  /** @param {number} id */
  #spotOf(id) {
    return this.scene.projector()(/** @type {ArrayLike<number>} */ (this.scene.placeOf(id)));
  }

  /** @param {Place} place */
  #decode(place) {
    const ways = /** @type {import("../../latent/projection.js").Ways} */ (this.source.ways);
    const code = ways.codeAt(place);
    const { word } = ways.supportAt(place, code);
    this.line.ask(code, (images) => {
      this.seen = { place, code, word, images };
      this.card.showDecoded(images, this.source.decoder.spec.shape, word);
    });
  }

  away() {
    this.#cross(null);
    this.#hide();
  }

  #hide() {
    if (this.card.root.hidden) return;
    this.line.drop();
    this.over = this.seen = null;
    delete this.plot.dataset.over;
    this.card.hide();
    this.on.changed();
  }

  // ── the cross that keys move ────────────────────────────────────────────────────────────

  /** @param {number} across @param {number} down steps */
  step(across, down) {
    const { clientWidth: width, clientHeight: height } = this.plot;
    const from = this.cross ?? { x: width / 2, y: height / 2 };
    const move = this.cross ? STEP : 0; // the first key shows where one is
    this.#cross({
      x: Math.min(width - 1, Math.max(0, from.x + move * across)),
      y: Math.min(height - 1, Math.max(0, from.y + move * down)),
    });
    if (this.cross) this.point(this.cross.x, this.cross.y, this.crossReach);
  }

  /** @param {{x: number, y: number} | null} cross */
  #cross(cross) {
    this.cross = cross;
    this.crossMark.hidden = cross === null;
    if (cross) this.crossMark.style.transform = `translate(${cross.x}px, ${cross.y}px)`;
  }

  // ── a choice ────────────────────────────────────────────────────────────────────────────

  /** The place that a click there chooses; none when it only repeats the last click. @param {number} x @param {number} y @returns {Place | null} */
  choose(x, y) {
    const time = performance.now();
    const again = time - this.#last.time < AGAIN_MS && Math.hypot(x - this.#last.x, y - this.#last.y) < AGAIN_PX;
    this.#last = { x, y, time };
    const place = again ? null : this.placeAt(x, y);
    return place && rounded(place);
  }

  /** The word for a place. @param {Place} place */
  wordAt(place) {
    const { ways } = this.source;
    return ways ? ways.supportAt(place, ways.codeAt(place)).word : null;
  }
}
