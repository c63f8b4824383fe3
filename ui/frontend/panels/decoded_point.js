// @ts-check
/** A code that is not of a sample of the data: its decoded image and support. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { modelMark } from "../core/icons.js";
import { imageCanvas, fitSide, isSmooth, setSmooth, showImage } from "../core/images.js";
import { verdictOf } from "../core/verdict.js";
import { createCodePanel } from "../widgets/code_panel.js";
import { createSupportBadge } from "../widgets/decoded_image.js";
import { createNearestImages } from "../widgets/nearest_images.js";
import { createTrayButton } from "../widgets/panel_buttons.js";

/** @typedef {import("../core/payloads.js").DecodedPointData} DecodedPointData */

const MAX_SIDE_PX = 176; // of the image

const STYLE = `
.ls-decoded-point { display: flex; flex-direction: column; gap: 14px; }
.ls-decoded-point-title { display: flex; align-items: baseline; gap: .6em; min-width: 0; }
.ls-decoded-point-title strong { font-size: 1.35rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; white-space: nowrap; }
.ls-decoded-point-top { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 16px; align-items: start; }
.ls-decoded-point-top .ls-image { width: var(--s); }
.ls-decoded-point-words { display: grid; gap: 9px; align-content: start; }
.ls-decoded-point-words .ls-support { font-size: 1.05rem; }
.ls-decoded-point-under { display: flex; justify-content: space-between; align-items: center; gap: 8px; margin-top: 5px; }
.ls .ls-decoded-point-smooth { padding: 2px 7px; border-radius: 6px; font-size: .87rem; color: var(--ls-muted); }
.ls .ls-decoded-point-smooth:hover { color: var(--st-text-color); background: var(--ls-surface); }
.ls-decoded-point-head { display: flex; margin-bottom: 5px; }
@container (max-width: 340px) { .ls-decoded-point-top { grid-template-columns: 1fr; } }
`;

/** The switch between smooth and crisp enlargement. */
function createSmoothToggle() {
  const root = el("button", {
    type: "button",
    class: "ls-decoded-point-smooth",
    "data-role": "smooth",
    onclick: () => {
      setSmooth(!isSmooth());
      update();
    },
  });
  function update() {
    setText(root, isSmooth() ? "show pixels" : "smooth");
    root.title = isSmooth() ? "Enlarge images without smoothing" : "Enlarge images with smoothing";
  }
  update();
  return root;
}

class DecodedPoint {
  #width = 28; // of the image, in pixels

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-decoded-point", STYLE);
    this.heading = el("strong");
    this.title = el("span", { class: "ls-muted ls-ellipsis" });
    this.nearestHeading = el("span", { class: "ls-caption" });
    this.image = imageCanvas("the image decoded at this point");
    this.frame = el("div", { class: "ls-decoded" }, el("span", { class: "ls-frame" }, this.image));
    this.badge = createSupportBadge();
    this.support = el("p", { "data-role": "support" });
    this.roundTrip = el("p", { "data-role": "round-trip" });
    this.code = createCodePanel();
    this.nearest = createNearestImages((id) => send("picked", { id }));
    this.tray = createTrayButton(() => send("tray", { place: true }));
    this.root = el(
      "section",
      { class: "ls ls-decoded-point", "aria-label": "The selected point" },
      el("div", { style: { display: "contents" } }, ...this.#createParts()),
    );
    this.resizeObserver = new ResizeObserver(() => this.#fit());
    this.resizeObserver.observe(this.root);
  }

  #createParts() {
    return [
      el("div", { class: "ls-decoded-point-title" }, this.heading, this.title),
      el(
        "div",
        { class: "ls-decoded-point-top" },
        el("div", {}, this.frame, createImageFooter()),
        el(
          "div",
          { class: "ls-decoded-point-words" },
          this.badge.root,
          this.support,
          this.roundTrip,
        ),
      ),
      this.code.root,
      el(
        "div",
        {},
        el("div", { class: "ls-decoded-point-head" }, this.nearestHeading),
        this.nearest.root,
      ),
      this.tray.root,
    ];
  }

  #fit() {
    const side = Math.min(MAX_SIDE_PX, 0.5 * this.root.clientWidth);
    if (side > 0) this.root.style.setProperty("--s", `${fitSide(side, this.#width)}px`);
  }

  /** @param {DecodedPointData} data */
  update(data) {
    this.#width = data.width;
    setText(this.heading, data.heading);
    setText(this.title, data.title);
    setText(this.nearestHeading, data.nearest_heading);
    void showImage(this.image, data.image);
    const verdict = verdictOf(data.support_level, data.image_level);
    this.badge.show(verdict);
    this.frame.dataset.support = verdict.slug;
    this.root.dataset.support = data.support_level;
    this.root.dataset.tray = String(data.in_tray);
    setText(this.support, data.support_sentence);
    setText(this.roundTrip, data.round_trip);
    this.code.update(data.code);
    this.nearest.update(data);
    this.tray.update(data.in_tray);
    this.#fit();
  }

  dispose() {
    this.resizeObserver.disconnect();
  }
}

function createImageFooter() {
  return el("div", { class: "ls-decoded-point-under" }, modelMark("decoder"), createSmoothToggle());
}

export default defineComponent((send) => new DecodedPoint(send));
