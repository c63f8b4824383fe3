// @ts-check
/** The names on the map: of classes at their densest places, of samples at their points. */

import { clearCanvas, createCanvasLayer } from "../overlay_canvas.js";
import { densestPlaces } from "./densest_places.js";
import { Occupancy } from "./occupancy.js";
import { placeClassLabels, placeNames } from "./placement.js";

/** @typedef {import("./placement.js").Label} Label */
/** @typedef {import("./occupancy.js").Box} Box */

const CLASS_FONT = { scale: 1.2, weight: 650 }; // of the map's font size
const NAME_FONT = { scale: 0.95, weight: 500 };
const LINE_HEIGHT = 1.15;
const HALO_PX = 4; // of the page's color around the text
const NAME_GAP_PX = 3; // between a point and its name

/**
 * @typedef {object} LabelContent
 * @property {Uint8Array | null} classes of the samples
 * @property {string[]} classNames
 * @property {string[] | null} names of the samples
 */

/** @param {string} text @param {CanvasRenderingContext2D} context */
const widthOf = (text, context) => context.measureText(text).width;

/**
 * Text with a halo in the color of the page, so that it is legible over points.
 * @param {CanvasRenderingContext2D} context @param {Label[]} labels @param {[number, number, number]} background
 */
function drawLabels(context, labels, background) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = HALO_PX;
  context.strokeStyle = `rgb(${background.join(",")})`;
  context.fillStyle = getComputedStyle(context.canvas).color;
  for (const { text, x, y } of labels) {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

/** Whether two lists of names are equal. @param {string[]} a @param {string[]} b */
const areEqual = (a, b) => a.length === b.length && a.every((name, k) => name === b[k]);

export class LabelLayer {
  visible = true;
  /** @type {Label[]} */ placed = [];
  /** @type {LabelContent} */ #content = { classes: null, classNames: [], names: null };
  /** @type {{text: string, width: number, places: import("./densest_places.js").Place[]}[] | null} */
  #classes = null; // null: to be computed
  #nameWidths = new Float32Array(0); // 0: not measured yet
  #occupancy = new Occupancy();

  /**
   * @param {HTMLElement} host
   * @param {import("../scene/scene.js").Scene} scene
   * @param {() => Box[]} reserved boxes that stay free of labels
   */
  constructor(host, scene, reserved) {
    this.host = host;
    this.scene = scene;
    this.reserved = reserved;
    const { canvas, context } = createCanvasLayer("ls-map-labels");
    this.canvas = canvas;
    this.context = context;
    host.append(canvas);
  }

  /** Whether there is anything to write. */
  get available() {
    const { classes, names } = this.#content;
    return names !== null || (classes !== null && this.#content.classNames.length > 1);
  }

  get font() {
    const { scale, weight } = this.#content.names ? NAME_FONT : CLASS_FONT;
    return { size: scale * parseFloat(getComputedStyle(this.host).fontSize), weight };
  }

  /** @param {LabelContent} content */
  setContent(content) {
    const { classes, classNames, names } = this.#content;
    if (names !== content.names) this.#nameWidths = new Float32Array(content.names?.length ?? 0);
    const isSame = classes === content.classes && areEqual(classNames, content.classNames);
    this.#content = content;
    if (!isSame) this.#classes = null;
  }

  /** Positions, or which points are visible, have changed. */
  invalidate() {
    this.#classes = null;
  }

  /** Place and draw; called after the points were drawn. */
  update() {
    const { scene, host } = this;
    const shown = this.visible && this.available && scene.ready && !scene.positions.moving;
    this.canvas.hidden = !shown;
    this.placed = [];
    if (!shown || !scene.view) return;
    const { clientWidth: width, clientHeight: height } = host;
    this.#prepare();
    this.#occupancy.reset(width, height);
    for (const box of this.reserved()) this.#occupancy.block(box);
    this.placed = this.#content.names ? this.#placeNames() : this.#placeClasses();
    drawLabels(this.context, this.placed, scene.colors.background);
  }

  #prepare() {
    const { context, host, font } = this;
    clearCanvas(context, host);
    context.font = `${font.weight} ${font.size}px ${getComputedStyle(host).fontFamily}`;
  }

  #placeClasses() {
    this.#classes ??= this.#findClasses();
    const project = this.scene.screen.projector();
    const height = this.font.size * LINE_HEIGHT;
    return placeClassLabels(this.#occupancy, project, this.#classes, height);
  }

  /** The places of the classes, the largest first. */
  #findClasses() {
    const { positions, colors } = this.scene;
    const { classes, classNames } = this.#content;
    if (!classes || classes.length !== positions.count) return [];
    const places = densestPlaces(positions.target, classes, colors.visible, classNames.length);
    return classNames
      .map((text, k) => ({ text, width: widthOf(text, this.context), places: places[k] }))
      .sort((a, b) => (b.places[0]?.count ?? 0) - (a.places[0]?.count ?? 0));
  }

  #placeNames() {
    const { scene } = this;
    const names = /** @type {string[]} */ (this.#content.names);
    const height = this.font.size * LINE_HEIGHT;
    const radius = (scene.view?.pointSize(scene.positions.count) ?? 0) / 2;
    const text = (/** @type {number} */ id) => names[id];
    const width = (/** @type {number} */ id) =>
      (this.#nameWidths[id] ||= widthOf(names[id], this.context));
    const offset = radius + NAME_GAP_PX + height / 2;
    const { target } = scene.positions;
    const { visible } = scene.colors;
    return placeNames(
      this.#occupancy,
      scene.screen.frame,
      target,
      visible,
      { text, width },
      height,
      offset,
    );
  }
}
