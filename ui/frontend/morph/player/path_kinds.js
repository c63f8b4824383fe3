// @ts-check
/** The ways between two pictures, by name and by how each is drawn on the map. */

import { addStyle, el, svg } from "../../core/dom.js";
import { createGroup } from "../../widgets/button_group.js";

/** @typedef {import("./sampled_path.js").Kind} Kind */

/** @type {Record<Kind, {name: string, says: string, tone: string}>} */
export const KINDS = {
  line: { name: "Straight", says: "the straight path", tone: "first" },
  sphere: { name: "Sphere", says: "the path around the sphere", tone: "second" },
  data: { name: "Along the data", says: "the path along the data", tone: "third" },
  fade: { name: "Cross-fade", says: "a cross-fade of pixels, which is no path of codes", tone: "" },
};

const STYLE = `
.ls-kind { display: inline-flex; align-items: center; gap: .5em; white-space: nowrap; }
.ls-kind svg { width: 22px; height: 8px; flex: none; overflow: visible; fill: none; stroke-linecap: round; }
.ls-kind [data-tone=first] { stroke: var(--st-text-color); stroke-width: 2.6; }
.ls-kind [data-tone=second] { stroke: #2a78e4; stroke-width: 3; stroke-dasharray: 8 5; }
.ls-kind [data-tone=third] { stroke: #e0670c; stroke-width: 4; stroke-dasharray: .1 6.5; }
@container (max-width: 560px) { .ls-kind svg { display: none; } }
`;

/** A button's face. @param {Kind} kind */
function face(kind) {
  const { name, tone } = KINDS[kind];
  return el("span", { class: "ls-kind" }, tone && svg("svg", { viewBox: "0 0 22 8", "aria-hidden": "true" },
    svg("path", { d: "M1 4H21", "data-tone": tone })), name);
}

/** @param {Kind[]} kinds @param {(kind: Kind) => void} choose */
export function createKinds(kinds, choose) {
  addStyle("ls-kinds", STYLE);
  const group = createGroup("the way from one to the next", kinds.map((kind) => [kind, KINDS[kind].says, face(kind)]), choose);
  return {
    root: group.root,
    /** @param {Kind} taken @param {(kind: Kind) => boolean} there */
    show(taken, there) {
      group.show(taken);
      for (const [kind, button] of group.buttons) button.setAttribute("aria-disabled", String(!there(kind)));
    },
  };
}
