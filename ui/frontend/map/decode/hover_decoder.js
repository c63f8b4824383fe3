// @ts-check
/**
 * The card at the pointer, or at a cross moved by keys, with the decoded image of the
 * point there.  Nothing is sent to Python until a point is selected.
 */

import { el } from "../../core/dom.js";
import { LatestOnly } from "../../decoding/latest_only.js";
import { DecodeSource } from "./decode_source.js";
import { HoverCard } from "./hover_card.js";

/** @typedef {[number, number]} MapPoint in map coordinates */
/** @typedef {{point: MapPoint, code: Float32Array, level: import("../../core/support_level.js").SupportLevel, images: Float32Array}} DecodedPoint */

const MAX_DISTANCE = 3; // in halves of the map's larger side; Python rejects points farther away
const CROSS_STEP_PX = 10; // pixels of the cross
const DOUBLE_CLICK_MS = 500; // a second click so soon …
const DOUBLE_CLICK_PX = 12; // … and so near is the same one

/** Rounded to the six digits that the URL keeps. @param {MapPoint} place @returns {MapPoint} */
function roundPoint([x, y]) {
  return [Number(x.toPrecision(6)), Number(y.toPrecision(6))];
}

export class HoverDecoder {
  /** @type {number | null} */ hovered = null; // the point that is looked at
  /** @type {DecodedPoint | null} */ decoded = null;
  /** @type {{x: number, y: number} | null} */ cross = null;
  crossRadius = 6; // within this many pixels the cross is on a sample
  #lastClick = { x: -1e6, y: 0, time: 0 }; // of the last selection

  /**
   * @param {HTMLElement} plot
   * @param {import("../scene/scene.js").Scene} scene
   * @param {object} on
   * @param {(id: number) => {name: string, detail: string}} on.caption
   * @param {() => import("../../core/images.js").Sheet | null} on.sheet
   * @param {() => void} on.changed another point is looked at, or none
   * @param {() => void} on.live places can be decoded now, or no longer
   */
  constructor(plot, scene, on) {
    this.plot = plot;
    this.scene = scene;
    this.on = on;
    this.card = new HoverCard();
    this.crossMark = el("div", { class: "ls-map-cross", hidden: true });
    this.source = new DecodeSource(() => this.#onSourceChange());
    this.latest = new LatestOnly(
      () => this.source.decoder,
      () => this.card.hide(),
    );
  }

  #onSourceChange() {
    this.leave();
    this.card.setDecodedShape(this.source.ready ? this.source.decoder.spec.shape : null);
    this.on.live();
  }

  /** The map point at a pixel, if it can be decoded. @param {number} x @param {number} y @returns {MapPoint | null} */
  pointAt(x, y) {
    const { scene, source } = this;
    const { view } = scene;
    if (!source.ready || !scene.ready || scene.transition < 1 || view?.nDims !== 2) return null;
    const at = /** @type {import("../scene/view_2d.js").View2D} */ (view).unproject(x, y);
    return Math.max(...at.map(Math.abs)) <= MAX_DISTANCE
      ? /** @type {MapPoint} */ (scene.normalizer.denormalize(at))
      : null;
  }

  /** @param {number} x @param {number} y in pixels @param {number} radius of a point's reach */
  hover(x, y, radius) {
    const id = this.scene.sampleAt(x, y, radius);
    const point = this.pointAt(x, y);
    if (id === null && !point) this.#hide();
    else this.#show(id, point, x, y);
  }

  /** @param {number | null} id @param {MapPoint | null} point @param {number} x @param {number} y */
  #show(id, point, x, y) {
    const other = this.card.root.hidden || id !== this.hovered;
    if (other && id !== null) this.card.showSample(id, this.on.caption(id), this.on.sheet());
    else if (other) this.card.showPoint();
    this.hovered = id;
    this.plot.dataset.hover = id === null ? "point" : "sample";
    const position = point || id === null ? { x, y } : this.#screenPosition(id);
    this.card.moveTo(position.x, position.y, this.plot);
    if (point) this.#decode(point);
    if (other) this.on.changed();
  }

  /** @param {number} id */
  #screenPosition(id) {
    return this.scene.projector()(/** @type {ArrayLike<number>} */ (this.scene.positionOf(id)));
  }

  /** @param {MapPoint} point */
  #decode(point) {
    const transform = /** @type {import("../../latent/projection.js").MapTransform} */ (
      this.source.transform
    );
    const code = transform.inverseTransform(point);
    const { level } = transform.support(point, code);
    this.latest.request(code, (images) => {
      this.decoded = { point, code, level, images };
      this.card.showDecoded(images, this.source.decoder.spec.shape, level);
    });
  }

  leave() {
    this.#setCross(null);
    this.#hide();
  }

  #hide() {
    if (this.card.root.hidden) return;
    this.latest.cancel();
    this.hovered = this.decoded = null;
    delete this.plot.dataset.hover;
    this.card.hide();
    this.on.changed();
  }

  // ── keyboard cross ─────────────────────────────────────────────────────────────────────────

  /** @param {number} across @param {number} down steps */
  moveCross(across, down) {
    const { clientWidth: width, clientHeight: height } = this.plot;
    const from = this.cross ?? { x: width / 2, y: height / 2 };
    const move = this.cross ? CROSS_STEP_PX : 0; // the first key only shows the cross
    this.#setCross({
      x: Math.min(width - 1, Math.max(0, from.x + move * across)),
      y: Math.min(height - 1, Math.max(0, from.y + move * down)),
    });
    if (this.cross) this.hover(this.cross.x, this.cross.y, this.crossRadius);
  }

  /** @param {{x: number, y: number} | null} cross */
  #setCross(cross) {
    this.cross = cross;
    this.crossMark.hidden = cross === null;
    if (cross) this.crossMark.style.transform = `translate(${cross.x}px, ${cross.y}px)`;
  }

  // ── selection ──────────────────────────────────────────────────────────────────────────────

  /** The point that a click there selects; none for the second click of a double click. @param {number} x @param {number} y @returns {MapPoint | null} */
  pointToSelect(x, y) {
    const time = performance.now();
    const repeated =
      time - this.#lastClick.time < DOUBLE_CLICK_MS &&
      Math.hypot(x - this.#lastClick.x, y - this.#lastClick.y) < DOUBLE_CLICK_PX;
    this.#lastClick = { x, y, time };
    const point = repeated ? null : this.pointAt(x, y);
    return point && roundPoint(point);
  }

  /** The support level of a point. @param {MapPoint} point */
  levelAt(point) {
    const { transform } = this.source;
    return transform ? transform.support(point, transform.inverseTransform(point)).level : null;
  }
}
