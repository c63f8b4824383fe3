// @ts-check
/** From a code to its point on a map, by the rule of each method; a port of `latent_core.projection`. */

import {
  BANDWIDTH_LIMIT,
  BANDWIDTH_STEPS,
  PLACEMENT_EPSILON,
  PLACEMENT_ITERATIONS,
  PLACEMENT_NEIGHBORS,
  RIDGE,
} from "../core/constants.js";
import { solve } from "./linear_system.js";
import { searchNeighbors } from "./neighbors.js";

/** @typedef {import("./neighbors.js").PointIndex} PointIndex */
/** @typedef {(code: ArrayLike<number>) => number[]} Transform */
/** @typedef {{table: Float32Array, dim: number}} Table row after row */

/**
 * The transform of a linear map.
 * @param {{mean: number[], axes: number[][]}} spec
 * @returns {Transform}
 */
export function linearTransform({ mean, axes }) {
  return (code) =>
    axes.map((axis) => axis.reduce((sum, value, d) => sum + value * (code[d] - mean[d]), 0));
}

/**
 * Place a code by the attractive forces of its neighbors' points: t-SNE and UMAP.
 * @param {PointIndex} codes @param {Table} points @param {string} metric
 * @returns {Transform}
 */
export function attractionTransform(codes, points, metric) {
  const search = searchNeighbors(codes, metric);
  return (code) => {
    const { index, distance } = search(code, PLACEMENT_NEIGHBORS);
    return robustCenter(rowsOf(points, index), placementWeights(distance));
  };
}

/**
 * The combination of its neighbors' points that reconstructs the code from their codes: LLE.
 * @param {PointIndex} codes @param {Table} points @param {number} k
 * @returns {Transform}
 */
export function barycentricTransform(codes, points, k) {
  const search = searchNeighbors(codes, "euclidean");
  return (code) => {
    const { index } = search(code, k);
    return combine(rowsOf(points, index), barycentricWeights(rowsOf(codes, index), code));
  };
}

/**
 * Triangulate a code by its geodesic distances to L landmarks, over its neighbors: Isomap.
 * @param {PointIndex} codes
 * @param {Float32Array} geodesics (N, L), from each code to each landmark
 * @param {{k: number, meanSquared: Float64Array, pseudoInverse: Float64Array}} mds (L) and (dims, L)
 * @returns {Transform}
 */
export function geodesicTransform(codes, geodesics, { k, meanSquared, pseudoInverse }) {
  const search = searchNeighbors(codes, "euclidean");
  const nLandmarks = meanSquared.length;
  const nDims = pseudoInverse.length / nLandmarks;
  return (code) => {
    const { index, distance } = search(code, k);
    const excess = meanSquared.map((mean, landmark) => {
      let shortest = Infinity;
      for (let n = 0; n < index.length; n++) {
        shortest = Math.min(shortest, geodesics[index[n] * nLandmarks + landmark] + distance[n]);
      }
      return shortest ** 2 - mean;
    });
    return Array.from({ length: nDims }, (_, d) => {
      const row = pseudoInverse.subarray(d * nLandmarks, (d + 1) * nLandmarks);
      return -0.5 * row.reduce((sum, value, landmark) => sum + value * excess[landmark], 0);
    });
  };
}

/** @param {Table} table @param {ArrayLike<number>} index */
function rowsOf({ table, dim }, index) {
  return Array.from(index, (i) => table.subarray(i * dim, (i + 1) * dim));
}

/** @param {ArrayLike<number>[]} rows @param {ArrayLike<number>} weights */
function combine(rows, weights) {
  return Array.from(rows[0], (_, d) => rows.reduce((sum, row, k) => sum + weights[k] * row[d], 0));
}

/** Membership strength times 1 / distance², summing to 1. @param {Float64Array} distance ascending */
export function placementWeights(distance) {
  const scale = median(distance) + PLACEMENT_EPSILON;
  const strength = membership(distance);
  const weights = distance.map(
    (d, k) => strength[k] / Math.max((d / scale) ** 2, PLACEMENT_EPSILON),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** @param {Float64Array} sorted */
function median(sorted) {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Membership strengths of UMAP: 1 for the nearest, log₂(K + 1) in sum. @param {Float64Array} distance ascending */
function membership(distance) {
  const excess = distance.map((d) => d - distance[0]);
  const scale = excess.reduce((sum, e) => sum + e, 0) / excess.length + PLACEMENT_EPSILON;
  const target = Math.log2(distance.length + 1);
  let [low, high] = [-BANDWIDTH_LIMIT, BANDWIDTH_LIMIT];
  for (let step = 0; step < BANDWIDTH_STEPS; step++) {
    const middle = (low + high) / 2;
    const inverse = Math.exp(middle) / scale;
    const total = excess.reduce((sum, e) => sum + Math.exp(-e * inverse), 0);
    if (total < target) high = middle;
    else low = middle;
  }
  return excess.map((e) => Math.exp((-e * Math.exp(low)) / scale));
}

/**
 * The minimizer of Σ w log(1 + ‖y − anchor‖²), by iteratively reweighted means from the best anchor.
 * @param {ArrayLike<number>[]} anchors @param {Float64Array} weights
 */
function robustCenter(anchors, weights) {
  let point = Array.from(bestAnchor(anchors, weights));
  for (let step = 0; step < PLACEMENT_ITERATIONS; step++) {
    const pull = weights.map((weight, k) => weight / (1 + squaredDistance(point, anchors[k])));
    const total = pull.reduce((sum, value) => sum + value, 0);
    point = combine(anchors, pull).map((value) => value / total);
  }
  return point;
}

/** @param {ArrayLike<number>[]} anchors @param {Float64Array} weights */
function bestAnchor(anchors, weights) {
  const cost = anchors.map((one) =>
    anchors.reduce(
      (sum, other, k) => sum + weights[k] * Math.log1p(squaredDistance(one, other)),
      0,
    ),
  );
  return anchors[cost.indexOf(Math.min(...cost))];
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function squaredDistance(a, b) {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] - b[d]) ** 2;
  return sum;
}

/**
 * The weights with which the code is best reconstructed from its neighbors; they sum to 1.
 * @param {ArrayLike<number>[]} neighbors @param {ArrayLike<number>} code
 */
function barycentricWeights(neighbors, code) {
  const differences = neighbors.map((row) => Float64Array.from(row, (value, d) => value - code[d]));
  const gram = differences.map((a) =>
    differences.map((b) => a.reduce((sum, value, d) => sum + value * b[d], 0)),
  );
  const ridge = RIDGE * gram.reduce((trace, row, k) => trace + row[k], 0);
  gram.forEach((row, k) => (row[k] += ridge > 0 ? ridge : RIDGE));
  const weights = solve(gram, new Array(gram.length).fill(1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
