// @ts-check
/** Paths over the dots, each with its own colour and dashes, and what the legend says of them. */

import { el, svg } from "../core/dom.js";

/** @typedef {{points: number[], name: string, tone: string}} PathLineData in the map's own numbers, row after row */
/** @typedef {{places: Float32Array, edge: SVGElement, path: SVGElement}} DrawnLine three numbers a step */

/** @param {PathLineData[]} lines one key for all of the same name and look */
function legendEntries(lines) {
  const byName = lines.filter(({ name }) => name);
  const seen = new Map(byName.map((line) => [`${line.tone} ${line.name}`, line]));
  return [...seen.values()].map(({ tone, name }) => el("span", { class: "ls-map-line-key" },
    svg("svg", { viewBox: "0 0 30 10", "aria-hidden": "true" },
      svg("path", { class: "ls-map-line", "data-tone": tone, d: "M2 5H28" })), name));
}

export class PathLines {
  /** @type {DrawnLine[]} */ drawn = [];
  key = "";

  constructor() {
    this.root = svg("g", {});
    this.legend = el("div", { class: "ls-map-line-keys", hidden: true });
  }

  /**
   * @param {PathLineData[]} lines @param {import("./scene/normalizer.js").Normalizer} cube
   * @returns {boolean} whether others are shown than before
   */
  set(lines, cube) {
    const key = JSON.stringify([lines, cube]);
    if (key === this.key) return false;
    this.key = key;
    this.drawn = lines.map(({ points, tone }) => ({
      places: cube.normalize(points),
      edge: svg("path", { class: "ls-map-line-edge" }),
      path: svg("path", { class: "ls-map-line", "data-tone": tone }),
    }));
    this.root.replaceChildren(...this.drawn.map(({ edge }) => edge), ...this.drawn.map(({ path }) => path));
    const legend = legendEntries(lines);
    this.legend.replaceChildren(...legend);
    this.legend.hidden = legend.length === 0;
    return true;
  }

  /** @param {import("./overlay.js").Projector} at */
  update(at) {
    for (const { places, edge, path } of this.drawn) {
      const spots = [];
      for (let i = 0; i < places.length; i += 3) spots.push(at(places.subarray(i, i + 3)));
      const seen = spots.filter(({ depth }) => depth > 0).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
      const d = seen.length > 1 ? `M${seen.join("L")}` : "";
      if (path.getAttribute("d") === d) continue; // what stays needn't be drawn again
      edge.setAttribute("d", d);
      path.setAttribute("d", d);
    }
  }
}
