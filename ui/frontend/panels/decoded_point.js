// @ts-check
/** A place of the map between the pictures: what is decoded there, and how far to trust it. */

import { keep } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon, mark } from "../core/icons.js";
import { blank, fitSide, isSmooth, setSmooth, showUrl } from "../core/images.js";
import { createBars, createReadout } from "../widgets/code_bars.js";
import { createTrust } from "../widgets/decoded_image.js";
import { createNear } from "../widgets/nearest_images.js";

/**
 * @typedef {object} Shown
 * @property {string} picture its address
 * @property {number} width of the picture, in pixels
 * @property {string} title @property {string} support @property {string} round_trip
 * @property {import("../core/support_level.js").Trust} trust
 * @property {import("../widgets/code_bars.js").Code} code
 * @property {{id: number, label: string}[]} neighbours
 * @property {import("../core/images.js").SheetSpec} sheet
 * @property {boolean} in_tray
 */

const SIDE = 176; // of the picture, about

const STYLE = `
.ls-place { display: flex; flex-direction: column; gap: 14px; }
.ls-place-title { display: flex; align-items: baseline; gap: .6em; min-width: 0; }
.ls-place-title strong { font-size: 1.35rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; white-space: nowrap; }
.ls-place-top { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 16px; align-items: start; }
.ls-place-top .ls-picture { width: var(--s); }
.ls-place-words { display: grid; gap: 9px; align-content: start; }
.ls-place-words .ls-trust { font-size: 1.05rem; }
.ls-place-under { display: flex; justify-content: space-between; align-items: center; gap: 8px; margin-top: 5px; }
.ls .ls-place-smooth { padding: 2px 7px; border-radius: 6px; font-size: .78rem; color: var(--ls-quiet); }
.ls .ls-place-smooth:hover { color: var(--st-text-color); background: var(--ls-plate); }
.ls-place-head { display: flex; justify-content: space-between; gap: 1em; margin-bottom: 5px; }
.ls-place-head > :first-child { flex: none; }
@container (max-width: 340px) { .ls-place-top { grid-template-columns: 1fr; } }
`;

/** Crisp or smooth. */
function createSmooth() {
  const root = el("button", { type: "button", class: "ls-place-smooth", "data-role": "smooth", onclick: () => {
    setSmooth(!isSmooth());
    show();
  } });
  function show() {
    setText(root, isSmooth() ? "show pixels" : "smooth");
    root.title = isSmooth() ? "Enlarge pictures crisply" : "Enlarge pictures smoothly";
  }
  show();
  return root;
}

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-place", STYLE);
  let width = 28;
  let inTray = false;
  const title = el("span", { class: "ls-quiet ls-cut" });
  const picture = blank("what the model makes of this place");
  const trust = createTrust();
  const frame = el("div", { class: "ls-stage" }, el("span", { class: "ls-frame" }, picture));
  const support = el("p", { "data-role": "support" });
  const roundTrip = el("p", { "data-role": "round-trip" });
  const readout = createReadout();
  const bars = createBars("columns", readout.tell);
  const heading = el("span", { class: "ls-caption" });
  const near = createNear((id) => send("picked", { id }));
  const tray = el("button", { class: "ls-button ls-first", type: "button", "data-role": "tray",
    onclick: () => !inTray && send("tray", { place: true }) });

  const root = el("section", { class: "ls ls-place", "aria-label": "The chosen place" }, el("div", { style: { display: "contents" } },
    el("div", { class: "ls-place-title" }, el("strong", {}, "Decoded here"), title),
    el("div", { class: "ls-place-top" },
      el("div", {}, frame, el("div", { class: "ls-place-under" }, mark("decoder"), createSmooth())),
      el("div", { class: "ls-place-words" }, trust.root, support, roundTrip)),
    el("div", {}, el("div", { class: "ls-place-head" }, heading, readout.root), bars.root),
    el("div", {}, el("div", { class: "ls-place-head" }, el("span", { class: "ls-caption" }, "real pictures with the nearest codes")), near.root),
    tray));

  function fit() {
    const side = Math.min(SIDE, 0.5 * root.clientWidth);
    if (side > 0) root.style.setProperty("--s", `${fitSide(side, width)}px`);
  }
  const watch = new ResizeObserver(fit);
  watch.observe(root);

  /** @param {Shown} data */
  function update(data) {
    width = data.width;
    inTray = data.in_tray;
    setText(title, data.title);
    void showUrl(picture, data.picture);
    trust.show(data.trust);
    frame.dataset.trust = trust.root.dataset.trust;
    root.dataset.trust = data.trust;
    root.dataset.tray = String(data.in_tray);
    setText(support, data.support);
    setText(roundTrip, data.round_trip);
    setText(heading, `code: ${data.code.values.length} numbers`);
    bars.update(data.code);
    near.update(data);
    tray.replaceChildren(icon(inTray ? "check" : "plus"), inTray ? "In the tray" : "Add to tray");
    tray.setAttribute("aria-disabled", String(inTray));
    fit();
  }
  return { root, update, dispose: () => watch.disconnect() };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
