// @ts-check
/** The distances between the points of a plane: lines, and a list of their lengths. */

import { el, setChildCount, setProps, setText, svg } from "../core/dom.js";
import { distance, pairs } from "./plane_geometry.js";

/** @typedef {import("./plane_geometry.js").Position} Position */

export class PlaneDistances {
  lines = svg("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none" });
  list = el("ul", { class: "ls-plane-distances" });

  /** @param {string[]} names @param {Position[]} positions */
  update(names, positions) {
    const found = pairs(names.length);
    setChildCount(this.lines, found.length, () => svg("line"));
    setChildCount(this.list, found.length, () => el("li", {}, el("span"), el("b")));
    found.forEach(([i, j], number) => {
      const [a, b] = [positions[i], positions[j]];
      setProps(this.lines.children[number], { x1: a[0], y1: 1 - a[1], x2: b[0], y2: 1 - b[1] });
      const [pair, value] = this.list.children[number].children;
      setText(pair, `${names[i]} – ${names[j]}`);
      setText(value, distance(a, b).toFixed(2));
    });
  }
}
