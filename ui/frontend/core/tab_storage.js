// @ts-check
/**
 * Values that survive a reload of the page and a restart of the server.  They stay in this tab of
 * the visitor's own browser, and end with it.
 */

/** @param {string} name @returns {any} null where there is nothing, or nothing that can be read */
export function readFromTab(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null");
  } catch {
    return null; // storage is switched off, or another program wrote there
  }
}

/** @param {string} name @param {any} value of JSON */
export function writeToTab(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // storage is full or switched off: what is on the page stays, only a reload loses it
  }
}
