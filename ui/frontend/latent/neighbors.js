// @ts-check
/** Nearest neighbors among points, and quantile ranks of distances. */

import { MIN_SUPPORT_DISTANCE, SUPPORT_NEIGHBORS } from "../core/constants.js";

/** @typedef {{index: Int32Array, distance: Float64Array}} Neighbors nearest first */

/** Points in any number of dimensions, for nearest-neighbor search. */
export class PointIndex {
  /**
   * @param {Float32Array} table row after row
   * @param {number} dim
   * @param {number[]} distanceQuantiles quantiles of the points' distances from their own neighbors
   * @param {number[]} [activeDims] dimensions used for the distance; by default all
   */
  constructor(table, dim, distanceQuantiles, activeDims = []) {
    this.table = table;
    this.dim = dim;
    this.distanceQuantiles = distanceQuantiles;
    this.allDims = Int32Array.from({ length: dim }, (_, d) => d);
    this.activeDims = activeDims.length ? Int32Array.from(activeDims) : this.allDims;
    this.count = table.length / dim;
    this.squared = new Float64Array(this.count);
    this.localDistances = new Float64Array(this.count).fill(NaN); // computed when needed
  }

  /**
   * The nearest points, nearest first.
   * @param {ArrayLike<number>} query @param {number} n
   * @param {Int32Array} [along] dimensions used for the distance
   * @returns {Neighbors}
   */
  nearest(query, n, along = this.allDims) {
    const { table, dim, count, squared } = this;
    const nDims = along.length;
    for (let i = 0, start = 0; i < count; i++, start += dim) {
      let sum = 0;
      for (let k = 0; k < nDims; k++) {
        const difference = table[start + along[k]] - query[along[k]];
        sum += difference * difference;
      }
      squared[i] = sum;
    }
    const index = smallest(squared, Math.min(n, count));
    return { index, distance: Float64Array.from(index, (i) => Math.sqrt(squared[i])) };
  }

  /**
   * The quantile rank of the query's distance among the points' own, in [0, 1].
   * @param {ArrayLike<number>} query
   */
  distanceRank(query) {
    return quantileRank(this.scaledDistance(query), this.distanceQuantiles);
  }

  /** The mean distance of the query to the nearest points, divided by the root of theirs. @param {ArrayLike<number>} query */
  scaledDistance(query) {
    const { index, distance } = this.nearest(query, SUPPORT_NEIGHBORS, this.activeDims);
    const local = mean(Array.from(index, (i) => this.#localDistance(i)));
    return mean(distance) / Math.sqrt(Math.max(local, MIN_SUPPORT_DISTANCE));
  }

  /** The mean distance of a point to its nearest others. @param {number} i */
  #localDistance(i) {
    if (Number.isNaN(this.localDistances[i])) {
      const point = this.table.subarray(i * this.dim, (i + 1) * this.dim);
      const { distance } = this.nearest(point, SUPPORT_NEIGHBORS + 1, this.activeDims);
      this.localDistances[i] = mean(distance.subarray(1));
    }
    return this.localDistances[i];
  }
}

/** @param {ArrayLike<number>} values */
function mean(values) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * Nearest-neighbor search among codes by a metric, as `latent_core.neighbors.nearest`: distances
 * have the precision of float32.
 * @param {PointIndex} codes @param {string} metric
 * @returns {(code: ArrayLike<number>, n: number) => Neighbors}
 */
export function searchNeighbors(codes, metric) {
  const search = SEARCHES[metric](codes);
  return (code, n) => {
    const { index, distance } = search(code, n);
    return { index, distance: distance.map(Math.fround) };
  };
}

/** @type {Record<string, (codes: PointIndex) => (code: ArrayLike<number>, n: number) => Neighbors>} */
const SEARCHES = {
  euclidean: (codes) => (code, n) => codes.nearest(code, n),
  manhattan: (codes) => (code, n) => nearestManhattan(codes, code, n),
  cosine: searchCosine,
};

/** @param {PointIndex} codes @returns {(code: ArrayLike<number>, n: number) => Neighbors} */
function searchCosine({ table, dim }) {
  const directions = new PointIndex(unitVectors(table, dim), dim, []);
  return (code, n) => {
    const direction = unitVectors(Float32Array.from(code), dim);
    const { index, distance } = directions.nearest(direction, n);
    return { index, distance: distance.map((chord) => (chord * chord) / 2) };
  };
}

/** Row by row divided by its norm; rows of zeros stay. @param {Float32Array} table @param {number} dim */
function unitVectors(table, dim) {
  const unit = new Float32Array(table.length);
  for (let start = 0; start < table.length; start += dim) {
    let squared = 0;
    for (let d = start; d < start + dim; d++) squared += table[d] * table[d];
    const norm = Math.sqrt(squared) || 1;
    for (let d = start; d < start + dim; d++) unit[d] = table[d] / norm;
  }
  return unit;
}

/** @param {PointIndex} codes @param {ArrayLike<number>} code @param {number} n @returns {Neighbors} */
function nearestManhattan({ table, dim, count }, code, n) {
  const sums = new Float64Array(count);
  for (let i = 0, start = 0; i < count; i++, start += dim) {
    for (let d = 0; d < dim; d++) sums[i] += Math.abs(table[start + d] - code[d]);
  }
  const index = smallest(sums, Math.min(n, count));
  return { index, distance: Float64Array.from(index, (i) => sums[i]) };
}

/**
 * Indices of the `n` smallest values, smallest first, from a heap with the largest of them on top.
 * @param {Float64Array} values @param {number} n at most their number
 */
function smallest(values, n) {
  const heap = Int32Array.from({ length: n }, (_, i) => i);
  for (let node = n >> 1; node >= 0; node--) siftDown(heap, values, node);
  for (let i = n; i < values.length; i++) {
    if (values[i] < values[heap[0]]) {
      heap[0] = i;
      siftDown(heap, values, 0);
    }
  }
  return heap.sort((a, b) => values[a] - values[b] || a - b);
}

/**
 * Move a node of a max-heap down until both of its children are smaller.
 * @param {Int32Array} heap indices into `values` @param {Float64Array} values @param {number} node
 */
function siftDown(heap, values, node) {
  for (;;) {
    let largest = node;
    for (const child of [2 * node + 1, 2 * node + 2]) {
      if (child < heap.length && values[heap[child]] > values[heap[largest]]) largest = child;
    }
    if (largest === node) return;
    [heap[node], heap[largest]] = [heap[largest], heap[node]];
    node = largest;
  }
}

/**
 * The rank of a value among quantiles at equally spaced ranks, interpolated linearly, in [0, 1].
 * @param {number} value @param {number[]} quantiles ascending
 */
export function quantileRank(value, quantiles) {
  const last = quantiles.length - 1;
  if (value <= quantiles[0]) return 0; // checked first, since quantiles coincide where points do
  if (value >= quantiles[last]) return 1;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (quantiles[middle] <= value) low = middle;
    else high = middle;
  }
  const width = quantiles[high] - quantiles[low];
  return (low + (width > 0 ? (value - quantiles[low]) / width : 0)) / last;
}

/** The value at a rank among quantiles, interpolated linearly. @param {number} rank in [0, 1] @param {number[]} quantiles */
export function valueAtRank(rank, quantiles) {
  const position = rank * (quantiles.length - 1);
  const low = Math.min(Math.floor(position), quantiles.length - 2);
  return quantiles[low] + (position - low) * (quantiles[low + 1] - quantiles[low]);
}
