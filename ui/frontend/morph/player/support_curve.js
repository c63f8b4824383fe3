// @ts-check
/**
 * The support along a path: a high area near the data,
 * hatched from top to bottom where it is sparse or far.
 */

import { el, svg } from "../../core/dom.js";
import { SUPPORT_SLUGS } from "../../core/support_level.js";
import { supportLevel } from "./sampled_path.js";

/** @typedef {import("./sampled_path.js").SampledPath} SampledPath */
/** @typedef {import("./sampled_path.js").Limits} Limits */

const LEVELS = /** @type {import("../../core/support_level.js").SupportLevel[]} */ (
  Object.keys(SUPPORT_SLUGS)
);

/** From a distance to a height in [0, 1]: one half at the limit of near data. @param {number} distance @param {number} limit */
const height = (distance, limit) => 1 / (1 + (distance / limit) ** 4);

export const CURVE_STYLE = `
.ls-support-curve { position: relative; display: block; width: 100%; }
.ls-support-curve svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.ls-support-curve path { stroke: none; fill-opacity: .62; }
.ls-support-curve path[data-support=near] { fill: color-mix(in srgb, var(--st-primary-color) 38%, transparent); }
.ls-support-curve svg.ls-support-curve-edge path { fill: none; stroke: var(--ls-muted); stroke-width: 1.2; vector-effect: non-scaling-stroke; }
.ls-support-curve svg.ls-support-curve-edge path.ls-support-curve-usual { stroke-dasharray: 2 4; opacity: .75; }
`;

let nCurves = 0;

/** Slanting stripes, ten to the repeat. @param {string} id @param {string} color @param {number} spacing */
function hatching(id, color, spacing) {
  return svg(
    "pattern",
    { id, width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "skewX(-28)" },
    svg("rect", { width: spacing, height: 10, fill: color }),
  );
}

/** The vertices of the curve over [from, to]. @param {SampledPath} path @param {number} from @param {number} to */
function curvePoints(path, from, to) {
  const inside = Array.from(path.times).filter((time) => time > from && time < to);
  return [from, ...inside, to].map((time) => ({ time, distance: path.at(time).distance }));
}

export function createSupportCurve() {
  const name = `ls-support-curve-${++nCurves}`;
  const levelAreas = LEVELS.map((level) =>
    svg("path", {
      "data-support": SUPPORT_SLUGS[level],
      fill: `url(#${name}-${SUPPORT_SLUGS[level]})`,
    }),
  );
  const edge = svg("path");
  const nearLimit = svg("path", { class: "ls-support-curve-usual", d: "M0 50H1000" });
  const box = { viewBox: "0 0 1000 100", preserveAspectRatio: "none" };
  const root = el(
    "span",
    { class: "ls-support-curve", "aria-hidden": "true" },
    svg(
      "svg",
      box,
      svg(
        "defs",
        {},
        hatching(`${name}-sparse`, "#b7791f", 4),
        hatching(`${name}-far`, "#c2410c", 7),
      ),
      ...levelAreas,
    ),
    svg("svg", { ...box, class: "ls-support-curve-edge" }, nearLimit, edge),
  );

  /**
   * @param {SampledPath | undefined} path null shows nothing
   * @param {Limits} limits
   * @param {number} from @param {number} to the times that are drawn
   * @param {(time: number) => number} positionOf horizontal position of a time, in [0, 1]
   */
  function show(path, limits, from, to, positionOf) {
    root.style.visibility = path ? "" : "hidden";
    if (!path) return;
    const points = curvePoints(path, from, to).map(({ time, distance }) => ({
      x: 1000 * positionOf(time),
      y: 100 * (1 - height(distance, limits.near)),
      distance,
    }));
    const parts = { "near data": "", sparse: "", "far from data": "" };
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      const level = supportLevel((a.distance + b.distance) / 2, limits);
      const [left, right] = [a.x.toFixed(1), b.x.toFixed(1)];
      parts[level] +=
        level === "near data"
          ? `M${left} 100V${a.y.toFixed(1)}L${right} ${b.y.toFixed(1)}V100Z`
          : `M${left} 100V0H${right}V100Z`;
    }
    LEVELS.forEach((level, k) => levelAreas[k].setAttribute("d", parts[level]));
    edge.setAttribute(
      "d",
      `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`,
    );
  }
  return { root, show };
}
