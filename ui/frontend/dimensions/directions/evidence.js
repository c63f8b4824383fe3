// @ts-check
/** How far a direction can be trusted: its score, and a bar for what else moves along it. */

import { el } from "../../core/dom.js";
import { formatNumber } from "../../core/format.js";

/** @typedef {import("./linear_directions.js").Direction} Direction */

const MIN_SCALE = 0.5; // standard deviations that a bar of full length is at least

/** The ends of a bar, in percent of the chart, whose zero is in the middle.
 * @param {number} value @param {number} scale the value of a full half */
export function barEnds(value, scale) {
  const end = 50 + (50 * Math.max(-scale, Math.min(scale, value))) / scale;
  return { left: Math.min(50, end), width: Math.abs(end - 50) };
}

/** @param {Direction["leakage"][number]} change @param {number} scale */
function createBar({ name, value }, scale) {
  const { left, width } = barEnds(value, scale);
  const text = formatNumber(value, 2);
  const bar = el("i");
  Object.assign(bar.style, { left: `${left}%`, width: `${width}%` });
  return el(
    "li",
    {},
    el("span", { class: "ls-ellipsis" }, name),
    el("i", { class: "ls-leakage-track", "aria-hidden": "true" }, bar),
    el("span", { class: "ls-leakage-value" }, value > 0 ? `+${text}` : text),
  );
}

/** The evidence of a direction, hidden at first. @param {Direction} direction */
export function createEvidence({ evidence, leakage, leakage_note }) {
  const scale = Math.max(MIN_SCALE, ...leakage.map(({ value }) => Math.abs(value)));
  const root = el(
    "div",
    { class: "ls-evidence" },
    evidence ? el("p", {}, evidence) : "",
    leakage.length
      ? el("ul", { "aria-label": leakage_note }, ...leakage.map((one) => createBar(one, scale)))
      : "",
    leakage.length ? el("p", { class: "ls-caption" }, leakage_note) : "",
  );
  root.hidden = true;
  return root;
}
