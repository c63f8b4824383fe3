// @ts-check
/** The steps of an image through the model: preprocessing, encoder, code, decoder. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { fitSide } from "../core/images.js";
import { verdictHelp, verdictOf } from "../core/verdict.js";
import { createSupportBadge } from "../widgets/decoded_image.js";
import { sizeTexts, stepSide } from "./pipeline/sizes.js";
import { PipelineSteps } from "./pipeline/steps.js";
import { PIPELINE_STYLE } from "./pipeline/style.js";
import { PipelineThumbs } from "./pipeline/thumbs.js";

/** @typedef {import("../core/payloads.js").PipelineImage} PipelineImage */
/** @typedef {import("../core/payloads.js").PipelineData} PipelineData */

const ANIMATION_MS = 800; // as in the style sheet

class Pipeline {
  /** @type {PipelineData | null} */ #current = null;
  #shownKey = ""; // of the image
  #animationTimer = 0;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-pipeline", PIPELINE_STYLE);
    this.thumbs = new PipelineThumbs((index) => send("chosen", { index }));
    this.sizes = createSizesLine();
    this.steps = new PipelineSteps();
    this.badge = createSupportBadge();
    this.sentence = el("p", { class: "ls-pipeline-sentence" });
    this.verdictHelp = el("span", { class: "ls-caption" });
    this.verdict = el("p", { class: "ls-pipeline-verdict", hidden: true });
    this.root = el(
      "section",
      {
        class: "ls ls-pipeline",
        "aria-label": "The pipeline from the original to its reconstruction",
      },
      el(
        "div",
        {},
        ...[this.thumbs.root, this.sizes.root, this.steps.root, this.sentence, this.verdict],
      ),
    );
    this.verdict.append(this.badge.root, this.verdictHelp);
    this.resizeObserver = new ResizeObserver(() => this.#fit());
    this.resizeObserver.observe(this.root);
  }

  #fit() {
    if (!this.#current || !this.root.clientWidth) return;
    const side = stepSide(this.root.clientWidth);
    this.root.style.setProperty("--s", `${fitSide(side, this.#current.image_shape[2])}px`);
  }

  /** Animate encoder and decoder once, unless they are being animated. */
  #animate() {
    if (this.#animationTimer) return;
    this.root.dataset.flow = "";
    this.#animationTimer = setTimeout(() => {
      delete this.root.dataset.flow;
      this.#animationTimer = 0;
    }, ANIMATION_MS);
  }

  /** @param {PipelineData} data */
  update(data) {
    this.#current = data;
    this.#fit();
    this.thumbs.update(data);
    const texts = sizeTexts(data.image_shape, data.latent_dim, data.map !== null);
    this.sizes.update(texts);
    this.steps.showSizes(data.encoder, texts);
    this.steps.update(data);
    this.#showState(data);
    this.#animateNewImage(data.current);
  }

  /** @param {PipelineData} data */
  #showState({ current, chosen, thumbs, hint }) {
    setText(this.sentence, current ? current.decoded_caption : hint);
    this.#showVerdict(current?.verdict ?? null);
    this.root.classList.toggle("ls-pipeline-unusual", current?.unusual ?? false);
    this.root.toggleAttribute("data-empty", !current);
    const { dataset } = this.root;
    dataset.chosen = String(chosen);
    dataset.count = String(thumbs.length);
    dataset.code = current ? current.code.values.map((value) => value.toFixed(3)).join(" ") : "";
    dataset.revision = String(Number(dataset.revision ?? 0) + 1);
  }

  /** @param {PipelineImage["verdict"]} levels */
  #showVerdict(levels) {
    const verdict = levels && verdictOf(levels.support_level, levels.image_level);
    this.badge.show(verdict);
    setText(this.verdictHelp, verdict ? verdictHelp(verdict) : "");
    this.verdict.hidden = verdict === null;
    this.root.dataset.support = verdict?.slug ?? "";
  }

  /** @param {PipelineImage | null} image */
  #animateNewImage(image) {
    const key = image ? image.model_input + image.code.values.join() : "";
    if (this.#shownKey && key && key !== this.#shownKey) this.#animate();
    this.#shownKey = key;
  }

  dispose() {
    this.resizeObserver.disconnect();
    clearTimeout(this.#animationTimer);
  }
}

/** The line "784 pixels → 16 dimensions → 784 pixels". */
function createSizesLine() {
  const parts = [0, 1, 2].map(() => ({ value: el("b"), unit: el("span") }));
  const [input, code, output] = parts.map(({ value, unit }) => el("span", {}, value, unit));
  const root = el(
    "p",
    { class: "ls-pipeline-sizes" },
    input,
    icon("arrow"),
    code,
    icon("arrow"),
    output,
  );
  /** @param {ReturnType<typeof sizeTexts>} texts */
  function update({ pixels, pixelUnit, dims, dimUnit }) {
    parts.forEach(({ value, unit }, i) => {
      const isCode = i === 1;
      setText(value, isCode ? dims : pixels);
      setText(unit, isCode ? dimUnit : pixelUnit);
    });
  }
  return { root, update };
}

export default defineComponent((send) => new Pipeline(send));
