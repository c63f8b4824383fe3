// @ts-check
/** One image of the data set: original, reconstruction, code and nearest neighbors. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { fitSide } from "../core/images.js";
import { OptimisticValue } from "../core/optimistic.js";
import { publishPreview, subscribePreviews } from "../core/sample_preview.js";
import { cyclicIndex, listenForArrowKeys } from "../widgets/arrow_keys.js";
import { createCodePanel } from "../widgets/code_panel.js";
import { createFactorTable } from "../widgets/factor_table.js";
import { createNearestImages } from "../widgets/nearest_images.js";
import { createStepButtons, createTrayButton } from "../widgets/panel_buttons.js";
import { createEmptyState } from "./inspector/empty_state.js";
import { createNeighborChoice } from "./inspector/neighbor_choice.js";
import { INSPECTOR_STYLE } from "./inspector/style.js";
import { createErrorSummary, createReconstructionImages } from "./inspector/reconstruction.js";

/** @typedef {import("../core/payloads.js").SampleInfo} InspectorData */
/** @typedef {import("../core/sample_preview.js").SamplePreview} SamplePreview */

const ANSWER_TIMEOUT_MS = 1500; // then Python has ignored the selection
const MAX_SIDE_PX = 140; // of an image
const GAPS_PX = 42; // between the three images

class Inspector {
  /** @type {InspectorData | null} */ #current = null;
  #selected = new OptimisticValue(/** @type {number | null} */ (null)); // id
  #answerTimer = 0;
  /** @type {{id: number, until: number} | null} */ #awaited = null; // shown before the answer

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-inspector", INSPECTOR_STYLE);
    this.send = send;
    this.title = createTitle();
    this.images = createReconstructionImages();
    this.error = createErrorSummary();
    this.code = createCodePanel();
    this.factors = createFactorTable();
    this.neighborChoice = createNeighborChoice((choice) => send("neighbors", choice));
    this.nearest = createNearestImages((id) => this.#select(id));
    this.tray = createTrayButton(() => send("tray", { id: this.#current?.id }));
    this.content = assemble(this, (step) => this.#go(step));
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
    this.stopPreviews = subscribePreviews((preview) => this.#preview(preview));
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

  /** A sample just selected on the map, before Python has answered. @param {SamplePreview} preview */
  #preview({ id, label, sheet, images, shape }) {
    if (!this.#current || this.#current.id === id) return;
    this.#awaited = { id, until: performance.now() + ANSWER_TIMEOUT_MS };
    this.#setBusy(true);
    this.root.dataset.id = String(id);
    this.title.update({ id, label, title: "", count: this.#current.count });
    this.images.preview(sheet, id, images, shape);
  }

  /** Whether Python has not yet answered the last of several clicks. @param {InspectorData | null} current */
  #isOutdated(current) {
    if (!this.#awaited || performance.now() > this.#awaited.until) return false;
    return current !== null && current.id !== this.#awaited.id;
  }

  /** Whether everything but title and images is of another sample. @param {boolean} busy */
  #setBusy(busy) {
    this.root.classList.toggle("ls-inspector-busy", busy);
    this.root.setAttribute("aria-busy", String(busy));
  }

  /** @param {{current: InspectorData | null, hint: string}} payload */
  update({ current, hint }) {
    if (this.#isOutdated(current)) return;
    publishPreview(null);
    this.#awaited = null;
    this.#setBusy(false);
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
    this.neighborChoice.update(data);
    this.nearest.update(data);
    this.tray.update(data.in_tray);
    this.#fit();
  }

  dispose() {
    this.stopKeys();
    this.stopPreviews();
    clearTimeout(this.#answerTimer);
    this.resizeObserver.disconnect();
  }
}

/** The parts of the panel in their order. @param {Inspector} panel @param {(step: number) => void} go */
function assemble({ title, images, error, code, factors, neighborChoice, nearest, tray }, go) {
  return el(
    "div",
    { style: { display: "contents" } },
    title.root,
    images.root,
    error.root,
    code.root,
    factors.root,
    el("div", {}, el("div", { class: "ls-inspector-head" }, neighborChoice.root), nearest.root),
    el("div", { class: "ls-inspector-go" }, ...createStepButtons("image", go), tray.root),
  );
}

/** The label of the sample, and its title or its number. */
function createTitle() {
  const label = el("strong", { class: "ls-ellipsis" });
  const title = el("span", { class: "ls-muted ls-ellipsis" });
  const root = el("div", { class: "ls-inspector-title" }, label, title);
  /** @param {Pick<InspectorData, "id" | "label" | "title" | "count">} data */
  function update(data) {
    setText(label, data.label || `#${data.id}`);
    setText(title, data.title || `image ${formatCount(data.id)} of ${formatCount(data.count)}`);
  }
  return { root, update };
}

export default defineComponent((send) => new Inspector(send));
