// @ts-check
/** Paths over the dots, each with its own colour and dashes, and what the legend says of them. */

import { el, svg } from "../core/dom.js";

/** @typedef {{at: number[], name: string, tone: string}} LineData in the map's own numbers, row after row */
/** @typedef {{places: Float32Array, edge: SVGElement, path: SVGElement}} Drawn three numbers a step */

/** @param {LineData[]} lines one key for all of the same name and look */
function keysOf(lines) {
  const named = lines.filter(({ name }) => name);
  const told = new Map(named.map((line) => [`${line.tone} ${line.name}`, line]));
  return [...told.values()].map(({ tone, name }) => el("span", { class: "ls-map-line-key" },
    svg("svg", { viewBox: "0 0 30 10", "aria-hidden": "true" },
      svg("path", { class: "ls-map-line", "data-tone": tone, d: "M2 5H28" })), name));
}

export class Lines {
  /** @type {Drawn[]} */ drawn = [];
  shows = "";

  constructor() {
    this.root = svg("g", {});
    this.keys = el("div", { class: "ls-map-line-keys", hidden: true });
  }

  /**
   * @param {LineData[]} lines @param {import("./scene/normalizer.js").Cube} cube
   * @returns {boolean} whether others are shown than before
   */
  set(lines, cube) {
    const shows = JSON.stringify([lines, cube]);
    if (shows === this.shows) return false;
    this.shows = shows;
    this.drawn = lines.map(({ at, tone }) => ({
      places: cube.enter(at),
      edge: svg("path", { class: "ls-map-line-edge" }),
      path: svg("path", { class: "ls-map-line", "data-tone": tone }),
    }));
    this.root.replaceChildren(...this.drawn.map(({ edge }) => edge), ...this.drawn.map(({ path }) => path));
    const keys = keysOf(lines);
    this.keys.replaceChildren(...keys);
    this.keys.hidden = keys.length === 0;
    return true;
  }

  /** @param {import("./overlay.js").Projector} at */
  follow(at) {
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
