// @ts-check
/** What the vertex shader computes, for drawing without WebGL: position, size, color and fog of points. */

import { project } from "./hit_test.js";
import { MIN_SIZE_PX } from "./point_shader.js";

/**
 * @typedef {object} CanvasPoint
 * @property {number} x in pixels of the canvas
 * @property {number} y
 * @property {number} depth
 * @property {number} size in CSS pixels
 * @property {number} alpha in [0, 1], less for distant points
 * @property {string} color
 */

const MAX_FOG = 0.6; // as in the shader
const SCALE_RANGE = [0.5, 4]; // of a point's size by its depth

/** Positions and colors, as `PointShader` has them. */
export class CanvasPoints {
  count = 0;
  /** @type {Float32Array} */ target = new Float32Array(0);
  /** @type {Float32Array} */ previous = new Float32Array(0);
  /** @type {Uint8Array} */ rgba = new Uint8Array(0);

  /** @param {Float32Array} target three values per point @param {Float32Array} previous */
  setPositions(target, previous) {
    this.count = target.length / 3;
    [this.target, this.previous] = [target, previous];
  }

  /** @param {Uint8Array} rgba four bytes per point */
  setColors(rgba) {
    this.rgba = rgba;
  }
}

/** The indices of points, the most distant first. @param {CanvasPoint[]} points */
export function depthOrder(points) {
  return [...points.keys()].sort((a, b) => points[b].depth - points[a].depth);
}

/** @param {number} low @param {number} high @param {number} value */
function smoothstep(low, high, value) {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
  return t * t * (3 - 2 * t);
}

/** @param {number} value @param {number[]} range */
const clamp = (value, [low, high]) => Math.min(high, Math.max(low, value));

/**
 * The visible points in front of the camera.
 * @param {CanvasPoints} points
 * @param {import("./point_shader.js").PointStyle} style
 * @param {number} transition 0 at the previous positions, 1 at the new ones
 * @param {number} stride 1 for every point, 2 for every second …
 * @param {{width: number, height: number}} canvas in its pixels
 * @returns {CanvasPoint[]}
 */
export function projectPoints(
  { count, target, previous, rgba },
  style,
  transition,
  stride,
  canvas,
) {
  const { matrix, size, centerDepth = 0, depthRange = 0 } = style;
  const screen = { matrix, ...{ width: canvas.width, height: canvas.height } };
  const found = [];
  for (let i = 0; i < count; i += stride) {
    const opaque = rgba[4 * i + 3];
    if (!opaque) continue;
    const [x, y, z] = [3 * i, 3 * i + 1, 3 * i + 2].map(
      (k) => previous[k] + (target[k] - previous[k]) * transition,
    );
    const at = project(screen, x, y, z);
    if (at.depth <= 0) continue;
    const scale = centerDepth > 0 ? clamp(centerDepth / at.depth, SCALE_RANGE) : 1;
    const [near, far] = [centerDepth - 0.4 * depthRange, centerDepth + depthRange];
    const fog = centerDepth > 0 ? MAX_FOG * smoothstep(near, far, at.depth) : 0;
    const color = `rgb(${rgba[4 * i]},${rgba[4 * i + 1]},${rgba[4 * i + 2]})`;
    const alpha = (opaque / 255) * (1 - fog);
    found.push({ ...at, size: Math.max(MIN_SIZE_PX, size * scale), alpha, color });
  }
  return found;
}
