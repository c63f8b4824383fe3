// @ts-check
/** Paths sampled by Python: code, distance from the data and map point at each time. */

import { float64FromBase64, float32FromBase64 } from "../../core/base64.js";
import { codeAt } from "../../latent/paths.js";

/** @typedef {import("../../core/payloads.js").PathSpec["kind"]} Kind */
/** @typedef {import("../../core/payloads.js").PathSpec} PathSpec */
/** @typedef {import("../../core/payloads.js").SupportLimits} Limits */
/** @typedef {{code: Float32Array, distance: number, point: [number, number] | null}} PathSample */

/** Values before the code in a row: distance from the data, and x and y on the map. */
const HEADER_SIZE = 3;

export class SampledPath {
  /** @param {PathSpec} spec @param {number} dim of the codes */
  constructor({ kind, times, rows }, dim) {
    this.kind = kind;
    this.width = HEADER_SIZE + dim;
    this.times = float64FromBase64(times);
    this.rows = float32FromBase64(rows);
  }

  /** @param {number} time @returns {PathSample} */
  at(time) {
    const row = codeAt({ times: this.times, codes: this.rows, dim: this.width }, time);
    const point = /** @type {[number, number]} */ ([row[1], row[2]]);
    return {
      code: row.subarray(HEADER_SIZE),
      distance: row[0],
      point: Number.isNaN(row[1]) ? null : point,
    };
  }

  /** The distance from the data of each node. */
  get distances() {
    return Float32Array.from(this.times, (_, i) => this.rows[i * this.width]);
  }
}

/** The support level of a distance from the data. @param {number} distance @param {Limits} limits @returns {import("../../core/support_level.js").SupportLevel} */
export function supportLevel(distance, { near, sparse }) {
  if (distance <= near) return "near data";
  return distance <= sparse ? "sparse" : "far from data";
}

/**
 * The fraction of the time span that is near data.
 * @param {SampledPath} path @param {Limits} limits @param {number} from @param {number} to
 */
export function nearDataFraction(path, limits, from, to) {
  const nSteps = 200;
  let nNear = 0;
  for (let i = 0; i < nSteps; i++) {
    const time = from + ((i + 0.5) / nSteps) * (to - from);
    if (path.at(time).distance <= limits.near) nNear += 1;
  }
  return nNear / nSteps;
}
