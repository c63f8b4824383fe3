// @ts-check
/** The menu of what is drawn on a map, and of saving it. */

import { el } from "../core/dom.js";

const NAMES = "ls-map-names";
const IMAGES = "ls-map-images";

/** @typedef {import("./sprites/sprite_layer.js").SpriteKind} SpriteKind */
/** @typedef {"svg" | "png"} FileKind */

/**
 * @typedef {object} ViewMenuHandlers
 * @property {(shown: boolean) => void} names
 * @property {(kind: SpriteKind | null) => void} images
 * @property {(kind: FileKind) => void} save
 */

const IMAGE_KINDS = /** @type {[string, string][]} */ ([
  ["", "Points only"],
  ["original", "Original"],
  ["reconstruction", "Reconstruction"],
  ["residual", "Residual"],
]);

/** @param {string} key */
const stored = (key) => globalThis.localStorage?.getItem(key);

/** @param {Record<string, any>} props @param {string} text */
function createChoice(props, text) {
  const input = el("input", props);
  return { input, root: el("label", { class: "ls-map-choice" }, input, text) };
}

export class ViewMenu {
  /** @param {ViewMenuHandlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    this.names = createChoice({ type: "checkbox", onchange: () => this.#onNames() }, "Names");
    this.names.input.checked = stored(NAMES) !== "no";
    this.kinds = IMAGE_KINDS.map(([value, text]) => this.#createKind(value, text));
    this.images = el(
      "fieldset",
      {},
      el("legend", {}, "When zoomed in"),
      ...this.kinds.map(({ root }) => root),
    );
    const save = el(
      "div",
      { class: "ls-map-save" },
      ...["png", "svg"].map((kind) => this.#createSave(/** @type {FileKind} */ (kind))),
    );
    this.panel = el(
      "div",
      { class: "ls-map-menu", hidden: true },
      this.names.root,
      this.images,
      save,
    );
    this.onOutside = (/** @type {Event} */ event) => {
      if (event.target instanceof Node && !this.panel.contains(event.target)) this.close();
    };
  }

  /** @param {string} value @param {string} text */
  #createKind(value, text) {
    const checked = (stored(IMAGES) ?? "original") === value;
    const onchange = () => this.#onKind(value);
    return createChoice({ type: "radio", name: "ls-map-images", value, checked, onchange }, text);
  }

  /** @param {FileKind} kind */
  #createSave(kind) {
    const onclick = () => {
      this.close();
      this.handlers.save(kind);
    };
    const text = `Save ${kind.toUpperCase()}`;
    return el("button", { type: "button", dataset: { save: kind }, onclick }, text);
  }

  /** Tell the handlers what was chosen in earlier visits. */
  apply() {
    this.handlers.names(this.names.input.checked);
    const kind = this.kinds.find(({ input }) => input.checked)?.input.value ?? "";
    this.handlers.images(/** @type {SpriteKind | ""} */ (kind) || null);
  }

  #onNames() {
    globalThis.localStorage?.setItem(NAMES, this.names.input.checked ? "yes" : "no");
    this.apply();
  }

  /** @param {string} value */
  #onKind(value) {
    globalThis.localStorage?.setItem(IMAGES, value);
    this.apply();
  }

  /** What can be chosen on this map. @param {{names: boolean, images: boolean, decodes: boolean}} available */
  setAvailable({ names, images, decodes }) {
    this.names.root.hidden = !names;
    this.images.hidden = !images;
    for (const { input, root } of this.kinds)
      root.hidden = !decodes && ["reconstruction", "residual"].includes(input.value);
  }

  toggle() {
    if (this.panel.hidden) this.#open();
    else this.close();
  }

  #open() {
    this.panel.hidden = false;
    setTimeout(() => document.addEventListener("pointerdown", this.onOutside));
    this.panel.onkeydown = (event) => {
      event.stopPropagation(); // arrow keys choose here
      if (event.key === "Escape") this.close();
    };
    this.panel.querySelector("input")?.focus();
  }

  close() {
    this.panel.hidden = true;
    document.removeEventListener("pointerdown", this.onOutside);
  }

  dispose() {
    this.close();
  }
}
