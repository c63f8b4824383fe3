// @ts-check
/**
 * The support along a path: a high area near the data,
 * hatched from top to bottom where it is sparse or far.
 */

import { addStyle, el, svg } from "../../core/dom.js";
import { SUPPORT_SLUGS } from "../../core/support_level.js";
import { HEIGHT, WIDTH, supportCurvePaths } from "./curve_geometry.js";

const LEVELS = /** @type {import("../../core/support_level.js").SupportLevel[]} */ (
  Object.keys(SUPPORT_SLUGS)
);

const STYLE = `
.ls-support-curve { position: relative; display: block; width: 100%; }
.ls-support-curve svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.ls-support-curve path { stroke: none; fill-opacity: .62; }
.ls-support-curve path[data-support=near] { fill: color-mix(in srgb, var(--st-primary-color) 38%, transparent); }
.ls-support-curve svg.ls-support-curve-edge path { fill: none; stroke: var(--ls-muted); stroke-width: 1.2; vector-effect: non-scaling-stroke; }
.ls-support-curve svg.ls-support-curve-edge path.ls-support-curve-limit { stroke-dasharray: 2 4; opacity: .75; }
`;

let nCurves = 0;

/** Slanting stripes, ten to the repeat. @param {string} id @param {string} color @param {number} width of a stripe */
function hatching(id, color, width) {
  return svg(
    "pattern",
    { id, width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "skewX(-28)" },
    svg("rect", { width, height: 10, fill: color }),
  );
}

/** @param {string} name of the curve */
function createAreas(name) {
  return LEVELS.map((level) => {
    const slug = SUPPORT_SLUGS[level];
    return svg("path", { "data-support": slug, fill: `url(#${name}-${slug})` });
  });
}

export class SupportCurve {
  constructor() {
    addStyle("ls-support-curve", STYLE);
    const name = `ls-support-curve-${++nCurves}`;
    this.areas = createAreas(name);
    this.edge = svg("path");
    const middle = `M0 ${HEIGHT / 2}H${WIDTH}`;
    const nearLimit = svg("path", { class: "ls-support-curve-limit", d: middle });
    const patterns = svg(
      "defs",
      {},
      hatching(`${name}-sparse`, "#b7791f", 4),
      hatching(`${name}-far`, "#c2410c", 7),
    );
    const box = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none" };
    this.root = el(
      "span",
      { class: "ls-support-curve", "aria-hidden": "true" },
      svg("svg", box, patterns, ...this.areas),
      svg("svg", { ...box, class: "ls-support-curve-edge" }, nearLimit, this.edge),
    );
  }

  /**
   * @param {import("./sampled_path.js").SampledPath | undefined} path undefined shows nothing
   * @param {import("./sampled_path.js").Limits} limits
   * @param {import("./curve_geometry.js").CurveRange} range
   */
  update(path, limits, range) {
    this.root.style.visibility = path ? "" : "hidden";
    if (!path) return;
    const { areas, edge } = supportCurvePaths(path, limits, range);
    LEVELS.forEach((level, k) => this.areas[k].setAttribute("d", areas[level]));
    this.edge.setAttribute("d", edge);
  }
}
