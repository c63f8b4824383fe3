// @ts-check
/** The steps of an image through the model: preprocessing, encoder, code, decoder. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { formatCount } from "../core/format.js";
import { differenceLegend, icon } from "../core/icons.js";
import { imageCanvas, fitSide, clearImage, showImage } from "../core/images.js";
import { createCodeBars, createReadout } from "../widgets/code_bars.js";
import { createPipelineMap } from "./pipeline_map.js";
import { PIPELINE_STYLE } from "./pipeline_style.js";

/**
 * @typedef {object} Thumb one of several images
 * @property {string} name
 * @property {string} picture address, or "" where refused
 * @property {string} refused a sentence, or "" where all is well
 */
/**
 * @typedef {object} PipelineImage
 * @property {string} original @property {string} model_input @property {string} decoded @property {string} difference
 * @property {string} original_caption @property {string} model_input_caption @property {string} decoded_caption
 * @property {boolean} unusual
 * @property {import("../widgets/code_bars.js").Code} code
 * @property {number[] | null} map_point its map coordinates
 */
/** @typedef {import("./pipeline_map.js").MapPoints} MapPoints */
/**
 * @typedef {object} PipelineData
 * @property {[number, number, number]} image_shape channels, height, width
 * @property {number} latent_dim
 * @property {string} encoder name of the encoder step
 * @property {MapPoints | null} map
 * @property {PipelineImage | null} current
 * @property {Thumb[]} thumbs
 * @property {number} more images that are not shown as thumbs
 * @property {number} chosen
 * @property {string} hint
 */

/** @param {string} what @param {Node} node @param {string} [kind] */
function createStep(what, node, kind = "") {
  const text = el("span");
  const title = el("b", {}, what);
  const caption = el("p", { class: "ls-caption" }, title, text);
  return { root: el("div", { class: `ls-pipeline-step ${kind}` }, node, caption), title, text };
}

/** @param {HTMLCanvasElement} canvas @param {string} [kind] */
function imageBox(canvas, kind = "") {
  return el("div", { class: `ls-pipeline-image ${kind}` }, canvas);
}

/** Mark whether an image is wide or tall, for the style sheet.
 * @param {HTMLCanvasElement} canvas @param {Element | null} frame */
function markAspect(canvas, frame) {
  frame?.toggleAttribute("data-wide", canvas.width >= canvas.height);
  frame?.toggleAttribute("data-tall", canvas.width < canvas.height);
}

