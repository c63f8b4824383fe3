// @ts-check
/**
 * The code that a person is moving: its numbers, its start, what is locked, and the way back.
 *
 * One desk per space, shared by all that is on the page; it outlives a change of page.  Python
 * is told what was committed (a release, a choice), never what happens in between; Python
 * changes the code only by a new start, whose turn is counted.
 */

import { tell } from "../core/bus.js";
import { post } from "../core/deferred_report.js";
import { BackgroundQueue } from "../decoding/background.js";

/**
 * @typedef {object} Dims what is known of the dimensions, all by their number
 * @property {number[]} order those that say most first
 * @property {number[]} information @property {"nats" | "share"} unit
 * @property {boolean[]} silent @property {string} why they are silent
 * @property {number[]} mean @property {number[]} low @property {number[]} high
 * @property {number} limit how far from zero a number may be
 * @property {({name: string, value: number} | null)[]} movers the factor that moves with each, where the truth is known
 * @property {{url: string, bins: number}} heights of the histograms, one byte per bin
 */
/** @typedef {{code: Float32Array, name: string, label: string}} Start where it began, its name in the address, in words */
/** @typedef {{code: Float32Array, start: Start}} Step */
/** @typedef {{turn: number, z: number[], start: {code: number[], name: string, label: string}, locked: number[]}} Told by Python */

const KEPT = 200; // steps back
const MERGED_MS = 700;

