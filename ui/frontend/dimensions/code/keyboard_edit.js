// @ts-check
/** A change by keys: all of it is one undo step, committed a while after the last key. */

const COMMIT_DELAY_MS = 450;

export class KeyboardEdit {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer; // set while a change is not committed yet

  /** @param {Pick<import("./code_store.js").CodeStore, "beginDrag" | "commit">} store */
  constructor(store) {
    this.store = store;
  }

  /** @param {() => void} change */
  apply(change) {
    if (this.#timer === undefined) this.store.beginDrag();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), COMMIT_DELAY_MS);
    change();
  }

  /** Commit now. */
  flush() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.store.commit();
  }
}