/** @param {Node} sign */
function connector(sign) {
  return el("div", { class: "ls-pipeline-connector" }, sign);
}

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-pipeline", PIPELINE_STYLE);
  /** @type {PipelineData | null} */
  let current = null;
  let shownKey = "";
  let animationTimer = 0;
  /** @type {number | null} */
  let pending = null;

  const source = imageCanvas("original");
  const modelInput = imageCanvas("model input");
  const decoded = imageCanvas("reconstruction");
  const difference = imageCanvas("difference");
  const readout = createReadout();
  const bars = createCodeBars("rows", readout.onHover);
  const thumbnail = createPipelineMap();
  const code = el("div", { class: "ls-pipeline-code" }, bars.root, thumbnail.root);
  const steps = {
    source: createStep("Original", imageBox(source, "ls-fit")),
    modelInput: createStep("Model input", imageBox(modelInput)),
    encoder: createStep("Encoder", el("i", { class: "ls-encoder" }), "ls-of-net"),
    code: createStep("Latent code", code, "ls-of-code"),
    decoder: createStep("Decoder", el("i", { class: "ls-decoder" }), "ls-of-net"),
    decoded: createStep("Reconstruction", imageBox(decoded, "ls-pipeline-output")),
    difference: createStep("Difference", imageBox(difference)),
  };
  steps.difference.text.replaceWith(differenceLegend());
  steps.code.text.after(readout.root);
  const stepsRow = el(
    "div",
    { class: "ls-pipeline-steps" },
    steps.source.root,
    connector(icon("arrow")),
    steps.modelInput.root,
    steps.encoder.root,
    steps.code.root,
    steps.decoder.root,
    steps.decoded.root,
    el("span", { class: "ls-pipeline-gap" }),
    steps.difference.root,
  );
  const [pixelsIn, numbers, pixelsOut] = [el("b"), el("b"), el("b")];
  const sizesLine = el(
    "p",
    { class: "ls-pipeline-sizes" },
    el("span", {}, pixelsIn, " pixels"),
    icon("arrow"),
    el("span", {}, numbers, " dimensions"),
    icon("arrow"),
    el("span", {}, pixelsOut, " pixels"),
  );
  const thumbs = el("div", { class: "ls-pipeline-thumbs", role: "group", "aria-label": "images" });
  const sentence = el("p", { class: "ls-pipeline-sentence" });
  const root = el(
    "section",
    {
      class: "ls ls-pipeline",
      "aria-label": "The pipeline from the original to its reconstruction",
    },
    el("div", {}, thumbs, sizesLine, stepsRow, sentence),
  );

  /** Animate encoder and decoder once, unless they are being animated. */
  function animate() {
    if (animationTimer) return;
    root.dataset.flow = "";
    animationTimer = setTimeout(() => {
      delete root.dataset.flow;
      animationTimer = 0;
    }, 800);
  }

  /** @param {Thumb} thumb @param {number} index */
  function thumbNode(thumb, index) {
    if (thumb.refused) {
      return el(
        "div",
        { class: "ls-refused", "data-index": index, "data-refused": "true" },
        icon("refused"),
        el("b", { class: "ls-ellipsis", title: thumb.name }, thumb.name),
        el("span", { class: "ls-caption" }, thumb.refused),
      );
    }
    const canvas = imageCanvas();
    void showImage(canvas, thumb.picture).then(() => markAspect(canvas, canvas.closest("button")));
    return el(
      "button",
      {
        type: "button",
        "data-index": index,
        "data-role": "thumb",
        title: thumb.name,
        "aria-label": thumb.name,
        onclick: () => choose(index),
      },
      el("span", { class: "ls-surface" }, canvas),
      el("span", { class: "ls-caption ls-ellipsis", style: { display: "block" } }, thumb.name),
    );
  }

  /** @param {number} index */
  function choose(index) {
    pending = index;
    showChosen(index);
    send("chosen", { index });
  }

  /** @param {number} index */
  function showChosen(index) {
    for (const node of thumbs.querySelectorAll("button")) {
      node.setAttribute("aria-pressed", String(Number(node.dataset.index) === index));
    }
  }

  let thumbsKey = "";
  /** @param {PipelineData} data */
  function showThumbs(data) {
    const of = JSON.stringify([data.thumbs, data.more]);
    thumbs.hidden = data.thumbs.length < 2 && !data.thumbs.some((thumb) => thumb.refused);
    if (of !== thumbsKey) {
      thumbsKey = of;
      thumbs.replaceChildren(...data.thumbs.map(thumbNode));
      if (data.more > 0)
        thumbs.append(
          el(
            "span",
            { class: "ls-caption ls-pipeline-more" },
            `and ${formatCount(data.more)} more`,
          ),
        );
    }
    if (pending === data.chosen) pending = null;
    showChosen(pending ?? data.chosen);
  }

  /** @param {PipelineData} data */
  function showSizes(data) {
    const [channels, height, width] = data.image_shape;
    const pixels = formatCount(height * width);
    const unit = channels === 1 ? " pixels" : ` pixels × ${channels} colours`;
    for (const [node, value, what] of /** @type {[HTMLElement, string, string][]} */ ([
      [pixelsIn, pixels, unit],
      [numbers, formatCount(data.latent_dim), data.latent_dim === 1 ? " dimension" : " dimensions"],
      [pixelsOut, pixels, unit],
    ])) {
      setText(node, value);
      if (node.nextSibling) setText(node.nextSibling, what);
    }
    setText(
      steps.code.text,
      `${formatCount(data.latent_dim)} dimension${data.latent_dim === 1 ? "" : "s"}${data.map ? ", a place on the map" : ""}`,
    );
    setText(steps.decoded.text, `${pixels} pixels`);
    setText(steps.encoder.title, data.encoder);
    setText(steps.encoder.text, `${pixels} → ${formatCount(data.latent_dim)}`);
    setText(steps.decoder.text, `${formatCount(data.latent_dim)} → ${pixels}`);
  }

  /** @param {PipelineImage} travel */
  function showSteps(travel) {
    void showImage(source, travel.original).then(() => markAspect(source, source.parentElement));
    void showImage(modelInput, travel.model_input);
    void showImage(decoded, travel.decoded);
    void showImage(difference, travel.difference);
    setText(steps.source.text, travel.original_caption);
    setText(steps.modelInput.text, travel.model_input_caption);
    setText(sentence, travel.decoded_caption);
    bars.update(travel.code);
    root.classList.toggle("ls-pipeline-unusual", travel.unusual);
    const now = travel.model_input + travel.code.values.join();
    if (shownKey && now !== shownKey) animate();
    shownKey = now;
  }

  function fit() {
    if (!current || !root.clientWidth) return;
    const wide = root.clientWidth > 760;
    const across = wide
      ? (root.clientWidth - 112) / 6.62
      : Math.min(150, (root.clientWidth - 16) / 2);
    root.style.setProperty("--s", `${fitSide(Math.min(224, across), current.image_shape[2])}px`);
  }
  const resizeObserver = new ResizeObserver(fit);
  resizeObserver.observe(root);

  /** @param {PipelineData} data */
  function update(data) {
    current = data;
    fit();
    showThumbs(data);
    showSizes(data);
    root.toggleAttribute("data-empty", !data.current);
    root.dataset.chosen = String(data.chosen);
    root.dataset.count = String(data.thumbs.length);
    if (data.current) showSteps(data.current);
    else {
      [source, modelInput, decoded, difference].forEach(clearImage);
      [steps.source, steps.modelInput].forEach(({ text }) => setText(text, ""));
      root.classList.remove("ls-pipeline-unusual");
      setText(sentence, data.hint);
      bars.update(zeroCode(data.latent_dim));
      shownKey = "";
    }
    void thumbnail.update(data.map, data.current?.map_point ?? null);
    root.dataset.code = data.current
      ? data.current.code.values.map((v) => v.toFixed(3)).join(" ")
      : "";
    root.dataset.revision = String(Number(root.dataset.revision ?? 0) + 1);
  }
  return {
    root,
    update,
    dispose: () => {
      resizeObserver.disconnect();
      clearTimeout(animationTimer);
    },
  };
}

/** @param {number} size @returns {import("../widgets/code_bars.js").Code} */
function zeroCode(size) {
  const zeros = new Array(size).fill(0);
  return { values: zeros, low: zeros.map(() => -1), high: zeros.map(() => 1), active: null };
}

export default defineComponent(build);
