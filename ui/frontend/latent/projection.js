// @ts-check
/** Transform and inverse transform of a map; a port of `latent_core.projection`. */

import { float64FromBase64 } from "../core/base64.js";
import { PLACEMENT_EPSILON } from "../core/constants.js";
import { fetchTable } from "../core/fetch.js";
import { PointIndex } from "./neighbors.js";
import {
  attractionTransform,
  barycentricTransform,
  geodesicTransform,
  linearTransform,
} from "./transforms.js";

/** @typedef {import("../core/payloads.js").LinearInverseSpec | import("../core/payloads.js").NeighborInverseSpec} InverseSpec */
/** @typedef {import("../core/payloads.js").LinearTransformSpec | import("../core/payloads.js").AttractionTransformSpec | import("../core/payloads.js").BarycentricTransformSpec | import("../core/payloads.js").GeodesicTransformSpec} TransformSpec */
/** @typedef {import("./transforms.js").Transform} Transform */
/** @typedef {import("./support.js").LatentSpace} LatentSpace */
/** @typedef {import("./support.js").Support} Support */

/**
 * The transform of a map.
 * @param {TransformSpec} spec
 * @param {LatentSpace} space
 * @param {PointIndex} points of the data, in map coordinates
 * @returns {Promise<Transform>}
 */
export async function loadTransform(spec, space, points) {
  switch (spec.kind) {
    case "linear":
      return linearTransform(spec);
    case "attraction":
      return attractionTransform(space.codes, points, spec.metric);
    case "barycentric":
      return barycentricTransform(space.codes, points, spec.k);
    case "geodesic":
      return geodesicTransform(space.codes, await fetchTable(spec.geodesics), {
        k: spec.k,
        meanSquared: float64FromBase64(spec.mean_sq),
        pseudoInverse: float64FromBase64(spec.pseudo_inverse),
      });
  }
}

/** The inverse transform of a map, from its coordinates to codes, and the support of its points. */
export class MapTransform {
  /** From a code to its point, where it is known. @type {Transform | null} */ transform = null;

  /**
   * @param {InverseSpec} spec
   * @param {LatentSpace} space
   * @param {Float32Array} points (N, dims) of the data, in map coordinates
   */
  constructor(spec, space, points) {
    this.spec = spec;
    this.space = space;
    const quantiles = spec.kind === "neighbors" ? spec.distance_quantiles : [];
    this.points = new PointIndex(points, points.length / space.codes.count, quantiles);
  }

  /** The code of a map point. @param {ArrayLike<number>} point @returns {Float32Array} */
  inverseTransform(point) {
    const { spec } = this;
    if (spec.kind === "neighbors") return this.#interpolateNeighbors(spec, point);
    const { mean, axes } = spec;
    return Float32Array.from(mean, (value, d) =>
      axes.reduce((sum, axis, k) => sum + point[k] * axis[d], value),
    );
  }

  /**
   * The mean of the nearest points' codes, weighted by inverse squared distance (Shepard).
   * @param {Extract<InverseSpec, {kind: "neighbors"}>} spec @param {ArrayLike<number>} point
   */
  #interpolateNeighbors(spec, point) {
    const { space } = this;
    const { index, distance } = this.points.nearest(point, spec.k + 1);
    const radius = Math.max(distance[distance.length - 1], PLACEMENT_EPSILON);
    const code = new Float64Array(space.dim);
    let total = 0;
    for (let k = 0; k < index.length - 1; k++) {
      const near = Math.min(1, distance[k] / radius) ** 2;
      const weight = ((1 - near) ** 2 + PLACEMENT_EPSILON) / (near + spec.softening ** 2);
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
}
