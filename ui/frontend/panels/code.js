// @ts-check
/** A latent code as large bars, with the value of the bar under the pointer or the keys. */

import { defineComponent } from "../core/component.js";
import { addStyle, el } from "../core/dom.js";
import { createCodePanel } from "../widgets/code_panel.js";

const STYLE = `
.ls-code-large .ls-code-bars[data-orientation=columns] { height: 124px; }
.ls-code-large .ls-code-bars[data-orientation=columns] > i { max-width: 46px; }
`;

/** @typedef {import("../core/payloads.js").CodePanelData} CodePanelData */

function createCode() {
  addStyle("ls-code-large", STYLE);
  const panel = createCodePanel("point at a bar, or use the arrow keys");
  return {
    root: el("section", { class: "ls ls-code-large", "aria-label": "the code" }, panel.root),
    /** @param {CodePanelData} data */
    update: ({ code }) => panel.update(code),
    dispose: () => undefined,
  };
}

export default defineComponent(createCode);
