// @ts-check
/** A map point that is no sample: its decoded image and support. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon, modelMark } from "../core/icons.js";
import { imageCanvas, fitSide, isSmooth, setSmooth, showImage } from "../core/images.js";
import { createCodeBars, createReadout } from "../widgets/code_bars.js";
import { createSupportBadge } from "../widgets/decoded_image.js";
import { createNearestImages } from "../widgets/nearest_images.js";

/**
 * @typedef {object} DecodedPointData
 * @property {string} image its address
 * @property {number} width of the image, in pixels
 * @property {string} title @property {string} support_sentence @property {string} round_trip
 * @property {import("../core/support_level.js").SupportLevel} support_level
 * @property {import("../widgets/code_bars.js").Code} code
 * @property {{id: number, label: string}[]} neighbors
 * @property {import("../core/images.js").SheetSpec} sheet
 * @property {boolean} in_tray
 */

const IMAGE_SIDE_PX = 176; // of the image, about

const STYLE = `
.ls-decoded-point { display: flex; flex-direction: column; gap: 14px; }
.ls-decoded-point-title { display: flex; align-items: baseline; gap: .6em; min-width: 0; }
.ls-decoded-point-title strong { font-size: 1.35rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; white-space: nowrap; }
.ls-decoded-point-top { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 16px; align-items: start; }
.ls-decoded-point-top .ls-image { width: var(--s); }
.ls-decoded-point-words { display: grid; gap: 9px; align-content: start; }
.ls-decoded-point-words .ls-support { font-size: 1.05rem; }
.ls-decoded-point-under { display: flex; justify-content: space-between; align-items: center; gap: 8px; margin-top: 5px; }
.ls .ls-decoded-point-smooth { padding: 2px 7px; border-radius: 6px; font-size: .78rem; color: var(--ls-muted); }
.ls .ls-decoded-point-smooth:hover { color: var(--st-text-color); background: var(--ls-surface); }
.ls-decoded-point-head { display: flex; justify-content: space-between; gap: 1em; margin-bottom: 5px; }
.ls-decoded-point-head > :first-child { flex: none; }
@container (max-width: 340px) { .ls-decoded-point-top { grid-template-columns: 1fr; } }
`;

/** The switch for smoothing. */
function createSmoothToggle() {
  const root = el("button", {
    type: "button",
    class: "ls-decoded-point-smooth",
    "data-role": "smooth",
    onclick: () => {
      setSmooth(!isSmooth());
      show();
    },
  });
  function show() {
    setText(root, isSmooth() ? "show pixels" : "smooth");
    root.title = isSmooth() ? "Enlarge images without smoothing" : "Enlarge images with smoothing";
  }
  show();
  return root;
}

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-decoded-point", STYLE);
  let width = 28;
  let inTray = false;
  const title = el("span", { class: "ls-muted ls-ellipsis" });
  const image = imageCanvas("the image decoded at this point");
  const badge = createSupportBadge();
  const frame = el("div", { class: "ls-decoded" }, el("span", { class: "ls-frame" }, image));
  const support = el("p", { "data-role": "support" });
  const roundTrip = el("p", { "data-role": "round-trip" });
  const readout = createReadout();
  const bars = createCodeBars("columns", readout.onHover);
  const heading = el("span", { class: "ls-caption" });
  const nearest = createNearestImages((id) => send("picked", { id }));
  const tray = el("button", {
    class: "ls-button ls-primary",
    type: "button",
    "data-role": "tray",
    onclick: () => !inTray && send("tray", { place: true }),
  });

  const root = el(
    "section",
    { class: "ls ls-decoded-point", "aria-label": "The selected point" },
    el(
      "div",
      { style: { display: "contents" } },
      el("div", { class: "ls-decoded-point-title" }, el("strong", {}, "Decoded here"), title),
      el(
        "div",
        { class: "ls-decoded-point-top" },
        el(
          "div",
          {},
          frame,
          el(
            "div",
            { class: "ls-decoded-point-under" },
            modelMark("decoder"),
            createSmoothToggle(),
          ),
        ),
        el("div", { class: "ls-decoded-point-words" }, badge.root, support, roundTrip),
      ),
      el(
        "div",
        {},
        el("div", { class: "ls-decoded-point-head" }, heading, readout.root),
        bars.root,
      ),
      el(
        "div",
        {},
        el(
          "div",
          { class: "ls-decoded-point-head" },
          el("span", { class: "ls-caption" }, "nearest images of the data set"),
        ),
        nearest.root,
      ),
      tray,
    ),
  );

  function fit() {
    const side = Math.min(IMAGE_SIDE_PX, 0.5 * root.clientWidth);
    if (side > 0) root.style.setProperty("--s", `${fitSide(side, width)}px`);
  }
  const resizeObserver = new ResizeObserver(fit);
  resizeObserver.observe(root);

  /** @param {DecodedPointData} data */
  function update(data) {
    width = data.width;
    inTray = data.in_tray;
    setText(title, data.title);
    void showImage(image, data.image);
    badge.show(data.support_level);
    frame.dataset.support = badge.root.dataset.support;
    root.dataset.support = data.support_level;
    root.dataset.tray = String(data.in_tray);
    setText(support, data.support_sentence);
    setText(roundTrip, data.round_trip);
    setText(heading, `latent code: ${data.code.values.length} dimensions`);
    bars.update(data.code);
    nearest.update(data);
    tray.replaceChildren(icon(inTray ? "check" : "plus"), inTray ? "In the tray" : "Add to tray");
    tray.setAttribute("aria-disabled", String(inTray));
    fit();
  }
  return { root, update, dispose: () => resizeObserver.disconnect() };
}

export default defineComponent(build);
