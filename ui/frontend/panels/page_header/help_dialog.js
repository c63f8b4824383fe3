// @ts-check
/** The help: a tour of the page, keys, and the words of the app with their meanings. */

import { addStyle, el } from "../../core/dom.js";

const STYLE = `
.ls dialog.ls-help { width: min(46rem, calc(100vw - 2rem)); max-height: calc(100dvh - 4rem); padding: 1.2rem 1.4rem; border: 1px solid var(--ls-line);
  border-radius: 12px; color: var(--st-text-color); background: var(--ls-background); overflow-y: auto; font-size: .93rem; line-height: 1.45; }
.ls dialog.ls-help::backdrop { background: rgb(0 0 0 / .4); }
.ls .ls-help h2 { font-size: 1.1rem; font-weight: 650; margin: .9rem 0 .3rem; padding: 0; }
.ls .ls-help h2:first-of-type { margin-top: 0; }
.ls .ls-help .ls-help-tour { margin-bottom: 1.1rem; }
.ls-help dl { display: grid; grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr); gap: .3rem 1.1rem; margin: 0; }
.ls-help dt { font-weight: 600; max-width: 15rem; }
.ls-help dd { margin: 0; }
.ls .ls-help > button { float: right; }
@media (max-width: 640px) { .ls-help dl { grid-template-columns: minmax(0, 1fr); gap: 0; } .ls-help dd { margin-bottom: .5rem; } }
`;

/** What is used where, and what it does. @type {[string, string][]} */
const KEYS = [
  ["Map: arrow keys", "the image before or after the selected one"],
  ["Map: Shift + arrow keys", "move the crosshair and decode there; Enter selects"],
  ["Map: + and −, wheel, two fingers", "zoom"],
  ["Map: drag", "move the map; in 3D turn it, with the right button move it"],
  ["Map: Shift + drag", "select with a lasso; Escape ends the selection"],
  ["Touch: tap the map", "it follows one finger until you tap beside it"],
  ["Morph: arrow keys, Home, End", "move along the path; the space bar plays"],
  ["Dimensions: arrow keys", "one step of the focused slider; Page up and down: larger steps"],
  ["Dimensions and drawing: Ctrl + Z", "undo"],
  ["Tray: Alt + arrow keys", "move an image; Delete removes it"],
];

/** @param {[string, string][]} entries */
function list(entries) {
  return el(
    "dl",
    {},
    ...entries.flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, text)]),
  );
}

export class HelpDialog {
  /** @param {() => void} showTour */
  constructor(showTour) {
    addStyle("ls-help", STYLE);
    this.words = el("div");
    const close = () => this.root.close();
    const start = () => {
      close();
      showTour();
    };
    this.tour = el(
      "p",
      { class: "ls-help-tour" },
      el(
        "button",
        { type: "button", class: "ls-button ls-primary", onclick: start },
        "Show me around",
      ),
    );
    this.root = el(
      "dialog",
      {
        class: "ls-help",
        "aria-label": "Help",
        onclick: (/** @type {Event} */ event) => event.target === this.root && close(),
      },
      el("button", { type: "button", class: "ls-button", onclick: close }, "Close"),
      this.tour,
      el("h2", {}, "Keys"),
      list(KEYS),
      el("h2", {}, "Words"),
      this.words,
    );
  }

  open() {
    this.root.showModal();
  }

  /** @param {[string, string][]} glossary terms and meanings @param {boolean} hasTour */
  update(glossary, hasTour) {
    this.tour.hidden = !hasTour;
    if (this.words.childElementCount === 0) this.words.append(list(glossary));
  }
}
