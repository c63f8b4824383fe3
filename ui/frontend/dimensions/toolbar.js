// @ts-check
/** Actions on the whole code: start, undo and redo, reset, tray. */

import { el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { imageCanvas, showDecoded } from "../core/images.js";
import { getDecodeQueue } from "./code_store.js";

/** @typedef {import("./code_store.js").CodeStore} CodeStore */

/** @param {KeyboardEvent} event whether a text is being typed and not committed yet */
function isTyping({ target }) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && target.classList.contains("ls-dim-number"))
    return target.value !== target.dataset.written;
  const text = target instanceof HTMLInputElement && target.type !== "range";
  return text || target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/**
 * @param {() => import("../decoding/decoder.js").Decoder} decoder
 * @param {(event: string, value: any) => void} send
 */
export function createToolbar(decoder, send) {
  /** @type {CodeStore | null} */
  let store = null;
  /** @type {number[]} */
  let active = [];
  /** @type {Float32Array} */
  let shownStart = new Float32Array(0);

  const startImage = imageCanvas();
  const label = el("strong", { class: "ls-ellipsis" });
  const startButton = el(
    "button",
    { type: "button", class: "ls-dims-from", onclick: () => store?.resetAll() },
    startImage,
    el("span", {}, el("span", { class: "ls-caption" }, "from"), label),
  );
  const mean = button("mean", "Mean code", "start from the mean code of the data", () =>
    send("wanted", { start: "mean" }),
  );
  const random = button("dice", "New sample", "start from a random code", () =>
    send("wanted", { start: "random" }),
  );
  const undo = button("undo", "", "undo (Ctrl+Z)", () => store?.undo());
  const redo = button("redo", "", "redo (Ctrl+Shift+Z)", () => store?.redo());
  const reset = button("reset", "Reset all", "set every unlocked dimension back to the start", () =>
    store?.resetAll(),
  );
  const filmstripsButton = button("film", "Filmstrips", "show or hide every filmstrip", () => {
    store?.openOnly(store.openFilmstrips.size >= active.length ? [] : active);
  });
  const tray = el("button", {
    type: "button",
    class: "ls-button ls-primary",
    "data-role": "tray",
    onclick: () => saveToTray(),
  });
  const root = el(
    "div",
    { class: "ls-dims-bar", role: "toolbar", "aria-label": "the whole code" },
    startButton,
    mean,
    random,
    el("span", { class: "ls-dims-space" }),
    undo,
    redo,
    reset,
    filmstripsButton,
    tray,
  );

  /** @param {Parameters<typeof icon>[0]} kind @param {string} words @param {string} help @param {() => void} click */
  function button(kind, words, help, click) {
    return el(
      "button",
      {
        type: "button",
        class: "ls-button",
        title: help,
        "aria-label": words || help,
        onclick: click,
      },
      icon(kind),
      words && el("span", { class: "ls-button-text" }, words),
    );
  }

  function saveToTray() {
    if (store && tray.getAttribute("aria-disabled") !== "true")
      send("saved", { z: [...store.code] });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const key = event.key.toLowerCase();
    if (
      !store ||
      !root.isConnected ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      isTyping(event)
    )
      return;
    if (key === "y" || (key === "z" && event.shiftKey)) store.redo();
    else if (key === "z") store.undo();
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", onKey);

  /** @param {CodeStore} shown @param {Float32Array} code */
  function showStart(shown, code) {
    if (code.length === shownStart.length && code.every((value, d) => value === shownStart[d]))
      return;
    shownStart = code;
    getDecodeQueue(shown, decoder).request(startImage, code, (images) =>
      showDecoded(startImage, images, decoder().spec.shape),
    );
  }

  /** @param {CodeStore} next @param {number[]} dims the active ones @param {number[] | null} inTray the code that the tray holds */
  function update(next, dims, inTray) {
    store = next;
    active = dims;
    const { start, code, undoStack, redoStack, moved, openFilmstrips, dragging } = next;
    showStart(next, start.code);
    setText(label, start.label);
    startButton.setAttribute("aria-label", `started from ${start.label}; back to it`);
    startButton.title = "back to the start";
    undo.disabled = undoStack.length === 0 && !dragging;
    redo.disabled = redoStack.length === 0;
    reset.disabled = !moved;
    filmstripsButton.setAttribute(
      "aria-pressed",
      String(active.length > 0 && openFilmstrips.size >= active.length),
    );
    const inside = inTray !== null && code.every((value, d) => value === Math.fround(inTray[d]));
    if (tray.dataset.inside === String(inside)) return;
    tray.dataset.inside = String(inside);
    tray.replaceChildren(
      icon(inside ? "check" : "plus"),
      el("span", {}, inside ? "In the tray" : "Save to tray"),
    );
    tray.setAttribute("aria-disabled", String(inside));
  }

  return { root, update, dispose: () => document.removeEventListener("keydown", onKey) };
}
