// @ts-check
/** Paths over the points, each with its own color and dashes, and their legend. */

import { el, svg } from "../core/dom.js";
import { openPath } from "./svg_path.js";

/** @typedef {import("../core/payloads.js").PathLineData} PathLineData */
/** @typedef {{positions: Float32Array, edge: SVGElement, path: SVGElement}} DrawnLine three values per step */

/** @param {PathLineData} line */
function legendEntry({ tone, name }) {
  const stroke = svg("path", { class: "ls-map-line", "data-tone": tone, d: "M2 5H28" });
  const sample = svg("svg", { viewBox: "0 0 30 10", "aria-hidden": "true" }, stroke);
  return el("span", { class: "ls-map-line-key" }, sample, name);
}

/** @param {PathLineData} line @param {import("./scene/normalizer.js").Normalizer} normalizer @returns {DrawnLine} */
function drawnLine({ points, tone }, normalizer) {
  return {
    positions: normalizer.normalize(points),
    edge: svg("path", { class: "ls-map-line-edge" }),
    path: svg("path", { class: "ls-map-line", "data-tone": tone }),
  };
}

export class PathLines {
  /** @type {DrawnLine[]} */ drawn = [];
  key = "";

  constructor() {
    this.root = svg("g", {});
    this.legend = el("div", { class: "ls-map-line-keys", hidden: true });
  }

  /**
   * @param {PathLineData[]} lines @param {import("./scene/normalizer.js").Normalizer} normalizer
   * @returns {boolean} whether others are shown than before
   */
  set(lines, normalizer) {
    const key = JSON.stringify([lines, normalizer]);
    if (key === this.key) return false;
    this.key = key;
    this.drawn = lines.map((line) => drawnLine(line, normalizer));
    this.root.replaceChildren(
      ...this.drawn.map(({ edge }) => edge),
      ...this.drawn.map(({ path }) => path),
    );
    const legend = linesInLegend(lines).map(legendEntry);
    this.legend.replaceChildren(...legend);
    this.legend.hidden = legend.length === 0;
    return true;
  }

  /** @param {import("./overlay.js").Projector} project */
  update(project) {
    for (const { positions, edge, path } of this.drawn) {
      const pixels = [];
      for (let i = 0; i < positions.length; i += 3)
        pixels.push(project(positions.subarray(i, i + 3)));
      const d = openPath(pixels.filter(({ depth }) => depth > 0));
      if (path.getAttribute("d") === d) continue; // unchanged
      edge.setAttribute("d", d);
      path.setAttribute("d", d);
    }
  }
}

/** One line per name and tone, without those that have no name. @param {PathLineData[]} lines */
export function linesInLegend(lines) {
  const named = lines.filter(({ name }) => name);
  return [...new Map(named.map((line) => [`${line.tone} ${line.name}`, line])).values()];
}
