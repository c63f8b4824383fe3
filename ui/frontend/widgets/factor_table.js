// @ts-check
/** Ground-truth factors: a row per factor with its position on the range, most rows collapsed. */

import { addStyle, el, setText } from "../core/dom.js";

/** @typedef {import("../core/payloads.js").FactorRow} FactorRow */
/** @typedef {import("../core/payloads.js").FactorTable} FactorTable */

const STYLE = `
.ls-factors { display: grid; gap: 4px; }
.ls-factors ul { display: grid; grid-template-columns: minmax(0, 8.2em) minmax(36px, 1fr) minmax(0, auto); gap: 3px 9px; font-size: .87rem; }
.ls-factors li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; line-height: 1.3; }
.ls-factors li > i { position: relative; height: 4px; border-radius: 2px;
  background: color-mix(in srgb, var(--st-text-color) 14%, var(--ls-background)); }
.ls-factors li > i > b { position: absolute; top: 0; bottom: 0; left: var(--from); width: var(--size); background: var(--ls-accent); opacity: .55; }
.ls-factors li > i > u { position: absolute; left: var(--start); top: -3px; width: 2px; height: 10px; margin-left: -1px; background: var(--ls-muted); }
.ls-factors li > i > s { position: absolute; left: var(--at); top: -3px; width: 10px; height: 10px; margin-left: -5px;
  border-radius: 50%; background: var(--ls-accent); border: 2px solid var(--ls-background); }
.ls-factors li > span:last-child { text-align: right; font-variant-numeric: tabular-nums; }
.ls-factors summary { cursor: pointer; font-size: .87rem; padding: 3px 0; color: var(--ls-muted); border-radius: 4px; }
.ls-factors summary:hover { color: var(--ls-accent); }
.ls-factors details > ul { max-height: 15.5em; overflow-y: auto; scrollbar-width: thin; padding-right: 6px; }
`;

/**
 * The positions of a row in percent of the factor's range.
 * @param {{at: number, start: number | null}} row
 */
export function rowPositions({ at, start }) {
  const from = start ?? at;
  return {
    "--at": `${100 * at}%`,
    "--start": `${100 * from}%`,
    "--from": `${100 * Math.min(from, at)}%`,
    "--size": `${100 * Math.abs(from - at)}%`,
  };
}

/** @param {FactorRow} row */
function createRow(row) {
  const startMark = row.start === null ? null : el("u");
  const marks = row.at === null ? [] : [el("b"), startMark, el("s")];
  return el(
    "li",
    { title: row.hint, style: rowPositions({ at: row.at ?? 0, start: row.start }) },
    el("span", { class: "ls-ellipsis" }, row.name),
    el("i", { "aria-hidden": "true" }, ...marks),
    el("span", {}, row.words),
  );
}

/** A table whose less important rows are collapsed; hidden while there is none. */
export function createFactorTable() {
  addStyle("ls-factors", STYLE);
  const heading = el("span", { class: "ls-caption" });
  const primary = el("ul", { "aria-label": "factors" });
  const collapsed = el("ul", { "aria-label": "more factors" });
  const summary = el("summary");
  const more = el("details", {}, summary, collapsed);
  const root = el("div", { class: "ls-factors" }, heading, primary, more);
  let shownJson = "";

  /** @param {FactorTable | null} table */
  function update(table) {
    root.hidden = !table;
    if (!table || shownJson === JSON.stringify(table)) return;
    shownJson = JSON.stringify(table);
    setText(heading, table.heading);
    const lines = table.rows.map(createRow);
    primary.replaceChildren(...lines.slice(0, table.primary));
    collapsed.replaceChildren(...lines.slice(table.primary));
    more.hidden = lines.length <= table.primary;
    setText(summary, `${table.primary ? "the other" : "all"} ${lines.length - table.primary}`);
  }
  return { root, update };
}
