// @ts-check
/** The distances between the points of a plane: lines, and a list of their lengths. */

import { el, setChildCount, setProps, setText, svg } from "../core/dom.js";
import { cosineDistance, distance, pairs } from "./plane_geometry.js";

/** @typedef {import("./plane_geometry.js").Position} Position */

export class PlaneDistances {
  lines = svg("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none" });
  rays = svg("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none", class: "ls-plane-rays" });
  list = el("ul", { class: "ls-plane-distances" });
  heading = el("h3", {}, "Distances");

  /** @param {string[]} names @param {Position[]} positions @param {boolean} showsCosine */
  update(names, positions, showsCosine) {
    const found = pairs(names.length);
    setText(this.heading, showsCosine ? "Distances: Euclidean, cosine" : "Distances");
    this.#drawRays(showsCosine ? positions : []);
    setChildCount(this.lines, found.length, () => svg("line"));
    setChildCount(this.list, found.length, () => el("li", {}, el("span"), el("b"), el("b")));
    found.forEach(([i, j], number) => {
      const [a, b] = [positions[i], positions[j]];
      setProps(this.lines.children[number], { x1: a[0], y1: 1 - a[1], x2: b[0], y2: 1 - b[1] });
      const [pair, value, angle] = this.list.children[number].children;
      setText(angle, showsCosine ? cosineDistance(a, b).toFixed(3) : "");
      setText(pair, `${names[i]} – ${names[j]}`);
      setText(value, distance(a, b).toFixed(2));
    });
  }

  /** Lines from (0, 0), whose angles cosine distance compares. @param {Position[]} positions */
  #drawRays(positions) {
    setChildCount(this.rays, positions.length, () => svg("line", { x1: 0, y1: 1 }));
    positions.forEach(([x, y], i) => setProps(this.rays.children[i], { x2: x, y2: 1 - y }));
  }
}
