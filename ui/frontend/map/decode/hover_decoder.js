// @ts-check
/**
 * The card at the pointer, or at a crosshair moved by keys, with the decoded image of the
 * point there.  Nothing is sent to Python until a point is selected.
 */

import { MAX_POINT_DISTANCE } from "../../core/constants.js";
import { Crosshair, nextPosition } from "./crosshair.js";
import { DecodeSource } from "./decode_source.js";
import { HoverCard } from "./hover_card.js";
import { PointDecoder } from "./point_decoder.js";

/** @typedef {import("./point_decoder.js").MapPoint} MapPoint */
/** @typedef {import("./point_decoder.js").DecodedPoint} DecodedPoint */

/**
 * @typedef {object} HoverHandlers
 * @property {(id: number) => {name: string, detail: string}} caption
 * @property {() => import("../../core/images.js").Sheet | null} sheet
 * @property {() => void} changed another sample is hovered, or none
 * @property {() => void} sourceChanged points can be decoded now, or no longer
 */

export class HoverDecoder {
  /** @type {number | null} */ hovered = null; // the sample under the pointer
  /** @type {DecodedPoint | null} */ decoded = null;

  /**
   * @param {HTMLElement} plot
   * @param {import("../scene/scene.js").Scene} scene
   * @param {HoverHandlers} handlers
   */
  constructor(plot, scene, handlers) {
    this.plot = plot;
    this.scene = scene;
    this.handlers = handlers;
    this.card = new HoverCard();
    this.crosshair = new Crosshair();
    this.source = new DecodeSource(() => this.#onSourceChange());
    this.decoder = new PointDecoder(this.source, () => this.card.hide());
  }

  #onSourceChange() {
    this.leave();
    this.card.setDecodedShape(this.source.ready ? this.source.decoder.spec.shape : null);
    this.handlers.sourceChanged();
  }

  /** The map point at a pixel, if it can be decoded. @param {number} x @param {number} y @returns {MapPoint | null} */
  pointAt(x, y) {
    const { scene, source } = this;
    const { view } = scene;
    if (!source.ready || !scene.ready || scene.positions.moving || view?.nDims !== 2) return null;
    const position = /** @type {import("../scene/view_2d.js").View2D} */ (view).unproject(x, y);
    if (Math.max(...position.map(Math.abs)) > MAX_POINT_DISTANCE) return null;
    return /** @type {MapPoint} */ (scene.normalizer.denormalize(position));
  }

  /** @param {number} x @param {number} y in pixels @param {number} radius within which a sample is hit */
  hover(x, y, radius) {
    const id = this.scene.screen.sampleAt(x, y, radius);
    const point = this.pointAt(x, y);
    if (id === null && !point) this.#hide();
    else this.#show(id, point, x, y);
  }

  /** @param {number | null} id @param {MapPoint | null} point @param {number} x @param {number} y */
  #show(id, point, x, y) {
    const isOther = this.card.root.hidden || id !== this.hovered;
    if (isOther) this.#showCard(id);
    this.hovered = id;
    this.plot.dataset.hover = id === null ? "point" : "sample";
    const pixel = point || id === null ? { x, y } : this.#screenPosition(id);
    this.card.moveTo(pixel.x, pixel.y, this.plot);
    if (point) this.decoder.request(point, (decoded) => this.#showDecoded(decoded));
    if (isOther) this.handlers.changed();
  }

  /** @param {number | null} id */
  #showCard(id) {
    if (id === null) this.card.showPoint();
    else this.card.showSample(id, this.handlers.caption(id), this.handlers.sheet());
  }

  /** @param {number} id */
  #screenPosition(id) {
    const position = /** @type {ArrayLike<number>} */ (this.scene.positions.at(id));
    return this.scene.screen.projector()(position);
  }

  /** @param {DecodedPoint} decoded */
  #showDecoded(decoded) {
    this.decoded = decoded;
    const { decoder } = this.source;
    const verdict = decoder.verdict(decoded.level, decoded.realism);
    this.card.showDecoded(decoded.images, decoder.spec.shape, verdict);
  }

  leave() {
    this.crosshair.set(null);
    this.#hide();
  }

  #hide() {
    if (this.card.root.hidden) return;
    this.decoder.cancel();
    this.hovered = this.decoded = null;
    delete this.plot.dataset.hover;
    this.card.hide();
    this.handlers.changed();
  }

  /** Move the crosshair and hover there. @param {number} across @param {number} down steps */
  moveCrosshair(across, down) {
    const { clientWidth: width, clientHeight: height } = this.plot;
    const position = nextPosition(this.crosshair.position, across, down, { width, height });
    this.crosshair.set(position);
    this.hover(position.x, position.y, this.crosshair.hitRadius);
  }
}
