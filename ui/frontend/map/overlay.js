// @ts-check
/** What is drawn over the points and moves with them: rings, marks of new images, an outline. */

import { el, setText, svg } from "../core/dom.js";
import { PathLines } from "./path_lines.js";
import { closedPath } from "./svg_path.js";

/** @typedef {ArrayLike<number>} Position three values, in normalized coordinates */
/** @typedef {(position: Position) => import("./scene/hit_test.js").ScreenPosition} Projector */

const STAR_PATH = "M13 2.2 16.3 9l7.5 1-5.4 5.2 1.3 7.4L13 19.1l-6.7 3.5 1.3-7.4L2.2 10l7.5-1z";
const LABEL_WIDTH_PX = 150; // a label with less space on its right is on the left
const RING_MARGIN_PX = 3; // around a point

/** @param {HTMLElement} node @param {import("./scene/hit_test.js").ScreenPosition | null} pixel null hides it */
function moveTo(node, pixel) {
  node.hidden = !pixel || pixel.depth <= 0;
  if (pixel) node.style.transform = `translate(${pixel.x.toFixed(1)}px, ${pixel.y.toFixed(1)}px)`;
}

/** A star with a label, hidden until its position is known. */
function createMark() {
  const star = svg(
    "svg",
    { viewBox: "0 0 26 26", "aria-hidden": "true" },
    svg("path", { class: "ls-map-edge", d: STAR_PATH }),
    svg("path", { class: "ls-map-inner", d: STAR_PATH }),
  );
  return el("div", { class: "ls-map-pin", hidden: true }, star, el("span"));
}

/**
 * @typedef {object} OverlayState
 * @property {Position | null} ring around the selected sample
 * @property {Position | null} hoverRing
 * @property {Position | null} linkedRing around the sample that is hovered in a linked map
 * @property {Position | null} marker the current position
 * @property {number} size of a point, in pixels
 * @property {number} width of the plot, in pixels
 */

export class Overlay {
  /** @type {{node: HTMLElement, position: Position}[]} */ marks = [];
  /** @type {Position[]} */ outline = [];

  constructor() {
    this.path = svg("path", { class: "ls-map-outline" });
    this.lines = new PathLines();
    this.ring = el("div", { class: "ls-map-ring", hidden: true });
    this.hoverRing = el("div", { class: "ls-map-hover", hidden: true });
    this.linkedRing = el("div", { class: "ls-map-hover ls-map-linked", hidden: true });
    this.markLayer = el("div", { class: "ls-map-pins" });
    this.marker = el("div", { class: "ls-map-marker", hidden: true }, el("i"));
    const drawing = svg("svg", { class: "ls-map-over" }, this.lines.root, this.path);
    const layers = [
      drawing,
      this.hoverRing,
      this.linkedRing,
      this.ring,
      this.markLayer,
      this.marker,
    ];
    this.root = el("div", { class: "ls-map-over" }, ...layers);
  }

  /** @param {{position: Position, label: string}[]} marks */
  setMarks(marks) {
    while (this.marks.length > marks.length) this.marks.pop()?.node.remove();
    this.marks = marks.map(({ position, label }, k) => {
      const node = this.marks[k]?.node ?? this.#addMark();
      const text = /** @type {HTMLElement} */ (node.lastElementChild);
      setText(text, label);
      text.hidden = label === "";
      return { node, position };
    });
  }

  #addMark() {
    const node = createMark();
    this.markLayer.append(node);
    return node;
  }

  /** @param {Position[]} outline */
  setOutline(outline) {
    this.outline = outline;
  }

  /** Animate the ring once. */
  announce() {
    this.ring.classList.remove("ls-map-new");
    void this.ring.offsetWidth; // starts the animation anew
    this.ring.classList.add("ls-map-new");
  }

  /** @param {Projector} project @param {OverlayState} state */
  update(project, { ring, hoverRing, linkedRing, marker, size, width }) {
    this.root.style.setProperty("--size", `${(size + RING_MARGIN_PX).toFixed(1)}px`);
    moveTo(this.ring, ring && project(ring));
    moveTo(this.hoverRing, hoverRing && project(hoverRing));
    moveTo(this.linkedRing, linkedRing && project(linkedRing));
    moveTo(this.marker, marker && project(marker));
    this.lines.update(project);
    for (const { node, position } of this.marks) {
      const pixel = project(position);
      moveTo(node, pixel);
      node.classList.toggle("ls-map-left", pixel.x > width - LABEL_WIDTH_PX);
    }
    this.path.setAttribute("d", closedPath(this.outline.map(project)));
  }
}
