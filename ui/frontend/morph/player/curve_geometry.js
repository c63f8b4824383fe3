// @ts-check
/** The areas and the edge of a support curve, as SVG path data in a box of 1000 by 100. */

import { supportLevel } from "./sampled_path.js";

/** @typedef {import("../../core/support_level.js").SupportLevel} SupportLevel */
/** @typedef {import("./sampled_path.js").SampledPath} SampledPath */
/** @typedef {import("./sampled_path.js").Limits} Limits */
/** @typedef {{from: number, to: number, positionOf: (time: number) => number}} CurveRange the times that are drawn, and the horizontal position of each in [0, 1] */
/** @typedef {{x: number, y: number, distance: number}} Vertex */

export const [WIDTH, HEIGHT] = [1000, 100];

/** From a distance to a height in [0, 1]: one half at the limit of near data. @param {number} distance @param {number} limit */
export const curveHeight = (distance, limit) => 1 / (1 + (distance / limit) ** 4);

/** A vertex per node of the path between the first and the last time. @param {SampledPath} path @param {Limits} limits @param {CurveRange} range @returns {Vertex[]} */
function curveVertices(path, limits, { from, to, positionOf }) {
  const inside = Array.from(path.times).filter((time) => time > from && time < to);
  return [from, ...inside, to].map((time) => {
    const { distance } = path.at(time);
    const y = HEIGHT * (1 - curveHeight(distance, limits.near));
    return { x: WIDTH * positionOf(time), y, distance };
  });
}

/** The area below one segment: up to the curve near the data, else the full height. @param {Vertex} a @param {Vertex} b @param {SupportLevel} level */
function segmentArea(a, b, level) {
  const [left, right] = [a.x.toFixed(1), b.x.toFixed(1)];
  if (level !== "near data") return `M${left} ${HEIGHT}V0H${right}V${HEIGHT}Z`;
  return `M${left} ${HEIGHT}V${a.y.toFixed(1)}L${right} ${b.y.toFixed(1)}V${HEIGHT}Z`;
}

/**
 * The area of each support level, and the curve itself.
 * @param {SampledPath} path @param {Limits} limits @param {CurveRange} range
 * @returns {{areas: Record<SupportLevel, string>, edge: string}}
 */
export function supportCurvePaths(path, limits, range) {
  const vertices = curveVertices(path, limits, range);
  const areas = { "near data": "", sparse: "", "far from data": "" };
  vertices.slice(1).forEach((b, i) => {
    const a = vertices[i];
    const level = supportLevel((a.distance + b.distance) / 2, limits);
    areas[level] += segmentArea(a, b, level);
  });
  const points = vertices.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return { areas, edge: `M${points.join("L")}` };
}
