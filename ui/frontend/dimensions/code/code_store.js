// @ts-check
/**
 * The code that is being edited, with undo history, in step with Python.
 *
 * Python receives commits (a release, a choice), never the values in between, and changes the code
 * only by a new start, which has a new revision.
 */

import { CodeHistory } from "./code_history.js";
import { CommitReporter } from "./commit_reporter.js";
import { ObservableCode } from "./observable_code.js";
import { ViewSettings } from "./view_settings.js";

/** @typedef {import("../dimension_info.js").DimensionInfo} DimensionInfo */
/** @typedef {{revision: number, z: number[], start: {code: number[], name: string, label: string}, locked: number[]}} ServerState sent by Python */

export class CodeStore extends ObservableCode {
  dragging = false; // a value is being changed and not committed yet
  view = new ViewSettings(() => this.notify());
  history = new CodeHistory({ code: this.code, start: this.start });
  /** @type {ServerState | null} */ #deferred = null; // arrived during a drag

  /** @param {string} name of the latent space @param {import("./commit_reporter.js").Defer} [defer] delays a report */
  constructor(name, defer = (send) => send()) {
    super(name);
    this.reporter = new CommitReporter(defer);
  }

  /** What Python sends. @param {DimensionInfo} dims @param {ServerState} server */
  receive(dims, server) {
    const isFirst = this.dims === null;
    this.setDims(dims);
    if (server.revision === this.reporter.revision) return;
    if (this.dragging) this.#deferred = server;
    else if (isFirst) this.#open(server);
    else this.#restart(server);
  }

  /** When the page is shown again: report what Python has missed. @param {ServerState} server */
  resync(server) {
    if (server.revision !== this.reporter.revision) return;
    const { start, locked } = this.#state();
    const isSame =
      server.start.name === start &&
      server.locked.join() === locked.join() &&
      server.z.every((value, d) => Math.fround(value) === this.code[d]);
    if (!isSame) this.reporter.forget();
    this.reporter.report(this.#state());
  }

  /** @param {ServerState} server */
  #open(server) {
    this.#applyStart(server);
    this.locked = new Set(server.locked);
    this.history = new CodeHistory(this.#entry());
    this.reporter.markReported(this.#state());
    this.notify();
  }

  /** @param {ServerState} server */
  #restart(server) {
    this.#applyStart(server);
    this.reporter.forget();
    this.commit();
  }

  /** @param {ServerState} server */
  #applyStart({ revision, z, start }) {
    this.reporter.revision = revision;
    this.setStart({ ...start, code: Float32Array.from(start.code) }, z);
  }

  #entry() {
    return { code: this.code.slice(), start: this.start };
  }

  #state() {
    const locked = [...this.locked].sort((a, b) => a - b);
    return { z: [...this.code], start: this.start.name, label: this.start.label, locked };
  }

  beginDrag() {
    this.dragging = true;
  }

  /** End a drag: one undo step, reported to Python. @param {string} [kind] merged with the previous step of the same kind */
  commit(kind = "") {
    this.dragging = false;
    this.history.record(this.#entry(), kind, performance.now());
    this.#changed();
    const server = this.#deferred;
    this.#deferred = null;
    if (server && server.revision !== this.reporter.revision) this.#restart(server);
  }

  #changed() {
    this.reporter.report(this.#state());
    this.notify();
  }

  undo() {
    if (this.dragging) this.commit();
    this.#restore(this.history.undo());
  }

  redo() {
    if (this.dragging) this.commit();
    this.#restore(this.history.redo());
  }

  /** @param {import("./code_history.js").HistoryEntry | null} entry */
  #restore(entry) {
    if (!entry) return;
    this.code = entry.code.slice();
    this.start = entry.start;
    this.#changed();
  }

  /** Set a dimension back to the start. @param {number} d */
  reset(d) {
    this.set(d, this.start.code[d]);
    this.commit(`tap ${d}`);
  }

  resetAll() {
    this.setAll(this.start.code);
    this.commit();
  }

  /** @param {number} d */
  toggleLock(d) {
    if (!this.locked.delete(d)) this.locked.add(d);
    this.#changed();
  }
}
