// @ts-check
/** Ground truth in a panel: a row per factor with a place on its range, most of them folded. */

import { addStyle, el, setText } from "../core/dom.js";

/**
 * @typedef {object} Row
 * @property {string} name @property {string} words @property {string} hint
 * @property {number} at in [0, 1] @property {number | null} start
 */
/** @typedef {{heading: string, rows: Row[], few: number}} Table */

const STYLE = `
.ls-factors { display: grid; gap: 4px; }
.ls-factors ul { display: grid; grid-template-columns: minmax(0, 8.2em) minmax(36px, 1fr) minmax(0, auto); gap: 3px 9px; font-size: .82rem; }
.ls-factors li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; line-height: 1.3; }
.ls-factors li > i { position: relative; height: 4px; border-radius: 2px;
  background: color-mix(in srgb, var(--st-text-color) 14%, var(--ls-ground)); }
.ls-factors li > i > b { position: absolute; top: 0; bottom: 0; left: var(--from); width: var(--size); background: var(--ls-accent); opacity: .55; }
.ls-factors li > i > u { position: absolute; left: var(--start); top: -3px; width: 2px; height: 10px; margin-left: -1px; background: var(--ls-quiet); }
.ls-factors li > i > s { position: absolute; left: var(--at); top: -3px; width: 10px; height: 10px; margin-left: -5px;
  border-radius: 50%; background: var(--ls-accent); border: 2px solid var(--ls-ground); }
.ls-factors li > span:last-child { text-align: right; font-variant-numeric: tabular-nums; }
.ls-factors summary { cursor: pointer; font-size: .82rem; padding: 3px 0; color: var(--ls-quiet); border-radius: 4px; }
.ls-factors summary:hover { color: var(--ls-accent); }
.ls-factors details > ul { max-height: 15.5em; overflow-y: auto; scrollbar-width: thin; padding-right: 6px; }
`;

/** @param {Row} row */
function lineOf(row) {
  const start = row.start ?? row.at;
  const line = el("li", { title: row.hint },
    el("span", { class: "ls-cut" }, row.name),
    el("i", { "aria-hidden": "true" }, el("b"), row.start === null ? "" : el("u"), el("s")),
    el("span", {}, row.words));
  line.style.setProperty("--at", `${100 * row.at}%`);
  line.style.setProperty("--start", `${100 * start}%`);
  line.style.setProperty("--from", `${100 * Math.min(start, row.at)}%`);
  line.style.setProperty("--size", `${100 * Math.abs(start - row.at)}%`);
  return line;
}

/** An element that shows a table, or nothing where there is none. */
export function createFactors() {
  addStyle("ls-factors", STYLE);
  const heading = el("span", { class: "ls-caption" });
  const few = el("ul", { "aria-label": "factors" });
  const rest = el("ul", { "aria-label": "more factors" });
  const summary = el("summary");
  const more = el("details", {}, summary, rest);
  const root = el("div", { class: "ls-factors" }, heading, few, more);
  let seen = "";

  /** @param {Table | null} table */
  function update(table) {
    root.hidden = !table;
    if (!table || seen === JSON.stringify(table)) return;
    seen = JSON.stringify(table);
    setText(heading, table.heading);
    const lines = table.rows.map(lineOf);
    few.replaceChildren(...lines.slice(0, table.few));
    rest.replaceChildren(...lines.slice(table.few));
    more.hidden = lines.length <= table.few;
    setText(summary, `${table.few ? "the other" : "all"} ${lines.length - table.few}`);
  }
  return { root, update };
}
