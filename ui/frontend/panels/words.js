// @ts-check
/** Words and other samples without images: a title, optionally a code, and clickable lists. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, ownsArrows, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { icon } from "../core/icons.js";
import { createCodeBars, createReadout } from "../widgets/code_bars.js";

/** @typedef {{id: number, name: string, figure: string, share: number}} WordItem share in [0, 1], of the bar */
/** @typedef {{heading: string, note: string, ranked: boolean, main: boolean, items: WordItem[], more: number}} WordList */
/**
 * @typedef {object} WordsData
 * @property {number | null} id of the sample that is shown, if it is one
 * @property {number} count of the data set
 * @property {string} title @property {string} subtitle
 * @property {import("../widgets/code_bars.js").Code | null} code
 * @property {WordList[]} lists
 * @property {boolean} closes whether there is something to close
 */

const STYLE = `
.ls-words-panel { display: flex; flex-direction: column; gap: 13px; }
.ls-words-panel > header { display: flex; align-items: baseline; gap: .6em; min-width: 0; }
.ls-words-panel > header strong { font-size: 1.35rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere; }
.ls-words-panel > header span { flex: 1; }
.ls .ls-words-panel-close { display: grid; place-items: center; width: 32px; height: 32px; border-radius: 8px; color: var(--ls-muted); align-self: center; }
.ls .ls-words-panel-close:hover { background: var(--ls-surface); color: var(--st-text-color); }
.ls-words-panel-head { display: flex; justify-content: space-between; gap: 1em; margin-bottom: 5px; }
.ls-words-panel-lists { display: flex; flex-direction: column; gap: 12px; }
.ls-words-panel-list h4 { all: unset; display: block; font-size: .8rem; color: var(--ls-muted); margin-bottom: 4px; }
.ls-words-panel-list.ls-main h4 { color: inherit; font-weight: 600; font-size: .9rem; }
.ls-words-panel-list p { margin-top: 4px; }
.ls-words-panel-items { display: flex; flex-wrap: wrap; gap: 4px; max-height: 250px; overflow-y: auto; scrollbar-width: thin; padding: 2px; margin: -2px; }
.ls-words-panel-items button { padding: 3px 9px; border-radius: 99px; background: var(--ls-surface); font-size: .87rem; }
.ls-words-panel-items button:hover { box-shadow: inset 0 0 0 1.5px var(--ls-accent); }
.ls-words-panel-items button span + span { margin-left: .5em; color: var(--ls-muted); font-size: .78rem; }
.ls-ranked .ls-words-panel-items { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 2px 14px; max-height: none; }
.ls-ranked .ls-words-panel-items button { position: relative; display: flex; justify-content: space-between; align-items: baseline;
  border-radius: 5px; padding: 3px 8px; background: linear-gradient(90deg, var(--ls-tint) var(--at), transparent var(--at)); }
.ls-ranked.ls-main .ls-words-panel-items button:first-child { font-weight: 650; }
.ls-words-panel-go { display: flex; gap: 8px; }
.ls-words-panel-go button.ls-button { width: 42px; padding: 0; }
`;

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-words-panel", STYLE);
  /** @type {WordsData | null} */
  let current = null;
  const title = el("strong");
  const subtitle = el("span", { class: "ls-muted ls-ellipsis" });
  const close = el(
    "button",
    {
      class: "ls-words-panel-close",
      type: "button",
      "aria-label": "close the selection",
      title: "close",
      "data-role": "close",
      onclick: () => send("closed", true),
    },
    icon("cross"),
  );
  const heading = el("span", { class: "ls-caption" });
  const readout = createReadout();
  const bars = createCodeBars("columns", readout.onHover);
  const code = el(
    "div",
    {},
    el("div", { class: "ls-words-panel-head" }, heading, readout.root),
    bars.root,
  );
  const lists = el("div", { class: "ls-words-panel-lists" });
  const stepButtons = el(
    "div",
    { class: "ls-words-panel-go" },
    stepButton("previous", -1),
    stepButton("next", 1),
  );
  const root = el(
    "section",
    { class: "ls ls-words-panel", "aria-label": "What is selected" },
    el("header", {}, title, subtitle, close),
    lists,
    code,
    stepButtons,
  );

  /** @param {"previous" | "next"} name @param {number} step */
  function stepButton(name, step) {
    return el(
      "button",
      {
        class: "ls-button",
        type: "button",
        "data-role": name,
        "aria-label": `${name} (arrow key)`,
        title: name,
        onclick: () => go(step),
      },
      icon(name),
    );
  }

  /** @param {number} step */
  function go(step) {
    if (current === null || current.id === null) return;
    send("picked", { id: (current.id + step + current.count) % current.count });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !root.isConnected || event.defaultPrevented || ownsArrows(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    go(step);
  }
  document.addEventListener("keydown", onKey);

  /** @param {WordItem} item */
  function createWord({ id, name, figure, share }) {
    const node = el(
      "button",
      {
        type: "button",
        "data-role": "name",
        "data-id": String(id),
        onclick: () => send("picked", { id }),
      },
      el("span", {}, name),
      figure ? el("span", {}, figure) : null,
    );
    node.style.setProperty("--at", `${Math.max(0, Math.min(1, share)) * 100}%`);
    return node;
  }

  /** @param {WordList} list */
  function createList({ heading: listHeading, note, ranked, main, items, more }) {
    const kinds = `ls-words-panel-list${ranked ? " ls-ranked" : ""}${main ? " ls-main" : ""}`;
    return el(
      "div",
      { class: kinds },
      el("h4", {}, listHeading),
      el("div", { class: "ls-words-panel-items" }, ...items.map(createWord)),
      more > 0 ? el("p", { class: "ls-caption" }, `and ${formatCount(more)} more`) : null,
      note ? el("p", { class: "ls-caption" }, note) : null,
    );
  }

  /** @param {WordsData} data */
  function update(data) {
    current = data;
    root.dataset.id = data.id === null ? "" : String(data.id);
    setText(title, data.title);
    setText(subtitle, data.subtitle);
    close.hidden = !data.closes;
    stepButtons.hidden = data.id === null;
    lists.replaceChildren(...data.lists.map(createList));
    code.hidden = data.code === null;
    if (!data.code) return;
    const size = data.code.values.length;
    setText(heading, `latent code: ${size} dimension${size === 1 ? "" : "s"}`);
    bars.update(data.code);
  }
  return { root, update, dispose: () => document.removeEventListener("keydown", onKey) };
}

export default defineComponent(build);
