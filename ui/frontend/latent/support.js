// @ts-check
/**
 * The latent space on this side: the data's codes, how near they are to any code, and the ways
 * between a map and the space.  The same mathematics as `latent_core.support` and
 * `latent_core.inverse`; a test compares them.
 */

import { readTable } from "../core/fetch.js";

/** @typedef {{url: string, count: number, dims: number, lo: number[], hi: number[]}} TableSpec */
/** @typedef {{codes: TableSpec, used: number[], usual: number[], shell: Shell | null, taught: number[], known: number, thin: number}} SpaceSpec `used` dimensions count for the support; `taught`: quantiles of the norm of codes that a GAN was taught on, or none */
/** @typedef {{middle: number[], lengths: number[], shares: number[]}} Shell where the data has a hollow inside; `middle` has a number for each dimension that counts */
/** @typedef {{kind: "plane", mean: number[], axes: number[][], note: string} | {kind: "neighbours", k: number, softening: number, usual: number[], note: string}} InverseSpec */
/** @typedef {"near data" | "sparse" | "far from data"} Trust */

/** The words as they stand in data attributes, nearest first. @type {Record<Trust, "near" | "sparse" | "far">} */
export const TRUST_SLUGS = { "near data": "near", sparse: "sparse", "far from data": "far" };
/** @typedef {{share: number, word: Trust}} Support */

const NEIGHBOURS = 5; // whose mean distance is a code's distance from the data
const ANCHORS = 15; // that draw a new code to its place on a map
const STEPS = 30;
const TINY = 1e-12;

/** Points in any number of dimensions, to look for the nearest among. */
export class Cloud {
  /**
   * @param {Float32Array} table row after row
   * @param {number} dim
   * @param {number[]} usual quantiles of how far the points are from each other
   * @param {number[]} [used] the dimensions that count for that; by default all
   */
  constructor(table, dim, usual, used = []) {
    this.table = table;
    this.dim = dim;
    this.usual = usual;
    this.all = Int32Array.from({ length: dim }, (_, d) => d);
    this.used = used.length ? Int32Array.from(used) : this.all;
    this.count = table.length / dim;
    this.squared = new Float64Array(this.count);
  }

  /**
   * The nearest points, nearest first.
   * @param {ArrayLike<number>} query @param {number} wanted
   * @param {Int32Array} [along] the dimensions in which nearness is measured
   * @returns {{index: Int32Array, distance: Float64Array}}
   */
  nearest(query, wanted, along = this.all) {
    const { table, dim, count, squared } = this;
    const wide = along.length;
    for (let i = 0, at = 0; i < count; i++, at += dim) {
      let sum = 0;
      for (let k = 0; k < wide; k++) {
        const gap = table[at + along[k]] - query[along[k]];
        sum += gap * gap;
      }
      squared[i] = sum;
    }
    const index = smallest(squared, Math.min(wanted, count));
    return { index, distance: Float64Array.from(index, (i) => Math.sqrt(squared[i])) };
  }

  /** The share of the points that are nearer to the rest than this is, in [0, 1]. @param {ArrayLike<number>} query */
  share(query) {
    const { distance } = this.nearest(query, NEIGHBOURS, this.used);
    return rank(distance.reduce((sum, far) => sum + far, 0) / distance.length, this.usual);
  }
}

/** Indices of the `k` smallest, smallest first: a heap of the best so far, its worst on top.
 * @param {Float64Array} values @param {number} k */
function smallest(values, k) {
  const heap = new Int32Array(k);
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
    if (size < k) {
      heap[size++] = i;
      if (size === k) for (let at = k >> 1; at >= 0; at--) sift(at);
    } else if (values[i] < values[heap[0]]) {
      heap[0] = i;
      sift(0);
    }
  }
  return heap.sort((a, b) => values[a] - values[b] || a - b);
}

