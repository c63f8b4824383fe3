// @ts-check
/** One image of the data set: original, reconstruction, code and nearest neighbors. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { fitSide } from "../core/images.js";
import { OptimisticValue } from "../core/optimistic.js";
import { cyclicIndex, listenForArrowKeys } from "../widgets/arrow_keys.js";
import { createCodePanel } from "../widgets/code_panel.js";
import { createFactorTable } from "../widgets/factor_table.js";
import { createNearestImages } from "../widgets/nearest_images.js";
import { createStepButtons, createTrayButton } from "../widgets/panel_buttons.js";
import { createEmptyState } from "./inspector/empty_state.js";
import { INSPECTOR_STYLE } from "./inspector/style.js";
import { createErrorSummary, createReconstructionImages } from "./inspector/reconstruction.js";

/** @typedef {import("../core/payloads.js").SampleInfo} InspectorData */

const ANSWER_TIMEOUT_MS = 1500; // then Python has ignored the selection
const MAX_SIDE_PX = 140; // of an image
const GAPS_PX = 42; // between the three images

class Inspector {
  /** @type {InspectorData | null} */ #current = null;
  #selected = new OptimisticValue(/** @type {number | null} */ (null)); // id
  #answerTimer = 0;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-inspector", INSPECTOR_STYLE);
    this.send = send;
    this.title = createTitle();
    this.images = createReconstructionImages();
    this.error = createErrorSummary();
    this.code = createCodePanel();
    this.factors = createFactorTable();
    this.nearest = createNearestImages((id) => this.#select(id));
    this.tray = createTrayButton(() => send("tray", { id: this.#current?.id }));
    this.content = this.#createContent();
    this.empty = createEmptyState();
    this.root = el(
      "section",
      { class: "ls ls-inspector", "aria-label": "The selected image" },
      el("div", { style: { display: "contents" } }, this.content, this.empty.root),
    );
    this.stopKeys = listenForArrowKeys(
      this.root,
      () => this.#current !== null,
      (step) => this.#go(step),
    );
    this.resizeObserver = new ResizeObserver(() => this.#fit());
    this.resizeObserver.observe(this.root);
  }

  #createContent() {
    const nearestCaption = el("span", { class: "ls-caption" }, "nearest by code");
    return el(
      "div",
      { style: { display: "contents" } },
      this.title.root,
      this.images.root,
      this.error.root,
      this.code.root,
      this.factors.root,
      el("div", {}, el("div", { class: "ls-inspector-head" }, nearestCaption), this.nearest.root),
      el(
        "div",
        { class: "ls-inspector-go" },
        ...createStepButtons("image", (step) => this.#go(step)),
        this.tray.root,
      ),
    );
  }

  /** @param {number} id */
  #select(id) {
    this.#selected.set(id);
    clearTimeout(this.#answerTimer);
    this.#answerTimer = setTimeout(() => this.#selected.revert(), ANSWER_TIMEOUT_MS);
    this.send("picked", { id });
  }

  /** @param {number} step */
  #go(step) {
    if (!this.#current) return;
    const from = this.#selected.value ?? this.#current.id;
    this.#select(cyclicIndex(from, step, this.#current.count));
  }

  #fit() {
    if (!this.#current || !this.root.clientWidth) return;
    const side = Math.min(MAX_SIDE_PX, (this.root.clientWidth - GAPS_PX) / 3);
    this.root.style.setProperty("--s", `${fitSide(side, this.#current.width)}px`);
  }

  /** @param {{current: InspectorData | null, hint: string}} payload */
  update({ current, hint }) {
    this.#current = current;
    this.#selected.receive(current?.id ?? null);
    this.content.hidden = !current;
    this.empty.root.hidden = !!current;
    this.empty.update(hint);
    this.root.dataset.id = current ? String(current.id) : "";
    this.root.dataset.tray = current ? String(current.in_tray) : "";
    if (current) this.#show(current);
    else this.images.clear();
  }

  /** @param {InspectorData} data */
  #show(data) {
    this.title.update(data);
    this.images.update(data);
    this.error.update(data);
    this.root.classList.toggle("ls-inspector-unusual", data.unusual);
    this.code.update(data.code);
    this.factors.update(data.factors);
    this.nearest.update(data);
    this.tray.update(data.in_tray);
    this.#fit();
  }

  dispose() {
    this.stopKeys();
    clearTimeout(this.#answerTimer);
    this.resizeObserver.disconnect();
  }
}

/** The label of the sample, and its title or its number. */
function createTitle() {
  const label = el("strong", { class: "ls-ellipsis" });
  const title = el("span", { class: "ls-muted ls-ellipsis" });
  const root = el("div", { class: "ls-inspector-title" }, label, title);
  /** @param {InspectorData} data */
  function update(data) {
    setText(label, data.label || `#${data.id}`);
    setText(title, data.title || `image ${formatCount(data.id)} of ${formatCount(data.count)}`);
  }
  return { root, update };
}

export default defineComponent((send) => new Inspector(send));
