// @ts-check
/**
 * The code that is being edited: values, start, locked dimensions and undo history.
 *
 * One store per latent space, shared by all components; it survives a change of page.  Python
 * receives commits (a release, a choice), never the values in between, and
 * changes the code only by a new start, which has a new revision.
 */

import { publish } from "../core/bus.js";
import { deferReport } from "../core/deferred_report.js";
import { BackgroundQueue } from "../decoding/background.js";

/**
 * @typedef {object} DimensionInfo per latent dimension
 * @property {number[]} order by decreasing KL or variance
 * @property {number[]} kl_or_variance @property {"nats" | "share"} unit
 * @property {boolean[]} inactive @property {string} inactive_reason why they are inactive
 * @property {number[]} mean @property {number[]} low @property {number[]} high
 * @property {number} limit largest absolute value
 * @property {({name: string, value: number} | null)[]} correlates the factor that correlates most with each, where factors are known
 * @property {{url: string, bins: number}} histograms one byte per bin
 */
/** @typedef {{code: Float32Array, name: string, label: string}} Start the start, its name in the URL, its label */
/** @typedef {{code: Float32Array, start: Start}} HistoryEntry */
/** @typedef {{revision: number, z: number[], start: {code: number[], name: string, label: string}, locked: number[]}} ServerState sent by Python */

const MAX_UNDO = 200; // steps back
const MERGE_MS = 700;

export class CodeStore {
  /** @type {DimensionInfo | null} */ dims = null;
  code = new Float32Array(0);
  /** @type {Start} */ start = { code: new Float32Array(0), name: "", label: "" };
  /** @type {Set<number>} */ locked = new Set();
  /** @type {Set<number>} */ openFilmstrips = new Set(); // dimensions with an open filmstrip
  showsAll = false; // whether all dimensions are shown, where there are many
  showsGrid = false; // whether decoded images are shown behind the plane
  dragging = false; // a slider is being dragged
  /** @type {HistoryEntry[]} */ undoStack = [];
  /** @type {HistoryEntry[]} */ redoStack = [];
  /** @type {(event: string, value: any) => void} */ send = () => {};
  /** @type {Set<() => void>} */ #listeners = new Set();
  /** @type {HistoryEntry} */ #committed = { code: this.code, start: this.start };
  /** @type {ServerState | null} */ #deferred = null; // arrived during a drag
  #revision = NaN;
  #reported = ""; // the last reported state, as JSON
  #lastCommit = { kind: "", at: 0 };

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.channel = `code ${name}`;
  }

  /** Calls the listener now and at every change. @param {() => void} listener @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    listener();
    return () => this.#listeners.delete(listener);
  }

  #notify() {
    publish(this.channel, { code: this.code });
    for (const listener of this.#listeners) listener();
  }

  // ── updates from Python ────────────────────────────────────────────────────────────────────

  /** @param {DimensionInfo} dims @param {ServerState} server */
  receive(dims, server) {
    const first = this.dims === null;
    this.dims = dims;
    if (this.dragging && server.revision !== this.#revision) this.#deferred = server;
    else if (server.revision !== this.#revision) this.#applyStart(server, first);
  }

  /** When the page is shown again: report what Python has missed. @param {ServerState} server */
  resync(server) {
    if (server.revision !== this.#revision) return;
    const locked = server.locked.join();
    const same =
      server.start.name === this.start.name &&
      server.z.every((value, d) => Math.fround(value) === this.code[d]);
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
    const done = {
      revision: this.#revision,
      z: [...this.code],
      start: name,
      label,
      locked: this.#lockedList(),
    };
    const { send } = this;
    deferReport(
      () => send("committed", done),
      () => {
        this.#reported = "";
      },
    );
  }

  // ── editing ────────────────────────────────────────────────────────────────────────────────

  /** Set one value, clipped to the limit; not reported yet. @param {number} d @param {number} value */
  set(d, value) {
    const { limit } = /** @type {DimensionInfo} */ (this.dims);
    const next = Math.fround(Math.max(-limit, Math.min(limit, value)));
    if (this.locked.has(d) || !Number.isFinite(next) || next === this.code[d]) return;
    this.code = this.code.slice();
    this.code[d] = next;
    this.#notify();
  }

  /** Set all unlocked values. @param {Float32Array} code */
  setAll(code) {
    const next = code.slice();
    for (const d of this.locked) next[d] = this.code[d];
    this.code = next;
    this.#notify();
  }

  beginDrag() {
    this.dragging = true;
  }

  /** End a drag: one undo step, reported to Python. @param {string} [kind] merged with the previous step of the same kind */
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
    return (
      step?.start.name === this.start.name && this.code.every((value, d) => value === step.code[d])
    );
  }

  /** @param {string} kind */
  #record(kind) {
    const now = performance.now();
    const merged =
      kind !== "" && kind === this.#lastCommit.kind && now - this.#lastCommit.at < MERGE_MS;
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

  /** Whether any unlocked value differs from its start. */
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

  /** @param {number[]} dims whose filmstrips are open */
  openOnly(dims) {
    this.openFilmstrips = new Set(dims);
    this.#notify();
  }
}

/** @type {Map<string, CodeStore>} */
const stores = new Map();

/** The store of a latent space. @param {string} name */
export function getCodeStore(name) {
  const store = stores.get(name) ?? new CodeStore(name);
  stores.set(name, store);
  return store;
}

/** @type {WeakMap<CodeStore, BackgroundQueue>} */
const queues = new WeakMap();

/** The background queue of a store, shared by all components. @param {CodeStore} store @param {() => import("../decoding/decoder.js").Decoder} decoder */
export function getDecodeQueue(store, decoder) {
  const decodeQueue =
    queues.get(store) ?? new BackgroundQueue(decoder, { dragging: () => store.dragging });
  decodeQueue.decoder = decoder; // of the component that is on the page now
  queues.set(store, decodeQueue);
  return decodeQueue;
}

/** The name of a dimension. @param {number} d */
export const dimensionName = (d) => `z${d + 1}`;

/** KL or variance of a dimension, as text. @param {DimensionInfo} dims @param {number} d */
export function usageText(dims, d) {
  const value = dims.kl_or_variance[d];
  if (dims.unit === "share")
    return `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} % of the variance`;
  return `KL ${value.toFixed(value < 0.1 ? 3 : 1)} nats`;
}

/** The number of decimals for a dimension's values. @param {DimensionInfo} dims @param {number} d */
export function digitsFor(dims, d) {
  const length = dims.high[d] - dims.low[d];
  return Math.max(0, Math.min(5, 3 - Math.ceil(Math.log10(length / 4))));
}