/** Where a distance stands among ascending quantiles, in [0, 1]. @param {number} value @param {number[]} quantiles */
function rank(value, quantiles) {
  const last = quantiles.length - 1;
  if (value <= quantiles[0]) return 0; // first: where points coincide, quantiles do too
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

export class Space {
  /** @param {SpaceSpec} spec @param {Float32Array} codes */
  constructor(spec, codes) {
    this.spec = spec;
    this.dim = spec.codes.dims;
    this.codes = new Cloud(codes, this.dim, spec.usual, spec.used);
  }

  /** The word for a share. @param {number} share @returns {Trust} */
  word(share) {
    if (share <= this.spec.known) return "near data";
    return share <= this.spec.thin ? "sparse" : "far from data";
  }

  /** The share of the data that is farther in than a code; no less than the shell has it, and no
   * more than of the random codes that the model was taught on. @param {ArrayLike<number>} code */
  share(code) {
    const { taught, shell } = this.spec;
    let share = this.codes.share(code);
    if (shell) share = Math.max(share, this.#insideShare(shell, code));
    if (!taught.length) return share;
    let squared = 0;
    for (let d = 0; d < this.dim; d++) squared += code[d] * code[d];
    return Math.min(share, rank(Math.sqrt(squared), taught));
  }

  /** @param {Shell} shell @param {ArrayLike<number>} code */
  #insideShare({ middle, lengths, shares }, code) {
    const { used } = this.codes;
    let squared = 0;
    middle.forEach((mean, k) => { squared += (code[used[k]] - mean) ** 2; });
    const at = rank(Math.sqrt(squared), lengths) * (shares.length - 1);
    const low = Math.min(Math.floor(at), shares.length - 2);
    return shares[low] + (at - low) * (shares[low + 1] - shares[low]);
  }

  /** How well the data supports a code. @param {ArrayLike<number>} code @returns {Support} */
  support(code) {
    const share = this.share(code);
    return { share, word: this.word(share) };
  }
}

/** @type {Map<string, Promise<Space>>} */
const loaded = new Map();

/** The space at an address, fetched once. @param {SpaceSpec} spec @returns {Promise<Space>} */
export function loadSpace(spec) {
  let space = loaded.get(spec.codes.url);
  if (!space) {
    space = readTable(spec.codes).then((codes) => new Space(spec, codes));
    loaded.set(spec.codes.url, space);
    space.catch(() => loaded.delete(spec.codes.url)); // the next asker tries again
  }
  return space;
}

/** The ways between a flat map, in its own numbers, and the space. */
export class Ways {
  /**
   * @param {InverseSpec} spec
   * @param {Space} space
   * @param {Float32Array} points two numbers each
   */
  constructor(spec, space, points) {
    this.spec = spec;
    this.space = space;
    this.points = new Cloud(points, 2, spec.kind === "neighbours" ? spec.usual : []);
  }

  /** The code at a place of the map. @param {ArrayLike<number>} place @returns {Float32Array} */
  codeAt(place) {
    const { spec, space } = this;
    if (spec.kind === "plane") {
      return Float32Array.from(spec.mean, (mean, d) => mean + place[0] * spec.axes[0][d] + place[1] * spec.axes[1][d]);
    }
    const { index, distance } = this.points.nearest(place, spec.k + 1);
    const radius = Math.max(distance[distance.length - 1], TINY);
    const code = new Float64Array(space.dim);
    let total = 0;
    for (let k = 0; k < index.length - 1; k++) {
      const near = Math.min(1, distance[k] / radius) ** 2;
      const weight = ((1 - near) ** 2 + TINY) / (near + spec.softening ** 2);
      total += weight;
      for (let d = 0; d < space.dim; d++) code[d] += weight * space.codes.table[index[k] * space.dim + d];
    }
    return Float32Array.from(code, (value) => value / total);
  }

  /**
   * How well the data supports what is decoded at a place: by its code, and where the way back
   * is no exact one, by the map's own points as well, whichever is worse.
   * @param {ArrayLike<number>} place @param {ArrayLike<number>} code @returns {Support}
   */
  supportAt(place, code) {
    const near = this.spec.kind === "plane" ? 0 : this.points.share(place);
    const share = Math.max(near, this.space.share(code));
    return { share, word: this.space.word(share) };
  }

  /** Where a code lies on the map, as `Map.place` has it. @param {ArrayLike<number>} code @returns {[number, number]} */
  placeOf(code) {
    if (this.spec.kind === "plane") {
      const { mean, axes } = this.spec;
      const along = (/** @type {number[]} */ axis) => axis.reduce((sum, part, d) => sum + part * (code[d] - mean[d]), 0);
      return [along(axes[0]), along(axes[1])];
    }
    return this.#settle(code);
  }

  /** Drawn by its neighbours' points, the nearer the stronger, into the middle of most. @param {ArrayLike<number>} code @returns {[number, number]} */
  #settle(code) {
    const { index, distance } = this.space.codes.nearest(code, ANCHORS);
    const usual = distance[distance.length >> 1] + TINY;
    const weights = distance.map((far) => 1 / Math.max((far / usual) ** 2, TINY));
    const at = (/** @type {number} */ k) => /** @type {[number, number]} */ ([this.points.table[2 * index[k]], this.points.table[2 * index[k] + 1]]);
    const anchors = Array.from(index, (_, k) => at(k));
    let place = best(anchors, weights);
    for (let step = 0; step < STEPS; step++) {
      let [x, y, total] = [0, 0, 0];
      anchors.forEach(([ax, ay], k) => {
        const pull = weights[k] / (1 + (place[0] - ax) ** 2 + (place[1] - ay) ** 2);
        [x, y, total] = [x + pull * ax, y + pull * ay, total + pull];
      });
      place = [x / total, y / total];
    }
    return place;
  }
}

/** The anchor that is worst for the others the least. @param {[number, number][]} anchors @param {Float64Array} weights */
function best(anchors, weights) {
  const cost = anchors.map(([x, y]) =>
    anchors.reduce((sum, [ax, ay], k) => sum + weights[k] * Math.log1p((x - ax) ** 2 + (y - ay) ** 2), 0));
  return anchors[cost.indexOf(Math.min(...cost))];
}
