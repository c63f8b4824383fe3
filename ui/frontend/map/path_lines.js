// @ts-check
/** Paths over the points, each with its own color and dashes, and their legend. */

import { el, svg } from "../core/dom.js";

/** @typedef {{points: number[], name: string, tone: string}} PathLineData in map coordinates, row after row */
/** @typedef {{places: Float32Array, edge: SVGElement, path: SVGElement}} DrawnLine three values per step */

/** @param {PathLineData[]} lines one legend entry per name and tone */
function legendEntries(lines) {
  const named = lines.filter(({ name }) => name);
  const entries = new Map(named.map((line) => [`${line.tone} ${line.name}`, line]));
  return [...entries.values()].map(({ tone, name }) =>
    el(
      "span",
      { class: "ls-map-line-key" },
      svg(
        "svg",
        { viewBox: "0 0 30 10", "aria-hidden": "true" },
        svg("path", { class: "ls-map-line", "data-tone": tone, d: "M2 5H28" }),
      ),
      name,
    ),
  );
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
    this.drawn = lines.map(({ points, tone }) => ({
      places: normalizer.normalize(points),
      edge: svg("path", { class: "ls-map-line-edge" }),
      path: svg("path", { class: "ls-map-line", "data-tone": tone }),
    }));
    this.root.replaceChildren(
      ...this.drawn.map(({ edge }) => edge),
      ...this.drawn.map(({ path }) => path),
    );
    const legend = legendEntries(lines);
    this.legend.replaceChildren(...legend);
    this.legend.hidden = legend.length === 0;
    return true;
  }

  /** @param {import("./overlay.js").Projector} at */
  update(at) {
    for (const { places, edge, path } of this.drawn) {
      const points = [];
      for (let i = 0; i < places.length; i += 3) points.push(at(places.subarray(i, i + 3)));
      const steps = points
        .filter(({ depth }) => depth > 0)
        .map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
      const d = steps.length > 1 ? `M${steps.join("L")}` : "";
      if (path.getAttribute("d") === d) continue; // unchanged
      edge.setAttribute("d", d);
      path.setAttribute("d", d);
    }
  }
}
