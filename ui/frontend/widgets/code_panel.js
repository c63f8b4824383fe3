// @ts-check
/** A latent code: its number of dimensions, its bars and the value under the pointer. */

import { addStyle, el, setText } from "../core/dom.js";
import { formatQuantity } from "../core/format.js";
import { createCodeBars, createReadout } from "./code_bars.js";

const STYLE = `
.ls-code-panel-head { display: flex; justify-content: space-between; gap: 1em; margin-bottom: 5px; }
.ls-code-panel-head > :first-child { flex: none; }
`;

/** A heading with the value under the pointer beside it, and bars below. @param {string} [placeholder] */
export function createCodePanel(placeholder = "") {
  addStyle("ls-code-panel", STYLE);
  const heading = el("span", { class: "ls-caption" });
  const readout = createReadout(placeholder);
  const bars = createCodeBars("columns", readout.onHover);
  const root = el(
    "div",
    {},
    el("div", { class: "ls-code-panel-head" }, heading, readout.root),
    bars.root,
  );
  /** @param {import("./code_bars.js").Code} code */
  function update(code) {
    setText(heading, `latent code: ${formatQuantity(code.values.length, "dimension")}`);
    bars.update(code);
  }
  return { root, update };
}
