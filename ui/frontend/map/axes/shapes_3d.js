// @ts-check
/** The box around a 3D map, with the names and numbers of its axes. */

import { formatNumber } from "../../core/format.js";
import { roundTicks } from "./ticks.js";

/** @typedef {import("./shapes_2d.js").Shapes} Shapes */
/** @typedef {import("./shapes_2d.js").AxisData} AxisData */
/** @typedef {import("../scene/hit_test.js").ScreenPosition} ScreenPosition */
/** @typedef {(position: ArrayLike<number>) => ScreenPosition} Projector */
/** @typedef {{axis: number, from: number[], to: number[]}} Edge corners in normalized coordinates */

const N_TICKS = 4; // per axis, about
const TITLE_PX = 34; // from an edge to its name
const TICK_PX = 15; // from an edge to its numbers

/** The twelve edges of a box, four along each axis. @param {number[]} low @param {number[]} high @returns {Edge[]} */
export function boxEdges(low, high) {
  return [0, 1, 2].flatMap((axis) =>
    [0, 1, 2, 3].map((side) => {
      const from = [...low];
      const [first, second] = [(axis + 1) % 3, (axis + 2) % 3];
      if (side & 1) from[first] = high[first];
      if (side & 2) from[second] = high[second];
      const to = [...from];
      to[axis] = high[axis];
      return { axis, from, to };
    }),
  );
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b @param {number} t */
const between = (a, b, t) => [0, 1, 2].map((k) => a[k] + t * (b[k] - a[k]));

/**
 * Of the four edges along an axis, the one whose middle is farthest out on the screen, rather below.
 * @param {Edge[]} edges @param {Projector} project @param {ScreenPosition} center
 */
function outermost(edges, project, center) {
  const outness = (/** @type {Edge} */ { from, to }) => {
    const { x, y } = project(between(from, to, 0.5));
    return Math.hypot(x - center.x, y - center.y) + 0.6 * (y - center.y);
  };
  return edges.reduce((best, edge) => (outness(edge) > outness(best) ? edge : best));
}

/** A point beside an edge, away from the center. @param {ScreenPosition} at @param {ScreenPosition} center @param {number} distance */
function beside(at, center, distance) {
  const [dx, dy] = [at.x - center.x, at.y - center.y];
  const length = Math.hypot(dx, dy) || 1;
  return { x: at.x + (distance * dx) / length, y: at.y + (distance * dy) / length };
}

/**
 * @param {Projector} project
 * @param {{low: number[], high: number[]}} box in normalized coordinates
 * @param {(position: number[]) => number[]} denormalize
 * @param {AxisData[]} axes
 * @returns {Shapes}
 */
export function boxShapes3d(project, { low, high }, denormalize, axes) {
  const shapes = /** @type {Shapes} */ ({ lines: [], texts: [] });
  const edges = boxEdges(low, high);
  const center = project(between(low, high, 0.5));
  for (const { from, to } of edges) {
    const [a, b] = [project(from), project(to)];
    if (a.depth > 0 && b.depth > 0)
      shapes.lines.push({ x1: a.x, y1: a.y, x2: b.x, y2: b.y, strong: false });
  }
  axes.forEach((axis, k) => {
    const edge = outermost(
      edges.filter((one) => one.axis === k),
      project,
      center,
    );
    addTexts(shapes, { edge, axis, center, project, denormalize });
  });
  return shapes;
}

/**
 * The name of an axis and its numbers along an edge.
 * @param {Shapes} shapes
 * @param {{edge: Edge, axis: AxisData, center: ScreenPosition, project: Projector, denormalize: (position: number[]) => number[]}} along
 */
function addTexts({ texts }, { edge, axis, center, project, denormalize }) {
  const { from, to, axis: k } = edge;
  const middle = project(between(from, to, 0.5));
  if (middle.depth <= 0) return;
  const distance = axis.has_ticks ? TITLE_PX : TICK_PX;
  texts.push({
    text: axis.title,
    ...beside(middle, center, distance),
    align: "center",
    strong: true,
  });
  if (!axis.has_ticks) return;
  const [low, high] = [denormalize(from)[k], denormalize(to)[k]];
  const { values, digits } = roundTicks(low, high, N_TICKS);
  for (const value of values) {
    const at = project(between(from, to, (value - low) / (high - low)));
    if (at.depth <= 0) continue;
    const text = formatNumber(value, digits);
    texts.push({ text, ...beside(at, center, TICK_PX), align: "center", strong: false });
  }
}
