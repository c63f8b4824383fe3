// @ts-check
/** One image of the data set: original, reconstruction, code and nearest neighbors. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, ownsArrows, setText, svg } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { differenceLegend, icon, modelMark } from "../core/icons.js";
import { imageCanvas, fitSide, clearImage, showTile, showImage } from "../core/images.js";
import { createCodeBars, createReadout } from "../widgets/code_bars.js";
import { createFactorTable } from "../widgets/factor_table.js";

/**
 * @typedef {object} InspectorData
 * @property {number} id
 * @property {number} count of the data set
 * @property {string} label
 * @property {string} title
 * @property {string} original @property {string} decoded @property {string} difference addresses
 * @property {number} width of the image, in pixels
 * @property {string} error @property {string} sentence
 * @property {number} closer_than in [0, 1]
 * @property {boolean} unusual
 * @property {import("../widgets/code_bars.js").Code} code
 * @property {{id: number, label: string}[]} neighbors
 * @property {import("../widgets/factor_table.js").FactorTable | null} factors
 * @property {import("../core/images.js").SheetSpec} sheet
 * @property {boolean} in_tray
 */

const PENDING_TIMEOUT_MS = 1500;

const STYLE = `
.ls-inspector { --s: 112px; display: flex; flex-direction: column; gap: 13px; }
.ls-inspector-title { display: flex; align-items: baseline; gap: .6em; min-width: 0; }
.ls-inspector-title strong { font-size: 1.35rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; max-width: 60%; }
.ls-inspector-images { display: grid; grid-template-columns: var(--s) auto var(--s) var(--s);
  justify-content: space-between; column-gap: 4px; row-gap: 6px; align-items: center; }
.ls-inspector-images .ls-mark i { width: 17px; height: 38px; }
.ls-inspector-error { display: grid; gap: 6px; }
.ls-inspector-error > div:first-child { display: flex; align-items: baseline; gap: .55em; }
.ls-inspector-error strong { font-weight: 650; font-size: 1.02rem; }
.ls-inspector-unusual .ls-inspector-sentence { font-weight: 600; }
.ls-rank-bar { position: relative; height: 5px; border-radius: 3px;
  background: color-mix(in srgb, var(--st-text-color) 11%, transparent); }
.ls-rank-bar > i { position: absolute; inset: 0 auto 0 0; width: var(--at, 0%); border-radius: 3px;
  background: var(--ls-accent); transition: width .2s ease-out; }
.ls-inspector-unusual .ls-rank-bar > i { min-width: 5px; }
.ls-inspector-head { display: flex; justify-content: space-between; gap: 1em; margin-bottom: 5px; }
.ls-inspector-head > :first-child { flex: none; }
.ls-inspector-near { display: grid; grid-template-columns: repeat(8, minmax(0, 52px)); gap: 6px; justify-content: space-between; }
.ls-inspector-near button { display: block; text-align: center; border-radius: 4px; }
.ls-inspector-near button .ls-image { transition: box-shadow .12s, transform .12s; }
.ls-inspector-near button:hover .ls-image { box-shadow: 0 0 0 2px var(--ls-accent); transform: translateY(-1px); }
.ls-inspector-near span { display: block; margin-top: 3px; font-size: .78rem; }
.ls-inspector-go { display: flex; gap: 8px; }
.ls-inspector-go .ls-primary { flex: 1; }
.ls-inspector-go button.ls-button.ls-step { width: 42px; padding: 0; }
.ls-inspector-empty { display: grid; justify-items: center; align-content: center; gap: 20px; min-height: 400px;
  padding: 24px; text-align: center; border: 1px dashed var(--ls-line); border-radius: 12px; }
.ls-inspector-empty p { max-width: 27em; font-size: 1rem; }
.ls-figure { display: flex; align-items: center; gap: 8px; }
.ls-figure > .ls-encoder, .ls-figure > .ls-decoder { width: 46px; height: 96px; }
.ls-figure > span { width: 52px; height: 52px; border-radius: 5px; border: 2px solid color-mix(in srgb, var(--ls-accent) 40%, var(--ls-background)); }
.ls-figure path { fill: none; stroke: var(--ls-accent); stroke-width: 4; stroke-linecap: round; }
.ls-figure > b { display: grid; gap: 3px; } .ls-figure > b > i { width: 8px; height: 8px; border-radius: 50%; background: var(--ls-accent); }
`;

