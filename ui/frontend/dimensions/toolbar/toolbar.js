// @ts-check
/** Actions on the whole code: start, undo and redo, reset, tray. */

import { el } from "../../core/dom.js";
import { icon } from "../../core/icons.js";
import { StartButton } from "./start_button.js";
import { TrayButton } from "./tray_button.js";
import { isTyping, undoAction } from "./undo_keys.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */

export class Toolbar {
  /** @type {CodeStore | null} */ #store = null;
  /** @type {number[]} */ #active = []; // active dimensions
  undo = button("undo", "", "undo (Ctrl+Z)", () => this.#store?.undo());
  redo = button("redo", "", "redo (Ctrl+Shift+Z)", () => this.#store?.redo());
  reset = button("reset", "Reset all", "set every unlocked dimension back to the start", () =>
    this.#store?.resetAll(),
  );
  prior = button("dice", "Prior sample", "start from a sample of N(0, I), the model's prior", () =>
    this.send("wanted", { start: "prior" }),
  );
  filmstrips = button("film", "Filmstrips", "show or hide every filmstrip", () =>
    this.#store?.view.toggleFilmstrips(this.#active),
  );

  /**
   * @param {() => import("../../decoding/decoder.js").Decoder} decoder
   * @param {(event: string, value: any) => void} send
   */
  constructor(decoder, send) {
    this.send = send;
    this.start = new StartButton(decoder, () => this.#store?.resetAll());
    this.tray = new TrayButton(() => this.#store && send("saved", { z: [...this.#store.code] }));
    const mean = button("mean", "Mean code", "start from the mean code of the data", () =>
      send("wanted", { start: "mean" }),
    );
    const sample = button(
      "dice",
      "New sample",
      "start from a sample of a Gaussian mixture fitted to the codes of the data",
      () => send("wanted", { start: "mixture" }),
    );
    this.root = el(
      "div",
      { class: "ls-dims-bar", role: "toolbar", "aria-label": "the whole code" },
      this.start.root,
      ...[mean, sample, this.prior, el("span", { class: "ls-dims-space" })],
      ...[this.undo, this.redo, this.reset, this.filmstrips],
      this.tray.root,
    );
    document.addEventListener("keydown", this.#onKey);
  }

  #onKey = (/** @type {KeyboardEvent} */ event) => {
    const action = undoAction(event);
    if (!action || !this.#store || !this.root.isConnected || isTyping(event)) return;
    this.#store[action]();
    event.preventDefault();
  };

  /**
   * @param {CodeStore} store
   * @param {number[]} active dimensions
   * @param {number[] | null} inTray the code that the tray holds
   * @param {boolean} hasPrior whether the model was trained with the prior N(0, I)
   */
  update(store, active, inTray, hasPrior) {
    this.prior.hidden = !hasPrior;
    this.#store = store;
    this.#active = active;
    this.start.update(store);
    this.tray.update(store.code, inTray);
    this.undo.disabled = !store.history.canUndo && !store.dragging;
    this.redo.disabled = !store.history.canRedo;
    this.reset.disabled = !store.moved;
    this.filmstrips.setAttribute("aria-pressed", String(store.view.allOpen(active)));
  }

  dispose() {
    document.removeEventListener("keydown", this.#onKey);
  }
}

/** @param {Parameters<typeof icon>[0]} kind @param {string} text @param {string} help @param {() => void} onclick */
function button(kind, text, help, onclick) {
  return el(
    "button",
    { type: "button", class: "ls-button", title: help, "aria-label": text || help, onclick },
    icon(kind),
    text && el("span", { class: "ls-button-text" }, text),
  );
}
