// @ts-check
/** Buttons that several panels have: close, previous and next, add to the tray. */

import { addStyle, el } from "../core/dom.js";
import { icon } from "../core/icons.js";

const STYLE = `
.ls .ls-close { display: grid; place-items: center; width: 32px; height: 32px; border-radius: 8px; color: var(--ls-muted); align-self: center; }
.ls .ls-close:hover { background: var(--ls-surface); color: var(--st-text-color); }
.ls button.ls-button.ls-step { width: 42px; padding: 0; }
`;

/** Closes a selection. @param {() => void} onClick */
export function createCloseButton(onClick) {
  addStyle("ls-panel-buttons", STYLE);
  return el(
    "button",
    {
      class: "ls-close",
      type: "button",
      "aria-label": "close the selection",
      title: "close",
      "data-role": "close",
      onclick: onClick,
    },
    icon("cross"),
  );
}

/** @param {"previous" | "next"} name @param {string} title @param {() => void} onClick */
function createStepButton(name, title, onClick) {
  return el(
    "button",
    {
      class: "ls-button ls-step",
      type: "button",
      "data-role": name,
      "aria-label": `${title} (arrow key)`,
      title,
      onclick: onClick,
    },
    icon(name),
  );
}

/**
 * The buttons for the previous and the next sample.
 * @param {string} noun of a sample, or "" for none
 * @param {(step: number) => void} go
 */
export function createStepButtons(noun, go) {
  addStyle("ls-panel-buttons", STYLE);
  return [
    createStepButton("previous", `previous ${noun}`.trim(), () => go(-1)),
    createStepButton("next", `next ${noun}`.trim(), () => go(1)),
  ];
}

/**
 * Adds a sample to the tray, once.
 * @param {() => void} onAdd
 * @param {{add: string, added: string}} [texts]
 */
export function createTrayButton(
  onAdd,
  { add, added } = { add: "Add to tray", added: "In the tray" },
) {
  let inTray = false;
  const root = el("button", {
    class: "ls-button ls-primary",
    type: "button",
    "data-role": "tray",
    onclick: () => !inTray && onAdd(),
  });
  /** @param {boolean} isInTray */
  function update(isInTray) {
    inTray = isInTray;
    root.replaceChildren(icon(inTray ? "check" : "plus"), inTray ? added : add);
    root.setAttribute("aria-disabled", String(inTray));
  }
  return { root, update };
}
