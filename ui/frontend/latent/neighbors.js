// @ts-check
/** Nearest neighbors among points, and quantile ranks of distances. */

const N_NEIGHBORS = 5; // whose mean distance is the distance of a code from the data

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
  }

  /**
   * The nearest points, nearest first.
   * @param {ArrayLike<number>} query @param {number} n
   * @param {Int32Array} [along] dimensions used for the distance
   * @returns {{index: Int32Array, distance: Float64Array}}
   */
  nearest(query, n, along = this.allDims) {
    const { table, dim, count, squared } = this;
    const wide = along.length;
    for (let i = 0, at = 0; i < count; i++, at += dim) {
      let sum = 0;
      for (let k = 0; k < wide; k++) {
        const difference = table[at + along[k]] - query[along[k]];
        sum += difference * difference;
      }
      squared[i] = sum;
    }
    const index = smallest(squared, Math.min(n, count));
    return { index, distance: Float64Array.from(index, (i) => Math.sqrt(squared[i])) };
  }

  /** The quantile rank of the query's distance among the points' own, in [0, 1]. @param {ArrayLike<number>} query */
  distanceRank(query) {
    const { distance } = this.nearest(query, N_NEIGHBORS, this.activeDims);
    return quantileRank(
      distance.reduce((sum, far) => sum + far, 0) / distance.length,
      this.distanceQuantiles,
    );
  }
}

/** Indices of the `k` smallest, smallest first: a heap of the best so far, its worst on top.
 * @param {Float64Array} values @param {number} n */
function smallest(values, n) {
  const heap = new Int32Array(n);
  let size = 0;
  const sift = (/** @type {number} */ at) => {
    for (;;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < size && values[heap[child]] > values[heap[worst]]) worst = child;
      }
      if (worst === at) return;
      [heap[at], heap[worst]] = [heap[worst], heap[at]];
      at = worst;
    }
  };
  for (let i = 0; i < values.length; i++) {
    if (size < n) {
      heap[size++] = i;
      if (size === n) for (let at = n >> 1; at >= 0; at--) sift(at);
    } else if (values[i] < values[heap[0]]) {
      heap[0] = i;
      sift(0);
    }
  }
  return heap.sort((a, b) => values[a] - values[b] || a - b);
}

/** The rank of a value among ascending quantiles, in [0, 1]. @param {number} value @param {number[]} quantiles */
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
