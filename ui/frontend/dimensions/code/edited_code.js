// @ts-check
/** A code with undo history: changes are committed, and commits can be undone. */

import { CodeHistory } from "./code_history.js";
import { ObservableCode } from "./observable_code.js";

export class EditedCode extends ObservableCode {
  dragging = false; // a value is being changed and not committed yet
  history = new CodeHistory(this.entry());

  /** Code and start, for the history. */
  entry() {
    return { code: this.code.slice(), start: this.start };
  }

  /** Called after every commit, undo, redo and change of a lock. */
  changed() {
    this.notify();
  }

  beginDrag() {
    this.dragging = true;
  }

  /** End a drag: one undo step. @param {string} [kind] merged with the previous step of the same kind */
  commit(kind = "") {
    this.dragging = false;
    this.history.record(this.entry(), kind, performance.now());
    this.changed();
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
    this.changed();
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
    this.changed();
  }
}
