// @ts-check
/** The buttons in the header: copy the link, share, reset, presenter mode, help. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { copyText } from "./page_header/copy_text.js";
import { HelpDialog } from "./page_header/help_dialog.js";
import { Tour } from "./page_header/tour.js";
import { TourOffer } from "./page_header/tour_offer.js";

const STYLE = `
.ls-page-header { container-type: normal; display: flex; align-items: center; justify-content: flex-end; gap: 2px; }
.ls .ls-page-header button, .ls-page-header > button { display: inline-flex; align-items: center; gap: .4em; min-height: 32px; min-width: 32px;
  justify-content: center; padding: 0 .55em; border-radius: 6px; font-size: .87rem; color: var(--ls-muted); }
.ls-page-header > button:hover { color: var(--st-text-color); background: var(--ls-surface); }
.ls-page-header > button[aria-pressed=true] { color: var(--ls-accent); background: var(--ls-tint); }
.ls-page-header-done { position: fixed; right: 1.6rem; top: 3.2rem; max-width: calc(100vw - 3.2rem); padding: .35rem .8rem; border-radius: 8px;
  font-size: .87rem; background: var(--st-text-color); color: var(--ls-background); overflow-wrap: anywhere; }
.ls-page-header-done:empty { display: none; }
@media (max-width: 1260px) { .ls-page-header > button span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } }
`;
const MESSAGE_MS = 4000;

/** Parameters that a reset keeps: those of a teacher's link. */
const KEPT = ["hide", "note"];

/** Open this page without anything that was chosen; the tray stays, and presenting goes on. @param {boolean} presenting */
function reset(presenting) {
  const before = new URLSearchParams(location.search);
  const after = new URLSearchParams(presenting ? { presenter: "1" } : {});
  for (const name of KEPT) {
    const value = before.get(name);
    if (value) after.set(name, value);
  }
  location.assign(location.pathname + (after.size ? `?${after}` : ""));
}

class PageHeader {
  #presenting = false;
  #timer = 0;
  #page = "";
  /** @type {import("../core/payloads.js").TourStep[]} */ #steps = [];

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-page-header", STYLE);
    const showTour = () => this.tour.open(this.#steps);
    this.help = new HelpDialog(showTour);
    this.helpButton = button("help", "Help", "Keys and words, and a tour of this page", () =>
      this.help.open(),
    );
    const fallback = () => this.helpButton;
    this.offer = new TourOffer(showTour, fallback);
    this.tour = new Tour(fallback, () => this.offer.dismiss());
    this.message = el("p", { class: "ls-page-header-done", role: "status" });
    this.presenter = button("screen", "Presenter", "Presenter mode: larger text, no captions", () =>
      send("presented", !this.#presenting),
    );
    this.root = el(
      "div",
      { class: "ls ls-page-header" },
      button("link", "Copy link", "Copy the link to what is shown", () => this.#copy()),
      button("share", "Share", "A link with title, text and QR code for a class", () =>
        send("shared", true),
      ),
      button("reset", "Reset", "Back to the defaults; the tray stays", () =>
        reset(this.#presenting),
      ),
      this.presenter,
      this.helpButton,
      this.message,
      this.help.root,
      this.tour.root,
    );
  }

  async #copy() {
    const copied = await copyText(location.href);
    setText(this.message, copied ? "Link copied" : `Copy this link: ${location.href}`);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => setText(this.message, ""), MESSAGE_MS);
  }

  /** @param {import("../core/payloads.js").PageHeaderData} payload */
  update({ presenting, glossary, page, tour }) {
    if (page !== this.#page) this.tour.close();
    this.#page = page;
    this.#steps = tour;
    this.offer.update(page);
    this.#presenting = presenting;
    this.presenter.setAttribute("aria-pressed", String(presenting));
    this.help.update(glossary, tour.length > 0);
  }

  dispose() {
    clearTimeout(this.#timer);
    this.tour.close();
    this.offer.dispose();
  }
}

/**
 * @param {"link" | "share" | "reset" | "screen" | "help"} name of the icon
 * @param {string} words @param {string} title @param {() => void} onclick
 */
function button(name, words, title, onclick) {
  return el("button", { type: "button", title, onclick }, icon(name), el("span", {}, words));
}

export default defineComponent((send) => new PageHeader(send));
