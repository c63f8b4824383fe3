// @ts-check
/**
 * The code that is being edited, in step with Python.
 *
 * Python receives commits (a release, a choice), never the values in between, and changes the code
 * only by a new start, which has a new revision.
 */

import { CodeHistory } from "./code_history.js";
import { CommitReporter } from "./commit_reporter.js";
import { EditedCode } from "./edited_code.js";
import { ViewSettings } from "./view_settings.js";

/** @typedef {import("../dimension_info.js").DimensionInfo} DimensionInfo */
/** @typedef {{revision: number, z: number[], start: {code: number[], name: string, label: string}, locked: number[]}} ServerState sent by Python */

export class CodeStore extends EditedCode {
  view = new ViewSettings(() => this.notify());
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
    this.history = new CodeHistory(this.entry());
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

  #state() {
    const locked = [...this.locked].sort((a, b) => a - b);
    return { z: [...this.code], start: this.start.name, label: this.start.label, locked };
  }

  /** @override */
  changed() {
    this.reporter.report(this.#state());
    this.notify();
  }

  /** End a drag: one undo step, reported to Python. @override @param {string} [kind] merged with the previous step of the same kind */
  commit(kind = "") {
    super.commit(kind);
    const server = this.#deferred;
    this.#deferred = null;
    if (server && server.revision !== this.reporter.revision) this.#restart(server);
  }
}
