// @ts-check
/** What is drawn over the points and moves with them: rings, marks of new images, an outline. */

import { el, setText, svg } from "../core/dom.js";
import { PathLines } from "./path_lines.js";

/** @typedef {ArrayLike<number>} ScreenPosition three numbers on the map */
/** @typedef {(position: ScreenPosition) => {x: number, y: number, depth: number}} Projector */

const STAR_PATH = "M13 2.2 16.3 9l7.5 1-5.4 5.2 1.3 7.4L13 19.1l-6.7 3.5 1.3-7.4L2.2 10l7.5-1z";

/** @param {HTMLElement} node @param {{x: number, y: number, depth: number} | null} at */
function moveTo(node, at) {
  node.hidden = !at || at.depth <= 0;
  if (at) node.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`;
}

export class Overlay {
  /** @param {HTMLElement} marker the live marker */
  constructor(marker) {
    this.marker = marker;
    this.path = svg("path", { class: "ls-map-outline" });
    this.lines = new PathLines();
    this.ring = el("div", { class: "ls-map-ring", hidden: true });
    this.hoverRing = el("div", { class: "ls-map-hover", hidden: true });
    this.layer = el("div", { class: "ls-map-pins" });
    this.root = el(
      "div",
      { class: "ls-map-over" },
      svg("svg", { class: "ls-map-over" }, this.lines.root, this.path),
      this.hoverRing,
      this.ring,
      this.layer,
      marker,
    );
    /** @type {{node: HTMLElement, position: ScreenPosition}[]} */ this.marks = [];
    /** @type {ScreenPosition[]} */ this.outline = [];
  }

  /** @param {{position: ScreenPosition, label: string}[]} marks */
  setMarks(marks) {
    while (this.marks.length > marks.length) this.marks.pop()?.node.remove();
    this.marks = marks.map(({ position, label }, k) => {
      const node = this.marks[k]?.node ?? this.#mark();
      const text = /** @type {HTMLElement} */ (node.lastElementChild);
      setText(text, label);
      text.hidden = label === "";
      return { node, position };
    });
  }

  #mark() {
    const star = svg(
      "svg",
      { viewBox: "0 0 26 26", "aria-hidden": "true" },
      svg("path", { class: "ls-map-edge", d: STAR_PATH }),
      svg("path", { class: "ls-map-inner", d: STAR_PATH }),
    );
    const node = el("div", { class: "ls-map-pin", hidden: true }, star, el("span")); // until its position is known
    this.layer.append(node);
    return node;
  }

  /** @param {ScreenPosition[]} outline */
  setOutline(outline) {
    this.outline = outline;
  }

  /** Animate the ring once. */
  announce() {
    this.ring.classList.remove("ls-map-new");
    void this.ring.offsetWidth; // starts the animation anew
    this.ring.classList.add("ls-map-new");
  }

  /**
   * @param {Projector} at
   * @param {{ring: ScreenPosition | null, hoverRing: ScreenPosition | null, marker: ScreenPosition | null, size: number, width: number}} now
   */
  update(at, { ring, hoverRing, marker, size, width }) {
    this.root.style.setProperty("--size", `${(size + 3).toFixed(1)}px`);
    moveTo(this.ring, ring && at(ring));
    moveTo(this.hoverRing, hoverRing && at(hoverRing));
    moveTo(this.marker, marker && at(marker));
    this.lines.update(at);
    for (const { node, position } of this.marks) {
      const screen = at(position);
      moveTo(node, screen);
      node.classList.toggle("ls-map-left", screen.x > width - 150);
    }
    const corners = this.outline
      .map((position) => at(position))
      .map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
    this.path.setAttribute("d", corners.length > 2 ? `M${corners.join("L")}Z` : "");
  }
}