export class Desk {
  /** @type {Dims | null} */ dims = null;
  code = new Float32Array(0);
  /** @type {Start} */ start = { code: new Float32Array(0), name: "", label: "" };
  /** @type {Set<number>} */ locked = new Set();
  /** @type {Set<number>} */ unfolded = new Set(); // whose filmstrip is open
  everything = false; // whether all of very many dimensions are shown
  grid = false; // whether pictures lie behind the plane
  holding = false; // a hand is on it
  /** @type {Step[]} */ past = [];
  /** @type {Step[]} */ future = [];
  /** @type {(event: string, value: any) => void} */ send = () => {};
  /** @type {Set<() => void>} */ #ears = new Set();
  /** @type {Step} */ #settled = { code: this.code, start: this.start };
  /** @type {Told | null} */ #waiting = null; // came while a hand was on it
  #turn = NaN;
  #known = ""; // what Python knows
  #last = { kind: "", at: 0 };

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.channel = `code ${name}`;
  }

  /** Called now and at every change. @param {() => void} ear @returns {() => void} stops it */
  watch(ear) {
    this.#ears.add(ear);
    ear();
    return () => this.#ears.delete(ear);
  }

  #say() {
    tell(this.channel, { code: this.code });
    for (const ear of this.#ears) ear();
  }

  // ── what Python says ────────────────────────────────────────────────────────────────────

  /** @param {Dims} dims @param {Told} told */
  hear(dims, told) {
    const first = this.dims === null;
    this.dims = dims;
    if (this.holding && told.turn !== this.#turn) this.#waiting = told;
    else if (told.turn !== this.#turn) this.#begin(told, first);
  }

  /** Once whoever shows it is back: what Python missed, it is told. @param {Told} told */
  rejoin(told) {
    if (told.turn !== this.#turn) return;
    const locked = told.locked.join();
    const same = told.start.name === this.start.name && told.z.every((value, d) => Math.fround(value) === this.code[d]);
    if (!same || locked !== this.#lockedNow().join()) this.#known = "";
    this.#report();
  }

  /** @param {Told} told @param {boolean} first */
  #begin(told, first) {
    this.#turn = told.turn;
    const start = { ...told.start, code: Float32Array.from(told.start.code) };
    const code = Float32Array.from(told.z);
    if (first) {
      this.locked = new Set(told.locked);
      Object.assign(this, { code, start });
      this.#settled = { code: code.slice(), start };
      this.#known = this.#state();
      this.#say();
      return;
    }
    for (const d of this.locked) code[d] = this.code[d];
    Object.assign(this, { code, start });
    this.#known = "";
    this.commit();
  }

  #lockedNow() {
    return [...this.locked].sort((a, b) => a - b);
  }

  #state() {
    return JSON.stringify([this.#turn, [...this.code], this.start.name, this.#lockedNow()]);
  }

  #report() {
    const state = this.#state();
    if (state === this.#known) return;
    this.#known = state;
    const { name, label } = this.start;
    const done = { turn: this.#turn, z: [...this.code], start: name, label, locked: this.#lockedNow() };
    const { send } = this;
    post(() => send("committed", done), () => { this.#known = ""; });
  }

  // ── what a hand does ────────────────────────────────────────────────────────────────────

  /** One number, within what is allowed; nothing is told to Python. @param {number} d @param {number} value */
  set(d, value) {
    const { limit } = /** @type {Dims} */ (this.dims);
    const next = Math.fround(Math.max(-limit, Math.min(limit, value)));
    if (this.locked.has(d) || !Number.isFinite(next) || next === this.code[d]) return;
    this.code = this.code.slice();
    this.code[d] = next;
    this.#say();
  }

  /** Many at once, such as a picture of a filmstrip; what is locked stays. @param {Float32Array} code */
  setAll(code) {
    const next = code.slice();
    for (const d of this.locked) next[d] = this.code[d];
    this.code = next;
    this.#say();
  }

  hold() {
    this.holding = true;
  }

  /** The hand is off: one step that can be undone. @param {string} [kind] joined with the step just before of the same kind */
  commit(kind = "") {
    this.holding = false;
    if (!this.#isAt(this.#settled)) this.#record(kind);
    this.#report();
    this.#say();
    const told = this.#waiting;
    this.#waiting = null;
    if (told && told.turn !== this.#turn) this.#begin(told, false);
  }

  /** @param {Step | undefined} step */
  #isAt(step) {
    return step?.start.name === this.start.name && this.code.every((value, d) => value === step.code[d]);
  }

  /** @param {string} kind */
  #record(kind) {
    const now = performance.now();
    const joined = kind !== "" && kind === this.#last.kind && now - this.#last.at < MERGED_MS;
    if (!joined) this.past = [...this.past.slice(1 - KEPT), this.#settled];
    else if (this.#isAt(this.past[this.past.length - 1])) this.past.pop();
    this.#last = { kind, at: now };
    this.future = [];
    this.#settled = { code: this.code.slice(), start: this.start };
  }

  undo() {
    this.#travel(this.past, this.future);
  }

  redo() {
    this.#travel(this.future, this.past);
  }

  /** @param {Step[]} from @param {Step[]} to */
  #travel(from, to) {
    if (this.holding) this.commit();
    const step = from.pop();
    if (!step) return;
    to.push(this.#settled);
    this.#settled = step;
    this.code = step.code.slice();
    this.start = step.start;
    this.#last.kind = "";
    this.#report();
    this.#say();
  }

  /** Back to the start. @param {number} d */
  reset(d) {
    this.set(d, this.start.code[d]);
    this.commit(`tap ${d}`);
  }

  resetAll() {
    this.setAll(this.start.code);
    this.commit();
  }

  /** Whether anything that isn't locked is away from its start. */
  get moved() {
    return this.code.some((value, d) => value !== this.start.code[d] && !this.locked.has(d));
  }

  /** @param {number} d */
  toggleLock(d) {
    if (!this.locked.delete(d)) this.locked.add(d);
    this.#report();
    this.#say();
  }

  /** @param {number} d */
  toggleStrip(d) {
    if (!this.unfolded.delete(d)) this.unfolded.add(d);
    this.#say();
  }

  /** @param {number[]} those that are to be unfolded, and no others */
  unfold(those) {
    this.unfolded = new Set(those);
    this.#say();
  }
}

/** @type {Map<string, Desk>} */
const desks = new Map();

/** The desk of a space. @param {string} name */
export function deskOf(name) {
  const desk = desks.get(name) ?? new Desk(name);
  desks.set(name, desk);
  return desk;
}

/** @type {WeakMap<Desk, BackgroundQueue>} */
const queues = new WeakMap();

/** The queue of a desk, for all that is decoded beside it. @param {Desk} desk @param {() => import("../decoding/decoder.js").Decoder} decoder */
export function queueOf(desk, decoder) {
  const queue = queues.get(desk) ?? new BackgroundQueue(decoder, { dragging: () => desk.holding });
  queue.decoder = decoder; // of whichever component is on the page now
  queues.set(desk, queue);
  return queue;
}

/** What a dimension is called. @param {number} d */
export const nameOf = (d) => `z${d + 1}`;

/** How much it says. @param {Dims} dims @param {number} d */
export function informationOf(dims, d) {
  const value = dims.information[d];
  if (dims.unit === "share") return `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} % of the variance`;
  return `${value.toFixed(value < 0.1 ? 3 : 1)} nats`;
}

/** How many digits its numbers need. @param {Dims} dims @param {number} d */
export function digitsOf(dims, d) {
  const length = dims.high[d] - dims.low[d];
  return Math.max(0, Math.min(5, 3 - Math.ceil(Math.log10(length / 4))));
}
