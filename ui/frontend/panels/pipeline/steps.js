// @ts-check
/** The steps side by side: original, model input, encoder, code, decoder, reconstruction. */

import { el, setText } from "../../core/dom.js";
import { differenceLegend, icon } from "../../core/icons.js";
import { clearImage, imageCanvas, showImage } from "../../core/images.js";
import { createCodeBars, createReadout } from "../../widgets/code_bars.js";
import { createPipelineMap } from "./map_thumbnail.js";
import { zeroCode } from "./sizes.js";

/** @typedef {import("../pipeline.js").PipelineData} PipelineData */
/** @typedef {import("../pipeline.js").PipelineImage} PipelineImage */

export class PipelineSteps {
  constructor() {
    this.original = imageCanvas("original");
    this.modelInput = imageCanvas("model input");
    this.decoded = imageCanvas("reconstruction");
    this.difference = imageCanvas("difference");
    this.readout = createReadout();
    this.bars = createCodeBars("rows", this.readout.onHover);
    this.map = createPipelineMap();
    this.steps = this.#createSteps();
    this.root = this.#createRow();
  }

  #createSteps() {
    const code = el("div", { class: "ls-pipeline-code" }, this.bars.root, this.map.root);
    const steps = {
      original: createStep("Original", imageBox(this.original, "ls-fit")),
      modelInput: createStep("Model input", imageBox(this.modelInput)),
      encoder: createStep("Encoder", el("i", { class: "ls-encoder" }), "ls-of-net"),
      code: createStep("Latent code", code, "ls-of-code"),
      decoder: createStep("Decoder", el("i", { class: "ls-decoder" }), "ls-of-net"),
      decoded: createStep("Reconstruction", imageBox(this.decoded, "ls-pipeline-output")),
      difference: createStep("Difference", imageBox(this.difference)),
    };
    steps.difference.text.replaceWith(differenceLegend());
    steps.code.text.after(this.readout.root);
    return steps;
  }

  #createRow() {
    const { original, modelInput, encoder, code, decoder, decoded, difference } = this.steps;
    return el(
      "div",
      { class: "ls-pipeline-steps" },
      original.root,
      el("div", { class: "ls-pipeline-connector" }, icon("arrow")),
      modelInput.root,
      encoder.root,
      code.root,
      decoder.root,
      decoded.root,
      el("span", { class: "ls-pipeline-gap" }),
      difference.root,
    );
  }

  /** @param {string} encoderName @param {ReturnType<typeof import("./sizes.js").sizeTexts>} texts */
  showSizes(encoderName, texts) {
    const { encoder, code, decoder, decoded } = this.steps;
    setText(code.text, texts.code);
    setText(decoded.text, texts.decoded);
    setText(encoder.title, encoderName);
    setText(encoder.text, texts.encoder);
    setText(decoder.text, texts.decoder);
  }

  /** @param {PipelineData} data */
  update({ current, latent_dim, map }) {
    if (current) this.#show(current);
    else this.#clear(latent_dim);
    void this.map.update(map, current?.map_point ?? null);
  }

  /** @param {PipelineImage} image */
  #show(image) {
    void showImage(this.original, image.original).then(() => markAspect(this.original));
    void showImage(this.modelInput, image.model_input);
    void showImage(this.decoded, image.decoded);
    void showImage(this.difference, image.difference);
    setText(this.steps.original.text, image.original_caption);
    setText(this.steps.modelInput.text, image.model_input_caption);
    this.bars.update(image.code);
  }

  /** @param {number} latentDim */
  #clear(latentDim) {
    [this.original, this.modelInput, this.decoded, this.difference].forEach(clearImage);
    setText(this.steps.original.text, "");
    setText(this.steps.modelInput.text, "");
    this.bars.update(zeroCode(latentDim));
  }
}

/** @param {string} name @param {Node} node @param {string} [kind] */
function createStep(name, node, kind = "") {
  const text = el("span");
  const title = el("b", {}, name);
  const caption = el("p", { class: "ls-caption" }, title, text);
  return { root: el("div", { class: `ls-pipeline-step ${kind}` }, node, caption), title, text };
}

/** @param {HTMLCanvasElement} canvas @param {string} [kind] */
function imageBox(canvas, kind = "") {
  return el("div", { class: `ls-pipeline-image ${kind}` }, canvas);
}

/** Mark whether an image is wide or tall, for the style sheet.
 * @param {HTMLCanvasElement} canvas @param {Element | null} [frame] */
export function markAspect(canvas, frame = canvas.parentElement) {
  frame?.toggleAttribute("data-wide", canvas.width >= canvas.height);
  frame?.toggleAttribute("data-tall", canvas.width < canvas.height);
}
