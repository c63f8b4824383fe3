// @ts-check
/**
 * A bar while the server cannot be reached.  Streamlit covers the page with a dialog then, although
 * what is in the browser goes on: maps move, points and codes are decoded.
 */

import { addStyle, el } from "./dom.js";

const STATE = "data-test-connection-state"; // an attribute of Streamlit's root element
const GRACE_MS = 1500; // a reload of the server's proxy is shorter
const WORDS = "Offline: moving still works, and decoding in this browser.";
const STYLE = `
.ls-offline { position: fixed; left: 50%; top: 10px; transform: translateX(-50%); z-index: 1000; padding: 5px 14px; border-radius: 99px;
  max-width: calc(100vw - 40px); font: 500 .93rem/1.4 var(--st-font, sans-serif); color: #fff; background: #7c2d12; box-shadow: 0 2px 10px rgb(0 0 0 / .25); }
`;

/** Closes Streamlit's dialog, which then stays closed until the next loss of the connection. */
function closeDialog() {
  const close = document.querySelector('[data-testid="stDialog"] button[aria-label="Close"]');
  if (close instanceof HTMLElement) close.click();
}

class ConnectionBar {
  #timer = 0;
  #isLost = false;
  #bar = el("div", { class: "ls-offline", role: "status" }, WORDS);

  /** @param {Element} app Streamlit's root element */
  constructor(app) {
    this.app = app;
    addStyle("ls-offline", STYLE);
    new MutationObserver(() => this.#onChange()).observe(app, { attributeFilter: [STATE] });
    new MutationObserver(() => this.#isLost && closeDialog()).observe(document.body, {
      childList: true,
      subtree: true,
    });
  }

  #onChange() {
    clearTimeout(this.#timer);
    this.#isLost = this.app.getAttribute(STATE) !== "CONNECTED";
    if (!this.#isLost) this.#bar.remove();
    else this.#timer = window.setTimeout(() => document.body.append(this.#bar), GRACE_MS);
  }
}

/** @type {WeakMap<Element, ConnectionBar>} */
const bars = new WeakMap();

/** Watch the connection of this page, once. */
export function watchConnection() {
  const app = document.querySelector(`[${STATE}]`);
  if (app && !bars.has(app)) bars.set(app, new ConnectionBar(app));
}
