// @ts-check
/** Paths as Python sends them, and what is known of each of their moments. */

import { readDoubles, readFloats } from "../../core/base64.js";
import { at } from "../../latent/paths.js";

/** @typedef {"line" | "sphere" | "data" | "fade"} Kind "fade" blends pixels and has no codes */
/** @typedef {{kind: Kind, times: string, rows: string}} PathSpec little-endian in base64 */
/** @typedef {{known: number, thin: number}} Limits distances from the data */
/** @typedef {{code: Float32Array, far: number, place: [number, number] | null}} Moment */

/** What stands before the code in a row: its distance from the data, and its place on the map. */
const BEFORE = 3;

export class Trail {
  /** @param {PathSpec} spec @param {number} dim of the codes */
  constructor({ kind, times, rows }, dim) {
    this.kind = kind;
    this.width = BEFORE + dim;
    this.times = readDoubles(times);
    this.rows = readFloats(rows);
  }

  /** @param {number} time @returns {Moment} */
  at(time) {
    const row = at({ times: this.times, codes: this.rows, dim: this.width }, time);
    const place = /** @type {[number, number]} */ ([row[1], row[2]]);
    return { code: row.subarray(BEFORE), far: row[0], place: Number.isNaN(row[1]) ? null : place };
  }

  /** How far from the data each node is. */
  get far() {
    return Float32Array.from(this.times, (_, i) => this.rows[i * this.width]);
  }
}

/** The word for a distance from the data. @param {number} far @param {Limits} limits @returns {import("../../core/support_level.js").Trust} */
export function trustOf(far, { known, thin }) {
  if (far <= known) return "near data";
  return far <= thin ? "sparse" : "far from data";
}

/**
 * The share of the way between two times on which data is as near as is usual.
 * @param {Trail} trail @param {Limits} limits @param {number} from @param {number} to
 */
export function knownShare(trail, limits, from, to) {
  const steps = 200;
  let known = 0;
  for (let i = 0; i < steps; i++) {
    const time = from + ((i + 0.5) / steps) * (to - from);
    if (trail.at(time).far <= limits.known) known += 1;
  }
  return known / steps;
}
