// @ts-check
/** Words and other samples without images: a title, optionally a code, and clickable lists. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { cyclicIndex, listenForArrowKeys } from "../widgets/arrow_keys.js";
import { createCodePanel } from "../widgets/code_panel.js";
import { createCloseButton, createStepButtons } from "../widgets/panel_buttons.js";

/** @typedef {import("../core/payloads.js").WordItem} WordItem */
/** @typedef {import("../core/payloads.js").WordList} WordList */
/** @typedef {import("../core/payloads.js").WordsData} WordsData */

const STYLE = `
.ls-words-panel { display: flex; flex-direction: column; gap: 13px; }
.ls-words-panel > header { display: flex; align-items: baseline; gap: .6em; min-width: 0; }
.ls-words-panel > header strong { font-size: 1.35rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere; }
.ls-words-panel > header span { flex: 1; }
.ls-words-panel-lists { display: flex; flex-direction: column; gap: 12px; }
.ls-words-panel-list h2 { all: unset; display: block; font-size: .87rem; color: var(--ls-muted); margin-bottom: 4px; }
.ls-words-panel-list.ls-main h2 { color: inherit; font-weight: 600; font-size: .9rem; }
.ls-words-panel-list p { margin-top: 4px; }
.ls-words-panel-items { display: flex; flex-wrap: wrap; gap: 4px; max-height: 250px; overflow-y: auto; scrollbar-width: thin; padding: 2px; margin: -2px; }
.ls-words-panel-items button { padding: 3px 9px; border-radius: 99px; background: var(--ls-surface); font-size: .87rem; }
.ls-words-panel-items button:hover { box-shadow: inset 0 0 0 1.5px var(--ls-accent); }
.ls-words-panel-items button span + span { margin-left: .5em; color: var(--ls-muted); font-size: .87rem; }
.ls-ranked .ls-words-panel-items { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 2px 14px; max-height: none; }
.ls-ranked .ls-words-panel-items button { position: relative; display: flex; justify-content: space-between; align-items: baseline;
  border-radius: 5px; padding: 3px 8px; background: linear-gradient(90deg, var(--ls-tint) var(--at), transparent var(--at)); }
.ls-ranked.ls-main .ls-words-panel-items button:first-child { font-weight: 650; }
.ls-words-panel-go { display: flex; gap: 8px; }
`;

class WordsPanel {
  /** @type {WordsData | null} */ #current = null;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-words-panel", STYLE);
    this.send = send;
    this.title = el("strong");
    this.subtitle = el("span", { class: "ls-muted ls-ellipsis" });
    this.close = createCloseButton(() => send("closed", true));
    this.lists = el("div", { class: "ls-words-panel-lists" });
    this.code = createCodePanel();
    this.steps = el(
      "div",
      { class: "ls-words-panel-go" },
      ...createStepButtons("", (step) => this.#go(step)),
    );
    this.root = el(
      "section",
      { class: "ls ls-words-panel", "aria-label": "What is selected" },
      el("header", {}, this.title, this.subtitle, this.close),
      this.lists,
      this.code.root,
      this.steps,
    );
    this.stopKeys = listenForArrowKeys(
      this.root,
      () => this.#current !== null,
      (step) => this.#go(step),
    );
  }

  /** @param {number} step */
  #go(step) {
    if (this.#current === null || this.#current.id === null) return;
    const { id, count } = this.#current;
    this.send("picked", { id: cyclicIndex(id, step, count) });
  }

  /** @param {WordsData} data */
  update(data) {
    this.#current = data;
    this.root.dataset.id = data.id === null ? "" : String(data.id);
    setText(this.title, data.title);
    setText(this.subtitle, data.subtitle);
    this.close.hidden = !data.closes;
    this.steps.hidden = data.id === null;
    const onPick = (/** @type {number} */ id) => this.send("picked", { id });
    this.lists.replaceChildren(...data.lists.map((list) => createList(list, onPick)));
    this.code.root.hidden = data.code === null;
    if (data.code) this.code.update(data.code);
  }

  dispose() {
    this.stopKeys();
  }
}

/** @param {WordList} list @param {(id: number) => void} onPick */
function createList({ heading, note, ranked, main, items, more }, onPick) {
  const words = items.map((item) => createWord(item, onPick));
  return el(
    "div",
    { class: `ls-words-panel-list${ranked ? " ls-ranked" : ""}${main ? " ls-main" : ""}` },
    el("h2", {}, heading),
    el("div", { class: "ls-words-panel-items" }, ...words),
    more > 0 ? el("p", { class: "ls-caption" }, `and ${formatCount(more)} more`) : null,
    note ? el("p", { class: "ls-caption" }, note) : null,
  );
}

/** @param {WordItem} item @param {(id: number) => void} onPick */
function createWord({ id, name, figure, share }, onPick) {
  return el(
    "button",
    {
      type: "button",
      "data-role": "name",
      "data-id": String(id),
      style: { "--at": `${Math.max(0, Math.min(1, share)) * 100}%` },
      onclick: () => onPick(id),
    },
    el("span", {}, name),
    figure ? el("span", {}, figure) : null,
  );
}

export default defineComponent((send) => new WordsPanel(send));
