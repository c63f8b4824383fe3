// @ts-check
/** Buttons side by side, one of them selected. */

import { addStyle, el } from "../core/dom.js";

const STYLE = `
.ls-button-group { display: inline-flex; border: 1px solid var(--ls-line); border-radius: 8px; overflow: hidden; }
.ls .ls-button-group button { display: inline-flex; align-items: center; gap: .45em; min-height: 34px; padding: 0 .62em; font-size: .87rem; color: var(--ls-muted); }
.ls .ls-button-group button + button { border-left: 1px solid var(--ls-line); }
.ls .ls-button-group button[aria-checked=true] { background: var(--ls-tint); color: var(--st-text-color); font-weight: 600; }
.ls .ls-button-group button:hover { color: var(--ls-accent); }
.ls .ls-button-group button[aria-disabled=true] { opacity: .45; cursor: default; }
.ls .ls-button-group button:focus-visible { outline-offset: -3px; }
`;

/**
 * A row of buttons; arrow keys go from one to the next.
 * @template {string} T
 * @param {string} label for a screen reader
 * @param {[T, string, Node][]} choices name, words, and what is on the button
 * @param {(chosen: T) => void} onChoose
 */
export function createButtonGroup(label, choices, onChoose) {
  addStyle("ls-button-group", STYLE);
  const buttons = new Map(
    choices.map(([name, words, face]) => [
      name,
      el(
        "button",
        {
          type: "button",
          role: "radio",
          "aria-label": words,
          title: words,
          dataset: { choice: name },
          onclick: () =>
            buttons.get(name)?.getAttribute("aria-disabled") !== "true" && onChoose(name),
        },
        face,
      ),
    ]),
  );
  const root = el(
    "div",
    { class: "ls-button-group", role: "radiogroup", "aria-label": label },
    ...buttons.values(),
  );
  root.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const usable = choices
      .map(([name]) => name)
      .filter((name) => buttons.get(name)?.getAttribute("aria-disabled") !== "true");
    const at = usable.findIndex((name) => buttons.get(name) === document.activeElement);
    const next = usable[(at + step + usable.length) % usable.length];
    buttons.get(next)?.focus();
    onChoose(next);
  });
  return {
    root,
    buttons,
    /** @param {T} selected */
    show(selected) {
      for (const [name, button] of buttons) {
        button.setAttribute("aria-checked", String(name === selected));
        button.tabIndex = name === selected ? 0 : -1;
      }
    },
  };
}
