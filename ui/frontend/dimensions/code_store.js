// @ts-check
/**
 * The code that a person is moving: its numbers, its start, what is locked, and the way back.
 *
 * One desk per space, shared by all that is on the page; it outlives a change of page.  Python
 * is told what was committed (a release, a choice), never what happens in between; Python
 * changes the code only by a new start, whose turn is counted.
 */

import { publish } from "../core/bus.js";
import { deferReport } from "../core/deferred_report.js";
import { BackgroundQueue } from "../decoding/background.js";

/**
 * @typedef {object} DimensionInfo what is known of the dimensions, all by their number
 * @property {number[]} order those that say most first
 * @property {number[]} kl_or_variance @property {"nats" | "share"} unit
 * @property {boolean[]} inactive @property {string} inactive_reason they are silent
 * @property {number[]} mean @property {number[]} low @property {number[]} high
 * @property {number} limit how far from zero a number may be
 * @property {({name: string, value: number} | null)[]} correlates the factor that moves with each, where the truth is known
 * @property {{url: string, bins: number}} histograms of the histograms, one byte per bin
 */
/** @typedef {{code: Float32Array, name: string, label: string}} Start where it began, its name in the address, in words */
/** @typedef {{code: Float32Array, start: Start}} HistoryEntry */
/** @typedef {{revision: number, z: number[], start: {code: number[], name: string, label: string}, locked: number[]}} ServerState by Python */

const MAX_UNDO = 200; // steps back
const MERGE_MS = 700;

