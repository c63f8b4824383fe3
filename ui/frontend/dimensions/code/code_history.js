// @ts-check
/** Undo history of a code. */

/** @typedef {{code: Float32Array, name: string, label: string}} Start the start, its name in the URL, its label */
/** @typedef {{code: Float32Array, start: Start}} HistoryEntry */

const MAX_UNDO = 200; // steps back
const MERGE_MS = 700; // steps of one kind within this time are one step

/** @param {HistoryEntry | undefined} a @param {HistoryEntry} b */
function isSame(a, b) {
  return a?.start.name === b.start.name && b.code.every((value, d) => value === a.code[d]);
}

export class CodeHistory {
  /** @type {HistoryEntry[]} */ #undoStack = [];
  /** @type {HistoryEntry[]} */ #redoStack = [];
  #lastRecord = { kind: "", time: 0 };

  /** @param {HistoryEntry} current the code before the first step */
  constructor(current) {
    this.current = current;
  }

  get canUndo() {
    return this.#undoStack.length > 0;
  }

  get canRedo() {
    return this.#redoStack.length > 0;
  }

  /**
   * Record a step, unless nothing has changed.
   * @param {HistoryEntry} entry the code after it
   * @param {string} kind a step merges with the one before it of the same kind; "" never does
   * @param {number} time in ms
   */
  record(entry, kind, time) {
    if (isSame(this.current, entry)) return;
    if (!this.#merges(kind, time))
      this.#undoStack = [...this.#undoStack.slice(1 - MAX_UNDO), this.current];
    else if (isSame(this.#undoStack.at(-1), entry)) this.#undoStack.pop();
    this.#lastRecord = { kind, time };
    this.#redoStack = [];
    this.current = entry;
  }

  /** @param {string} kind @param {number} time */
  #merges(kind, time) {
    const { kind: lastKind, time: lastTime } = this.#lastRecord;
    return kind !== "" && kind === lastKind && time - lastTime < MERGE_MS;
  }

  /** One step back. @returns {HistoryEntry | null} null where there is none */
  undo() {
    return this.#step(this.#undoStack, this.#redoStack);
  }

  /** One step forth. @returns {HistoryEntry | null} null where there is none */
  redo() {
    return this.#step(this.#redoStack, this.#undoStack);
  }

  /** @param {HistoryEntry[]} from @param {HistoryEntry[]} to */
  #step(from, to) {
    const entry = from.pop();
    if (!entry) return null;
    to.push(this.current);
    this.current = entry;
    this.#lastRecord.kind = "";
    return entry;
  }
}
