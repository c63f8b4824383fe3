// @ts-check
/** Interpolation along a path and between four corners; a port of `latent_core.interpolation`. */

import { MIN_SINE } from "../core/constants.js";

/** @typedef {{readonly length: number, readonly [index: number]: number}} Vector */
/** @typedef {Float32Array | Float64Array} MutableVector */
/**
 * @typedef {object} PathSamples codes at times, interpolated linearly between them
 * @property {Vector} times ascending, at least two
 * @property {Float32Array} codes (T, D)
 * @property {number} dim
 */
/** @typedef {"linear" | "spherical"} CornerInterpolation */

/**
 * Linear interpolation: `a` at 0, `b` at 1.
 * @param {Vector} a
 * @param {Vector} b
 * @param {number} t
 * @param {MutableVector} out
 */
function lerp(a, b, t, out) {
  for (let i = 0; i < out.length; i++) out[i] = (1 - t) * a[i] + t * b[i];
  return out;
}

/** @param {Vector} code */
function norm(code) {
  let sum = 0;
  for (let i = 0; i < code.length; i++) sum += code[i] * code[i];
  return Math.sqrt(sum);
}

/**
 * The angle between two codes of these norms, accurate for small angles too.
 * @param {Vector} a
 * @param {Vector} b
 * @param {number} normA
 * @param {number} normB
 */
function angleBetween(a, b, normA, normB) {
  let difference = 0;
  let total = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] / normA, b[i] / normB];
    difference += (x - y) ** 2;
    total += (x + y) ** 2;
  }
  return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(total));
}

/**
 * Spherical interpolation (slerp): constant angular velocity; the norm is interpolated linearly
 * and never falls below 0.  Linear interpolation if the codes are parallel or one is zero.
 * @param {Vector} a at 0
 * @param {Vector} b at 1
 * @param {number} t
 * @param {MutableVector} [out]
 * @returns {MutableVector}
 */
export function slerp(a, b, t, out = new Float32Array(a.length)) {
  const [normA, normB] = [norm(a), norm(b)];
  if (normA === 0 || normB === 0) return lerp(a, b, t, out);
  const angle = angleBetween(a, b, normA, normB);
  const sine = Math.sin(angle);
  if (sine < MIN_SINE) return lerp(a, b, t, out);
  const length = Math.max((1 - t) * normA + t * normB, 0);
  const weightA = (Math.sin((1 - t) * angle) / sine / normA) * length;
  const weightB = (Math.sin(t * angle) / sine / normB) * length;
  for (let i = 0; i < out.length; i++) out[i] = weightA * a[i] + weightB * b[i];
  return out;
}

/**
 * The code at time `t`; beyond either end of the path, the code at that end.
 * @param {PathSamples} path
 * @param {number} t finite
 * @param {Float32Array} [out] to write it to
 */
export function codeAt({ times, codes, dim }, t, out = new Float32Array(dim)) {
  let before = 0;
  let after = times.length - 1;
  const clipped = Math.min(Math.max(t, times[before]), times[after]);
  while (after - before > 1) {
    const middle = (before + after) >> 1;
    if (times[middle] <= clipped) before = middle;
    else after = middle;
  }
  const weight = (clipped - times[before]) / (times[after] - times[before]);
  for (let i = 0; i < dim; i++) {
    out[i] = (1 - weight) * codes[before * dim + i] + weight * codes[after * dim + i];
  }
  return out;
}

/**
 * Bilinear (or spherical) interpolation between four corners.
 * @param {Float32Array} codes (4, D): top left, top right, bottom left, bottom right
 * @param {number} dim
 * @param {number} u from left to right, in [0, 1]
 * @param {number} v from top to bottom, in [0, 1]
 * @param {CornerInterpolation} kind
 */
export function bilinear(codes, dim, u, v, kind) {
  const interpolate = kind === "spherical" ? slerp : lerp;
  const [topLeft, topRight, bottomLeft, bottomRight] = [0, 1, 2, 3].map((i) =>
    codes.subarray(i * dim, (i + 1) * dim),
  );
  const top = interpolate(topLeft, topRight, u, new Float64Array(dim));
  const bottom = interpolate(bottomLeft, bottomRight, u, new Float64Array(dim));
  return /** @type {Float32Array} */ (interpolate(top, bottom, v, new Float32Array(dim)));
}
