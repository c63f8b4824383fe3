// @ts-check
/** Transform and inverse transform of a map; computed as `latent_core.inverse` and `Map.place` do. */

import { Cloud } from "./neighbors.js";

/** @typedef {{kind: "plane", mean: number[], axes: number[][], note: string} | {kind: "neighbours", k: number, softening: number, usual: number[], note: string}} InverseSpec */
/** @typedef {import("./support.js").Space} Space */
/** @typedef {import("./support.js").Support} Support */

const ANCHORS = 15; // that draw a new code to its place on a map
const STEPS = 30;
const TINY = 1e-12;

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
