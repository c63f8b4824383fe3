// @ts-check
/** The tray in this tab's storage, from which a new session of the server gets it back. */

import { readFromTab, writeToTab } from "../../core/tab_storage.js";

/** @typedef {import("./order.js").TrayItem} TrayItem */

const NAME = "latent-tray";

export class StoredTray {
  #offeredTo = ""; // the session that was last offered the items

  /**
   * The items to offer to a session that has none, once; otherwise its items are stored.
   * @param {string} session of the server @param {TrayItem[]} items
   * @returns {TrayItem[]} empty when there is nothing to offer
   */
  sync(session, items) {
    const stored = readFromTab(NAME);
    const isLost = stored?.session !== session && items.length === 0 && this.#offeredTo !== session;
    this.#offeredTo = session;
    if (isLost && Array.isArray(stored?.items) && stored.items.length) return stored.items;
    this.keep(items);
    return [];
  }

  /** Store the session's items: also those that it has not received yet. @param {TrayItem[]} items */
  keep(items) {
    writeToTab(NAME, { session: this.#offeredTo, items });
  }
}
