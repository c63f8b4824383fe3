// @ts-check
/** A selection of images: contact sheet, labels, and the decoded mean code. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setChildCount, setText } from "../core/dom.js";
import { formatCount, formatQuantity } from "../core/format.js";
import { modelMark } from "../core/icons.js";
import { imageCanvas, fitSide, showTile, showImage } from "../core/images.js";
import { createFactorTable } from "../widgets/factor_table.js";
import { createCloseButton, createTrayButton } from "../widgets/panel_buttons.js";
import { isShort, labelRows } from "./label_counts.js";

/** @typedef {import("../core/payloads.js").ContactSheetData} SelectionData */

const MAX_SIDE_PX = 140; // of the decoded mean
const TRAY_TEXTS = { add: "Add the mean to the tray", added: "The mean is in the tray" };

const STYLE = `
.ls-contact { display: flex; flex-direction: column; gap: 13px; --s: 112px; }
.ls-contact > header { display: flex; align-items: center; justify-content: space-between; }
.ls-contact > header strong { font-size: 1.35rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; }
.ls-contact-top { display: grid; grid-template-columns: 20px var(--s) minmax(0, 1fr); gap: 8px 8px; align-items: start; }
.ls-contact-top > .ls-mark { align-self: center; } .ls-contact-top > .ls-mark i { width: 20px; height: 46px; }
.ls-contact-top > .ls-caption { grid-column: 1 / 3; grid-row: 2; }
.ls-contact-labels { grid-row: 1 / 3; grid-column: 3; padding-left: 10px; display: grid; gap: 2px; }
.ls-contact-labels li { display: grid; align-items: center;
  gap: 7px; font-size: .87rem; line-height: 1.15; grid-template-columns: minmax(1.2em, 5.5em) 1fr 2.6em; }
.ls-contact-labels i { height: 8px; border-radius: 2px; background: var(--ls-accent); width: var(--at); min-width: 2px; transition: width .2s; }
.ls-contact-labels span:last-child { text-align: right; color: var(--ls-muted); }
.ls-contact-labels.ls-contact-short li { grid-template-columns: 1.4em 1fr 2.6em; }
.ls-contact-tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(34px, 1fr)); gap: 4px;
  max-height: 236px; overflow-y: auto; padding: 3px; margin: -3px; scrollbar-width: thin; }
.ls-contact-tiles button { display: block; border-radius: 3px; }
.ls-contact-tiles button:hover .ls-image { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-contact > .ls-button { width: 100%; }
`;

class ContactSheet {
  /** @type {SelectionData | null} */ #current = null;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-contact", STYLE);
    this.heading = el("strong");
    this.mean = imageCanvas("the mean code, decoded");
    this.caption = el("p", { class: "ls-caption" });
    this.labels = createLabelCounts();
    this.factors = createFactorTable();
    this.tiles = createTiles((id) => send("picked", { id }));
    this.moreText = el("p", { class: "ls-caption" });
    this.tray = createTrayButton(() => send("tray", { mean: true }), TRAY_TEXTS);
    this.root = el(
      "section",
      { class: "ls ls-contact", "aria-label": "The selected images" },
      el(
        "header",
        {},
        this.heading,
        createCloseButton(() => send("closed", true)),
      ),
      el(
        "div",
        { class: "ls-contact-top" },
        modelMark("decoder"),
        this.mean,
        this.caption,
        this.labels.root,
      ),
      this.factors.root,
      this.tiles.root,
      this.moreText,
      this.tray.root,
    );
    this.resizeObserver = new ResizeObserver(() => this.#fit());
    this.resizeObserver.observe(this.root);
  }

  #fit() {
    if (!this.#current || !this.root.clientWidth) return;
    const side = Math.min(MAX_SIDE_PX, this.root.clientWidth * 0.32);
    this.root.style.setProperty("--s", `${fitSide(side, this.#current.sheet.width)}px`);
  }

  /** @param {SelectionData} data */
  update(data) {
    this.#current = data;
    this.root.dataset.count = String(data.count);
    this.root.dataset.tray = String(data.in_tray);
    setText(this.heading, formatQuantity(data.count, "image"));
    setText(this.caption, data.caption);
    void showImage(this.mean, data.mean);
    this.labels.update(data.labels);
    this.factors.update(data.factors);
    this.tiles.update(data);
    const rest = data.count - data.ids.length;
    this.moreText.hidden = rest <= 0;
    setText(this.moreText, `and ${formatCount(rest)} more`);
    this.tray.update(data.in_tray);
    this.#fit();
  }

  dispose() {
    this.resizeObserver.disconnect();
  }
}

/** The most frequent labels as bars. */
function createLabelCounts() {
  const root = el("ul", { class: "ls-contact-labels", "aria-label": "labels" });
  const createRow = () => el("li", {}, el("span", { class: "ls-ellipsis" }), el("i"), el("span"));

  /** @param {[string, number][]} labels class names and counts, the most frequent first */
  function update(labels) {
    const rows = labelRows(labels);
    setChildCount(root, rows.length, createRow);
    rows.forEach(({ name, count, percent }, i) => {
      const [text, bar, amount] = /** @type {HTMLElement[]} */ ([...root.children[i].children]);
      setText(text, name);
      text.title = name;
      bar.style.setProperty("--at", `${percent}%`);
      setText(amount, formatCount(count));
    });
    root.classList.toggle(
      "ls-contact-short",
      rows.every(({ name }) => isShort(name)),
    );
  }
  return { root, update };
}

/** The selected images. @param {(id: number) => void} onPick */
function createTiles(onPick) {
  const root = el("div", { class: "ls-contact-tiles", tabindex: "-1" });

  function createTile() {
    const button = el(
      "button",
      {
        type: "button",
        "data-role": "tile",
        onclick: () => onPick(Number(button.dataset.id)),
      },
      imageCanvas(),
    );
    return button;
  }

  /** @param {SelectionData} data */
  function update({ ids, names, sheet }) {
    setChildCount(root, ids.length, createTile);
    ids.forEach((id, i) => {
      const button = /** @type {HTMLButtonElement} */ (root.children[i]);
      button.dataset.id = String(id);
      button.title = names[i] ?? "";
      button.setAttribute("aria-label", `${names[i] ?? ""}, image ${formatCount(id)}`);
      void showTile(/** @type {HTMLCanvasElement} */ (button.firstChild), sheet, id);
    });
  }
  return { root, update };
}

export default defineComponent((send) => new ContactSheet(send));