/** A drawing of encoder, code and decoder, while nothing is selected. */
function emptyState() {
  return el(
    "div",
    { class: "ls-figure", "aria-hidden": "true" },
    emptyImage(1),
    el("i", { class: "ls-encoder" }),
    el("b", {}, el("i"), el("i"), el("i")),
    el("i", { class: "ls-decoder" }),
    emptyImage(0.5),
  );
}

/** @param {number} strength */
function emptyImage(strength) {
  return el(
    "span",
    {},
    svg(
      "svg",
      { viewBox: "0 0 52 52", opacity: strength },
      svg("path", { d: "M17 15c9-6 20-1 16 6-2 4-7 5-10 5 5 0 13 2 12 8-1 8-14 9-20 3" }),
    ),
  );
}

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-inspector", STYLE);
  /** @type {InspectorData | null} */
  let current = null;
  /** @type {number | null} what was asked for and isn't there yet */
  let pending = null;
  let pendingTimer = 0;

  const label = el("strong", { class: "ls-ellipsis" });
  const title = el("span", { class: "ls-muted ls-ellipsis" });
  const images = [imageCanvas("original"), imageCanvas("decoded"), imageCanvas("difference")];
  const captions = ["original", "", "decoded"].map((text) =>
    el("span", { class: "ls-caption" }, text),
  );
  captions.push(el("span", { class: "ls-caption" }, differenceLegend()));
  const decodedCaption = [modelMark("both"), images[1], images[2], ...captions]; // shown only for models with a decoder
  const grid = el(
    "div",
    { class: "ls-inspector-images" },
    images[0],
    decodedCaption[0],
    decodedCaption[1],
    decodedCaption[2],
    ...captions,
  );
  const error = el("strong");
  const errorValue = el(
    "div",
    {},
    error,
    el("span", { class: "ls-caption" }, "mean squared error per pixel"),
  );
  const sentence = el("p", { class: "ls-inspector-sentence" });
  const rankBar = el("div", { class: "ls-rank-bar", role: "img" }, el("i"));
  const heading = el("span", { class: "ls-caption" });
  const readout = createReadout();
  const bars = createCodeBars("columns", readout.onHover);
  const factors = createFactorTable();
  const nearest = el("div", { class: "ls-inspector-near" });
  const previous = stepButton("previous", -1);
  const next = stepButton("next", 1);
  const tray = el("button", {
    class: "ls-button ls-primary",
    type: "button",
    "data-role": "tray",
    onclick: () => current && !current.in_tray && send("tray", { id: current.id }),
  });

  const content = el(
    "div",
    { style: { display: "contents" } },
    el("div", { class: "ls-inspector-title" }, label, title),
    grid,
    el("div", { class: "ls-inspector-error" }, errorValue, rankBar, sentence),
    el("div", {}, el("div", { class: "ls-inspector-head" }, heading, readout.root), bars.root),
    factors.root,
    el(
      "div",
      {},
      el(
        "div",
        { class: "ls-inspector-head" },
        el("span", { class: "ls-caption" }, "nearest by code"),
      ),
      nearest,
    ),
    el("div", { class: "ls-inspector-go" }, previous, next, tray),
  );
  const hint = el("p");
  const empty = el("div", { class: "ls-inspector-empty" }, emptyState(), hint);
  const root = el(
    "section",
    { class: "ls ls-inspector", "aria-label": "The selected image" },
    el("div", { style: { display: "contents" } }, content, empty),
  );

  /** @param {"previous" | "next"} name @param {number} step */
  function stepButton(name, step) {
    return el(
      "button",
      {
        class: "ls-button ls-step",
        type: "button",
        "data-role": name,
        "aria-label": `${name} image (arrow key)`,
        title: `${name} image`,
        onclick: () => go(step),
      },
      icon(name),
    );
  }

  /** @param {number} id */
  function select(id) {
    pending = id;
    clearTimeout(pendingTimer);
    pendingTimer = setTimeout(() => {
      pending = null;
    }, PENDING_TIMEOUT_MS);
    send("picked", { id });
  }

  /** @param {number} step */
  function go(step) {
    if (!current) return;
    select(((pending ?? current.id) + step + current.count) % current.count);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || !current || event.defaultPrevented || !root.isConnected) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (ownsArrows(event.target)) return;
    event.preventDefault();
    go(step);
  }
  document.addEventListener("keydown", onKey);

  /** @param {InspectorData} data */
  function showNearest(data) {
    const buttons = /** @type {HTMLButtonElement[]} */ ([...nearest.children]);
    while (buttons.length > data.neighbors.length) buttons.pop()?.remove();
    while (buttons.length < data.neighbors.length) {
      const button = el(
        "button",
        {
          type: "button",
          "data-role": "neighbor",
          onclick: () => select(Number(button.dataset.id)),
        },
        imageCanvas(),
        el("span", { class: "ls-ellipsis" }),
      );
      buttons.push(button);
      nearest.append(button);
    }
    data.neighbors.forEach((neighbor, i) => {
      const [canvas, name] = buttons[i].children;
      buttons[i].dataset.id = String(neighbor.id);
      buttons[i].setAttribute(
        "aria-label",
        `neighbor ${i + 1}: ${neighbor.label}, image ${neighbor.id}`,
      );
      buttons[i].title = neighbor.label;
      setText(name, neighbor.label || "\u00a0");
      void showTile(/** @type {HTMLCanvasElement} */ (canvas), data.sheet, neighbor.id);
    });
  }

  /** @param {InspectorData} data */
  function showImages(data) {
    if (pending === data.id) {
      pending = null;
      clearTimeout(pendingTimer);
    }
    setText(label, data.label || `#${data.id}`);
    setText(title, data.title || `image ${formatCount(data.id)} of ${formatCount(data.count)}`);
    void showImage(images[0], data.original);
    const decodes = data.decoded !== "";
    for (const node of [...decodedCaption, errorValue, rankBar])
      /** @type {HTMLElement} */ (node).hidden = !decodes;
    if (decodes) {
      void showImage(images[1], data.decoded);
      void showImage(images[2], data.difference);
    }
    setText(error, data.error);
    setText(sentence, data.sentence);
    const share = Math.round(1000 * data.closer_than) / 10;
    rankBar.style.setProperty("--at", `${share}%`);
    rankBar.setAttribute("aria-label", `lower reconstruction error than ${share} % of the images`);
    root.classList.toggle("ls-inspector-unusual", data.unusual);
    const size = data.code.values.length;
    setText(heading, `latent code: ${size} dimension${size === 1 ? "" : "s"}`);
    bars.update(data.code);
    factors.update(data.factors);
    showNearest(data);
    tray.replaceChildren(
      icon(data.in_tray ? "check" : "plus"),
      data.in_tray ? "In the tray" : "Add to tray",
    );
    tray.setAttribute("aria-disabled", String(data.in_tray));
    fit();
  }

  function fit() {
    if (!current || !root.clientWidth) return;
    const side = Math.min(140, (root.clientWidth - 42) / 3);
    root.style.setProperty("--s", `${fitSide(side, current.width)}px`);
  }
  const resizeObserver = new ResizeObserver(fit);
  resizeObserver.observe(root);

  /** @param {{current: InspectorData | null, hint: string}} data */
  function update(data) {
    current = data.current;
    content.hidden = !current;
    empty.hidden = !!current;
    setText(hint, data.hint);
    root.dataset.id = current ? String(current.id) : "";
    root.dataset.tray = current ? String(current.in_tray) : "";
    if (current) showImages(current);
    else images.forEach(clearImage);
  }

  function dispose() {
    document.removeEventListener("keydown", onKey);
    clearTimeout(pendingTimer);
    resizeObserver.disconnect();
  }
  return { root, update, dispose };
}

export default defineComponent(build);