export class CodeStore {
  /** @type {DimensionInfo | null} */ dims = null;
  code = new Float32Array(0);
  /** @type {Start} */ start = { code: new Float32Array(0), name: "", label: "" };
  /** @type {Set<number>} */ locked = new Set();
  /** @type {Set<number>} */ openFilmstrips = new Set(); // whose filmstrip is open
  showsAll = false; // whether all of very many dimensions are shown
  showsGrid = false; // whether pictures lie behind the plane
  dragging = false; // a hand is on it
  /** @type {HistoryEntry[]} */ undoStack = [];
  /** @type {HistoryEntry[]} */ redoStack = [];
  /** @type {(event: string, value: any) => void} */ send = () => {};
  /** @type {Set<() => void>} */ #listeners = new Set();
  /** @type {HistoryEntry} */ #committed = { code: this.code, start: this.start };
  /** @type {ServerState | null} */ #deferred = null; // came while a hand was on it
  #revision = NaN;
  #reported = ""; // what Python knows
  #lastCommit = { kind: "", at: 0 };

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.channel = `code ${name}`;
  }

  /** Called now and at every change. @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    listener();
    return () => this.#listeners.delete(listener);
  }

  #notify() {
    publish(this.channel, { code: this.code });
    for (const listener of this.#listeners) listener();
  }

  // ── what Python says ────────────────────────────────────────────────────────────────────

  /** @param {DimensionInfo} dims @param {ServerState} server */
  receive(dims, server) {
    const first = this.dims === null;
    this.dims = dims;
    if (this.dragging && server.revision !== this.#revision) this.#deferred = server;
    else if (server.revision !== this.#revision) this.#applyStart(server, first);
  }

  /** Once whoever shows it is back: what Python missed, it is told. @param {ServerState} server */
  resync(server) {
    if (server.revision !== this.#revision) return;
    const locked = server.locked.join();
    const same = server.start.name === this.start.name && server.z.every((value, d) => Math.fround(value) === this.code[d]);
    if (!same || locked !== this.#lockedList().join()) this.#reported = "";
    this.#report();
  }

  /** @param {ServerState} server @param {boolean} first */
  #applyStart(server, first) {
    this.#revision = server.revision;
    const start = { ...server.start, code: Float32Array.from(server.start.code) };
    const code = Float32Array.from(server.z);
    if (first) {
      this.locked = new Set(server.locked);
      Object.assign(this, { code, start });
      this.#committed = { code: code.slice(), start };
      this.#reported = this.#state();
      this.#notify();
      return;
    }
    for (const d of this.locked) code[d] = this.code[d];
    Object.assign(this, { code, start });
    this.#reported = "";
    this.commit();
  }

  #lockedList() {
    return [...this.locked].sort((a, b) => a - b);
  }

  #state() {
    return JSON.stringify([this.#revision, [...this.code], this.start.name, this.#lockedList()]);
  }

  #report() {
    const state = this.#state();
    if (state === this.#reported) return;
    this.#reported = state;
    const { name, label } = this.start;
    const done = { revision: this.#revision, z: [...this.code], start: name, label, locked: this.#lockedList() };
    const { send } = this;
    deferReport(() => send("committed", done), () => { this.#reported = ""; });
  }

  // ── what a hand does ────────────────────────────────────────────────────────────────────

  /** One number, within what is allowed; nothing is told to Python. @param {number} d @param {number} value */
  set(d, value) {
    const { limit } = /** @type {DimensionInfo} */ (this.dims);
    const next = Math.fround(Math.max(-limit, Math.min(limit, value)));
    if (this.locked.has(d) || !Number.isFinite(next) || next === this.code[d]) return;
    this.code = this.code.slice();
    this.code[d] = next;
    this.#notify();
  }

  /** Many at once, such as a picture of a filmstrip; what is locked stays. @param {Float32Array} code */
  setAll(code) {
    const next = code.slice();
    for (const d of this.locked) next[d] = this.code[d];
    this.code = next;
    this.#notify();
  }

  beginDrag() {
    this.dragging = true;
  }

  /** The hand is off: one step that can be undone. @param {string} [kind] joined with the step just before of the same kind */
  commit(kind = "") {
    this.dragging = false;
    if (!this.#matches(this.#committed)) this.#record(kind);
    this.#report();
    this.#notify();
    const server = this.#deferred;
    this.#deferred = null;
    if (server && server.revision !== this.#revision) this.#applyStart(server, false);
  }

  /** @param {HistoryEntry | undefined} step */
  #matches(step) {
    return step?.start.name === this.start.name && this.code.every((value, d) => value === step.code[d]);
  }

  /** @param {string} kind */
  #record(kind) {
    const now = performance.now();
    const merged = kind !== "" && kind === this.#lastCommit.kind && now - this.#lastCommit.at < MERGE_MS;
    if (!merged) this.undoStack = [...this.undoStack.slice(1 - MAX_UNDO), this.#committed];
    else if (this.#matches(this.undoStack[this.undoStack.length - 1])) this.undoStack.pop();
    this.#lastCommit = { kind, at: now };
    this.redoStack = [];
    this.#committed = { code: this.code.slice(), start: this.start };
  }

  undo() {
    this.#step(this.undoStack, this.redoStack);
  }

  redo() {
    this.#step(this.redoStack, this.undoStack);
  }

  /** @param {HistoryEntry[]} from @param {HistoryEntry[]} to */
  #step(from, to) {
    if (this.dragging) this.commit();
    const step = from.pop();
    if (!step) return;
    to.push(this.#committed);
    this.#committed = step;
    this.code = step.code.slice();
    this.start = step.start;
    this.#lastCommit.kind = "";
    this.#report();
    this.#notify();
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
    this.#notify();
  }

  /** @param {number} d */
  toggleFilmstrip(d) {
    if (!this.openFilmstrips.delete(d)) this.openFilmstrips.add(d);
    this.#notify();
  }

  /** @param {number[]} dims that are to be unfolded, and no others */
  openOnly(dims) {
    this.openFilmstrips = new Set(dims);
    this.#notify();
  }
}

/** @type {Map<string, CodeStore>} */
const stores = new Map();

/** The desk of a space. @param {string} name */
export function getCodeStore(name) {
  const store = stores.get(name) ?? new CodeStore(name);
  stores.set(name, store);
  return store;
}

/** @type {WeakMap<CodeStore, BackgroundQueue>} */
const queues = new WeakMap();

/** The queue of a desk, for all that is decoded beside it. @param {CodeStore} store @param {() => import("../decoding/decoder.js").Decoder} decoder */
export function getDecodeQueue(store, decoder) {
  const decodeQueue = queues.get(store) ?? new BackgroundQueue(decoder, { dragging: () => store.dragging });
  decodeQueue.decoder = decoder; // of whichever component is on the page now
  queues.set(store, decodeQueue);
  return decodeQueue;
}

/** What a dimension is called. @param {number} d */
export const dimensionName = (d) => `z${d + 1}`;

/** How much it says. @param {DimensionInfo} dims @param {number} d */
export function usageText(dims, d) {
  const value = dims.kl_or_variance[d];
  if (dims.unit === "share") return `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} % of the variance`;
  return `KL ${value.toFixed(value < 0.1 ? 3 : 1)} nats`;
}

/** How many digits its numbers need. @param {DimensionInfo} dims @param {number} d */
export function digitsFor(dims, d) {
  const length = dims.high[d] - dims.low[d];
  return Math.max(0, Math.min(5, 3 - Math.ceil(Math.log10(length / 4))));
}
