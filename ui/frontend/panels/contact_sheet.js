// @ts-check
/** A selection of images: contact sheet, labels, and the decoded mean code. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { icon, modelMark } from "../core/icons.js";
import { imageCanvas, fitSide, showTile, showImage } from "../core/images.js";
import { createFactorTable } from "../widgets/factor_table.js";

/**
 * @typedef {object} SelectionData
 * @property {number} count how many are selected
 * @property {number[]} ids the first of them
 * @property {string[]} names one label per id
 * @property {import("../core/images.js").SheetSpec} sheet
 * @property {[string, number][]} labels class names and counts, the most frequent first
 * @property {string} mean address of the mean code, decoded
 * @property {string} caption
 * @property {boolean} in_tray
 * @property {import("../widgets/factor_table.js").FactorTable | null} factors
 */

const MAX_LABELS = 10;

const STYLE = `
.ls-contact { display: flex; flex-direction: column; gap: 13px; --s: 112px; }
.ls-contact > header { display: flex; align-items: center; justify-content: space-between; }
.ls-contact > header strong { font-size: 1.35rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; }
.ls .ls-contact-close { display: grid; place-items: center; width: 32px; height: 32px; border-radius: 8px; color: var(--ls-muted); }
.ls .ls-contact-close:hover { background: var(--ls-surface); color: var(--st-text-color); }
.ls-contact-top { display: grid; grid-template-columns: 20px var(--s) minmax(0, 1fr); gap: 8px 8px; align-items: start; }
.ls-contact-top > .ls-mark { align-self: center; } .ls-contact-top > .ls-mark i { width: 20px; height: 46px; }
.ls-contact-top > .ls-caption { grid-column: 1 / 3; grid-row: 2; }
.ls-contact-labels { grid-row: 1 / 3; grid-column: 3; padding-left: 10px; display: grid; gap: 2px; }
.ls-contact-labels li { display: grid; align-items: center;
  gap: 7px; font-size: .8rem; line-height: 1.15; grid-template-columns: minmax(1.2em, 5.5em) 1fr 2.6em; }
.ls-contact-labels i { height: 8px; border-radius: 2px; background: var(--ls-accent); width: var(--at); min-width: 2px; transition: width .2s; }
.ls-contact-labels span:last-child { text-align: right; color: var(--ls-muted); }
.ls-contact-labels.ls-contact-short li { grid-template-columns: 1.4em 1fr 2.6em; }
.ls-contact-tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(34px, 1fr)); gap: 4px;
  max-height: 236px; overflow-y: auto; padding: 3px; margin: -3px; scrollbar-width: thin; }
.ls-contact-tiles button { display: block; border-radius: 3px; }
.ls-contact-tiles button:hover .ls-image { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-contact > .ls-button { width: 100%; }
`;

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-contact", STYLE);
  /** @type {SelectionData | null} */
  let current = null;
  const heading = el("strong");
  const mean = imageCanvas("the mean code, decoded");
  const caption = el("p", { class: "ls-caption" });
  const labels = el("ul", { class: "ls-contact-labels", "aria-label": "labels" });
  const tiles = el("div", { class: "ls-contact-tiles", tabindex: "-1" });
  const factors = createFactorTable();
  const moreText = el("p", { class: "ls-caption" });
  const tray = el("button", {
    class: "ls-button ls-primary",
    type: "button",
    "data-role": "tray",
    onclick: () => current && !current.in_tray && send("tray", { mean: true }),
  });
  const root = el(
    "section",
    { class: "ls ls-contact", "aria-label": "The selected images" },
    el(
      "header",
      {},
      heading,
      el(
        "button",
        {
          class: "ls-contact-close",
          type: "button",
          "aria-label": "close the selection",
          title: "close",
          "data-role": "close",
          onclick: () => send("closed", true),
        },
        icon("cross"),
      ),
    ),
    el("div", { class: "ls-contact-top" }, modelMark("decoder"), mean, caption, labels),
    factors.root,
    tiles,
    moreText,
    tray,
  );

  /** @param {SelectionData} data */
  function showLabels(data) {
    const rows = data.labels.slice(0, MAX_LABELS);
    const largest = rows.length ? rows[0][1] : 1;
    while (labels.children.length > rows.length) labels.lastChild?.remove();
    while (labels.children.length < rows.length) {
      labels.append(el("li", {}, el("span", { class: "ls-ellipsis" }), el("i"), el("span")));
    }
    rows.forEach(([name, number], i) => {
      const [text, bar, amount] = /** @type {HTMLElement[]} */ ([...labels.children[i].children]);
      setText(text, name);
      text.title = name;
      bar.style.setProperty("--at", `${(100 * number) / largest}%`);
      setText(amount, formatCount(number));
    });
    labels.classList.toggle(
      "ls-contact-short",
      rows.every(([name]) => name.length < 3),
    );
  }

  /** @param {SelectionData} data */
  function showTiles(data) {
    while (tiles.children.length > data.ids.length) tiles.lastChild?.remove();
    while (tiles.children.length < data.ids.length) {
      const button = el(
        "button",
        {
          type: "button",
          "data-role": "tile",
          onclick: () => send("picked", { id: Number(button.dataset.id) }),
        },
        imageCanvas(),
      );
      tiles.append(button);
    }
    data.ids.forEach((id, i) => {
      const button = /** @type {HTMLButtonElement} */ (tiles.children[i]);
      button.dataset.id = String(id);
      button.title = data.names[i] ?? "";
      button.setAttribute("aria-label", `${data.names[i] ?? ""}, image ${id}`);
      void showTile(/** @type {HTMLCanvasElement} */ (button.firstChild), data.sheet, id);
    });
  }

  function fit() {
    if (current && root.clientWidth) {
      root.style.setProperty(
        "--s",
        `${fitSide(Math.min(140, root.clientWidth * 0.32), current.sheet.width)}px`,
      );
    }
  }
  const resizeObserver = new ResizeObserver(fit);
  resizeObserver.observe(root);

  /** @param {SelectionData} data */
  function update(data) {
    current = data;
    root.dataset.count = String(data.count);
    root.dataset.tray = String(data.in_tray);
    setText(heading, `${formatCount(data.count)} image${data.count === 1 ? "" : "s"}`);
    setText(caption, data.caption);
    void showImage(mean, data.mean);
    showLabels(data);
    factors.update(data.factors);
    showTiles(data);
    const rest = data.count - data.ids.length;
    moreText.hidden = rest <= 0;
    setText(moreText, `and ${formatCount(rest)} more`);
    tray.replaceChildren(
      icon(data.in_tray ? "check" : "plus"),
      data.in_tray ? "The mean is in the tray" : "Add the mean to the tray",
    );
    tray.setAttribute("aria-disabled", String(data.in_tray));
    fit();
  }
  return { root, update, dispose: () => resizeObserver.disconnect() };
}

export default defineComponent(build);
