// @ts-check
/** The kinds of path between two images, with name and map line style. */

import { addStyle, el, svg } from "../../core/dom.js";
import { createButtonGroup } from "../../widgets/button_group.js";

/** @typedef {import("./sampled_path.js").Kind} Kind */

/** @type {Record<Kind, {name: string, help: string, tone: string}>} */
export const PATH_KINDS = {
  linear: { name: "Linear", help: "linear interpolation", tone: "first" },
  spherical: { name: "Spherical", help: "spherical interpolation (slerp)", tone: "second" },
  geodesic: { name: "Along the data", help: "along the data (graph geodesic)", tone: "third" },
  "cross-fade": { name: "Cross-fade", help: "cross-fade of the pixels, without codes", tone: "" },
};

const STYLE = `
.ls-path-kind { display: inline-flex; align-items: center; gap: .5em; white-space: nowrap; }
.ls-path-kind svg { width: 22px; height: 8px; flex: none; overflow: visible; fill: none; stroke-linecap: round; }
.ls-path-kind [data-tone=first] { stroke: var(--st-text-color); stroke-width: 2.6; }
.ls-path-kind [data-tone=second] { stroke: #2a78e4; stroke-width: 3; stroke-dasharray: 8 5; }
.ls-path-kind [data-tone=third] { stroke: #e0670c; stroke-width: 4; stroke-dasharray: .1 6.5; }
@container (max-width: 560px) { .ls-path-kind svg { display: none; } }
`;

/** Content of a button. @param {Kind} kind */
function buttonContent(kind) {
  const { name, tone } = PATH_KINDS[kind];
  return el(
    "span",
    { class: "ls-path-kind" },
    tone &&
      svg(
        "svg",
        { viewBox: "0 0 22 8", "aria-hidden": "true" },
        svg("path", { d: "M1 4H21", "data-tone": tone }),
      ),
    name,
  );
}

/** Buttons to choose the kind of path. */
export class PathKinds {
  /** @param {Kind[]} kinds @param {(kind: Kind) => void} onChoose */
  constructor(kinds, onChoose) {
    addStyle("ls-path-kinds", STYLE);
    this.group = createButtonGroup(
      "path",
      kinds.map((kind) => [kind, PATH_KINDS[kind].help, buttonContent(kind)]),
      onChoose,
    );
    this.root = this.group.root;
  }

  /** @param {Kind} selected @param {(kind: Kind) => boolean} isAvailable */
  update(selected, isAvailable) {
    this.group.show(selected);
    for (const [kind, button] of this.group.buttons)
      button.setAttribute("aria-disabled", String(!isAvailable(kind)));
  }
}
