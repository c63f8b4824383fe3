// @ts-check
/** What can be done to the whole code: where it starts, back and forth, into the tray. */

import { el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { blank, showPixels } from "../core/images.js";
import { queueOf } from "./code_store.js";

/** @typedef {import("./code_store.js").Desk} Desk */

/** @param {KeyboardEvent} event whether somebody is typing what isn't read yet */
function isTyping({ target }) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.classList.contains("ls-dim-number")) return target.value !== target.dataset.said;
  const text = target instanceof HTMLInputElement && target.type !== "range";
  return text || target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/**
 * @param {() => import("../decoding/decoder.js").Decoder} decoder
 * @param {(event: string, value: any) => void} send
 */
export function createBar(decoder, send) {
  /** @type {Desk | null} */
  let desk = null;
  /** @type {number[]} */
  let active = [];
  /** @type {Float32Array} */
  let drawn = new Float32Array(0);

  const picture = blank();
  const label = el("strong", { class: "ls-cut" });
  const from = el("button", { type: "button", class: "ls-dims-from", onclick: () => desk?.resetAll() },
    picture, el("span", {}, el("span", { class: "ls-caption" }, "from"), label));
  const mean = button("mean", "Mean", "start from the mean of all pictures", () => send("wanted", { start: "mean" }));
  const random = button("dice", "Random", "start from a random draw", () => send("wanted", { start: "random" }));
  const undo = button("undo", "", "undo (Ctrl+Z)", () => desk?.undo());
  const redo = button("redo", "", "redo (Ctrl+Shift+Z)", () => desk?.redo());
  const reset = button("reset", "Reset all", "every number that isn't locked back to the start", () => desk?.resetAll());
  const films = button("film", "Filmstrips", "show or hide every filmstrip", () => {
    desk?.unfold(desk.unfolded.size >= active.length ? [] : active);
  });
  const tray = el("button", { type: "button", class: "ls-button ls-first", "data-role": "tray", onclick: () => keepIt() });
  const root = el("div", { class: "ls-dims-bar", role: "toolbar", "aria-label": "the whole code" },
    from, mean, random, el("span", { class: "ls-dims-space" }), undo, redo, reset, films, tray);

  /** @param {Parameters<typeof icon>[0]} kind @param {string} words @param {string} says @param {() => void} click */
  function button(kind, words, says, click) {
    return el("button", { type: "button", class: "ls-button", title: says, "aria-label": words || says, onclick: click },
      icon(kind), words && el("span", { class: "ls-words" }, words));
  }

  function keepIt() {
    if (desk && tray.getAttribute("aria-disabled") !== "true") send("saved", { z: [...desk.code] });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const key = event.key.toLowerCase();
    if (!desk || !root.isConnected || !(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event)) return;
    if (key === "y" || (key === "z" && event.shiftKey)) desk.redo();
    else if (key === "z") desk.undo();
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", onKey);

  /** @param {Desk} on @param {Float32Array} code */
  function drawStart(on, code) {
    if (code.length === drawn.length && code.every((value, d) => value === drawn[d])) return;
    drawn = code;
    queueOf(on, decoder).request(picture, code, (images) => showPixels(picture, images, decoder().spec.shape));
  }

  /** @param {Desk} next @param {number[]} those that aren't silent @param {number[] | null} kept the code that the tray holds */
  function update(next, those, kept) {
    desk = next;
    active = those;
    const { start, code, past, future, moved, unfolded, holding } = next;
    drawStart(next, start.code);
    setText(label, start.label);
    from.setAttribute("aria-label", `started from ${start.label}; back to it`);
    from.title = "back to the start";
    undo.disabled = past.length === 0 && !holding;
    redo.disabled = future.length === 0;
    reset.disabled = !moved;
    films.setAttribute("aria-pressed", String(active.length > 0 && unfolded.size >= active.length));
    const inside = kept !== null && code.every((value, d) => value === Math.fround(kept[d]));
    if (tray.dataset.inside === String(inside)) return;
    tray.dataset.inside = String(inside);
    tray.replaceChildren(icon(inside ? "check" : "plus"), el("span", {}, inside ? "In the tray" : "Save to tray"));
    tray.setAttribute("aria-disabled", String(inside));
  }

  return { root, update, dispose: () => document.removeEventListener("keydown", onKey) };
}
