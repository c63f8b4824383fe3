// @ts-check
/** Transform and inverse transform of a map; a port of `latent_core.projection`. */

import { PointIndex } from "./neighbors.js";

/** @typedef {{kind: "linear", mean: number[], axes: number[][], note: string} | {kind: "neighbors", k: number, softening: number, distance_quantiles: number[], note: string}} InverseSpec */
/** @typedef {import("./support.js").LatentSpace} LatentSpace */
/** @typedef {import("./support.js").Support} Support */

const N_ANCHORS = 15; // nearest codes that determine where a new code is placed
const N_STEPS = 30;
const EPSILON = 1e-12;

/** Transform and inverse transform between a 2D map, in map coordinates, and the latent space. */
export class MapTransform {
  /**
   * @param {InverseSpec} spec
   * @param {LatentSpace} space
   * @param {Float32Array} points (N, 2) of the data, in map coordinates
   */
  constructor(spec, space, points) {
    this.spec = spec;
    this.space = space;
    this.points = new PointIndex(
      points,
      2,
      spec.kind === "neighbors" ? spec.distance_quantiles : [],
    );
  }

  /** The code of a map point. @param {ArrayLike<number>} point @returns {Float32Array} */
  inverseTransform(point) {
    const { spec } = this;
    if (spec.kind === "neighbors") return this.#interpolateNeighbors(spec, point);
    const { mean, axes } = spec;
    return Float32Array.from(
      mean,
      (value, d) => value + point[0] * axes[0][d] + point[1] * axes[1][d],
    );
  }

  /**
   * The mean of the nearest points' codes, weighted by inverse squared distance (Shepard).
   * @param {Extract<InverseSpec, {kind: "neighbors"}>} spec @param {ArrayLike<number>} point
   */
  #interpolateNeighbors(spec, point) {
    const { space } = this;
    const { index, distance } = this.points.nearest(point, spec.k + 1);
    const radius = Math.max(distance[distance.length - 1], EPSILON);
    const code = new Float64Array(space.dim);
    let total = 0;
    for (let k = 0; k < index.length - 1; k++) {
      const near = Math.min(1, distance[k] / radius) ** 2;
      const weight = ((1 - near) ** 2 + EPSILON) / (near + spec.softening ** 2);
      total += weight;
      for (let d = 0; d < space.dim; d++)
        code[d] += weight * space.codes.table[index[k] * space.dim + d];
    }
    return Float32Array.from(code, (value) => value / total);
  }

  /**
   * Support of a decoded map point: by its code, and where the inverse transform is not exact,
   * by its distance from the map's points as well; the lower of the two.
   * @param {ArrayLike<number>} point @param {ArrayLike<number>} code @returns {Support}
   */
  support(point, code) {
    const near = this.spec.kind === "linear" ? 0 : this.points.distanceRank(point);
    const rank = Math.max(near, this.space.rank(code));
    return { rank, level: this.space.level(rank) };
  }

  /** The map point of a code. @param {ArrayLike<number>} code @returns {[number, number]} */
  transform(code) {
    if (this.spec.kind === "linear") {
      const { mean, axes } = this.spec;
      const along = (/** @type {number[]} */ axis) =>
        axis.reduce((sum, value, d) => sum + value * (code[d] - mean[d]), 0);
      return [along(axes[0]), along(axes[1])];
    }
    return this.#placeByNeighbors(code);
  }

  /**
   * Iteratively reweighted mean of the map points of the code's nearest neighbors.
   * @param {ArrayLike<number>} code @returns {[number, number]}
   */
  #placeByNeighbors(code) {
    const { index, distance } = this.space.codes.nearest(code, N_ANCHORS);
    const medianDistance = distance[distance.length >> 1] + EPSILON;
    const weights = distance.map((d) => 1 / Math.max((d / medianDistance) ** 2, EPSILON));
    const anchorAt = (/** @type {number} */ k) =>
      /** @type {[number, number]} */ ([
        this.points.table[2 * index[k]],
        this.points.table[2 * index[k] + 1],
      ]);
    const anchors = Array.from(index, (_, k) => anchorAt(k));
    let point = bestAnchor(anchors, weights);
    for (let step = 0; step < N_STEPS; step++) {
      let [x, y, total] = [0, 0, 0];
      anchors.forEach(([ax, ay], k) => {
        const weight = weights[k] / (1 + (point[0] - ax) ** 2 + (point[1] - ay) ** 2);
        [x, y, total] = [x + weight * ax, y + weight * ay, total + weight];
      });
      point = [x / total, y / total];
    }
    return point;
  }
}

/** The anchor with the lowest weighted cost: the starting point. @param {[number, number][]} anchors @param {Float64Array} weights */
function bestAnchor(anchors, weights) {
  const cost = anchors.map(([x, y]) =>
    anchors.reduce(
      (sum, [ax, ay], k) => sum + weights[k] * Math.log1p((x - ax) ** 2 + (y - ay) ** 2),
      0,
    ),
  );
  return anchors[cost.indexOf(Math.min(...cost))];
}
