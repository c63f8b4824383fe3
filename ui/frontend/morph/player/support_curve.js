// @ts-check
/**
 * How much data lies near each moment of a path, drawn along it: high where it is at home,
 * hatched from top to bottom where it isn't.
 */

import { el, svg } from "../../core/dom.js";
import { TRUST_SLUGS } from "../../core/support_level.js";
import { trustOf } from "./sampled_path.js";

/** @typedef {import("./sampled_path.js").Trail} Trail */
/** @typedef {import("./sampled_path.js").Limits} Limits */

const WORDS = /** @type {import("../../core/support_level.js").Trust[]} */ (Object.keys(TRUST_SLUGS));

/** From a distance to a height in [0, 1]: one half where what is usual ends. @param {number} far @param {number} known */
const height = (far, known) => 1 / (1 + (far / known) ** 4);

export const CURVE_STYLE = `
.ls-curve { position: relative; display: block; width: 100%; }
.ls-curve svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.ls-curve path { stroke: none; fill-opacity: .62; }
.ls-curve path[data-trust=near] { fill: color-mix(in srgb, var(--st-primary-color) 38%, transparent); }
.ls-curve svg.ls-curve-edge path { fill: none; stroke: var(--ls-quiet); stroke-width: 1.2; vector-effect: non-scaling-stroke; }
.ls-curve svg.ls-curve-edge path.ls-curve-usual { stroke-dasharray: 2 4; opacity: .75; }
`;

let made = 0;

/** Slanting stripes, ten to the repeat. @param {string} id @param {string} colour @param {number} wide */
function hatching(id, colour, wide) {
  return svg("pattern", { id, width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "skewX(-28)" },
    svg("rect", { width: wide, height: 10, fill: colour }));
}

/** The places where the curve has a corner, over [from, to]. @param {Trail} trail @param {number} from @param {number} to */
function corners(trail, from, to) {
  const inside = Array.from(trail.times).filter((time) => time > from && time < to);
  return [from, ...inside, to].map((time) => ({ time, far: trail.at(time).far }));
}

export function createCurve() {
  const name = `ls-curve-${++made}`;
  const areas = WORDS.map((word) => svg("path", { "data-trust": TRUST_SLUGS[word], fill: `url(#${name}-${TRUST_SLUGS[word]})` }));
  const edge = svg("path");
  const usual = svg("path", { class: "ls-curve-usual", d: "M0 50H1000" });
  const box = { viewBox: "0 0 1000 100", preserveAspectRatio: "none" };
  const root = el("span", { class: "ls-curve", "aria-hidden": "true" },
    svg("svg", box, svg("defs", {}, hatching(`${name}-sparse`, "#b7791f", 4), hatching(`${name}-far`, "#c2410c", 7)), ...areas), svg("svg", { ...box, class: "ls-curve-edge" }, usual, edge));

  /**
   * @param {Trail | undefined} trail null shows nothing
   * @param {Limits} limits
   * @param {number} from @param {number} to the times that are drawn
   * @param {(time: number) => number} share where each lies across, in [0, 1]
   */
  function show(trail, limits, from, to, share) {
    root.style.visibility = trail ? "" : "hidden";
    if (!trail) return;
    const spots = corners(trail, from, to).map(({ time, far }) =>
      ({ x: 1000 * share(time), y: 100 * (1 - height(far, limits.known)), far }));
    const parts = { "near data": "", sparse: "", "far from data": "" };
    for (let i = 1; i < spots.length; i++) {
      const [a, b] = [spots[i - 1], spots[i]];
      const word = trustOf((a.far + b.far) / 2, limits);
      const [left, right] = [a.x.toFixed(1), b.x.toFixed(1)];
      parts[word] += word === "near data" ? `M${left} 100V${a.y.toFixed(1)}L${right} ${b.y.toFixed(1)}V100Z` : `M${left} 100V0H${right}V100Z`;
    }
    WORDS.forEach((word, k) => areas[k].setAttribute("d", parts[word]));
    edge.setAttribute("d", `M${spots.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`);
  }
  return { root, show };
}
