// @ts-check
/** The road a picture takes: seen, encoded to a few numbers, decoded again. */

import { keep } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { count } from "../core/format.js";
import { differenceKey, icon } from "../core/icons.js";
import { blank, fitSide, showNothing, showUrl } from "../core/images.js";
import { createBars, createReadout } from "../widgets/code_bars.js";
import { createMap } from "./pipeline_map.js";
import { STYLE } from "./pipeline_style.js";

/**
 * @typedef {object} Thumb one of several pictures
 * @property {string} name
 * @property {string} picture address, or "" where refused
 * @property {string} refused a sentence, or "" where all is well
 */
/**
 * @typedef {object} Travel
 * @property {string} source @property {string} seen @property {string} decoded @property {string} difference
 * @property {string} source_caption @property {string} seen_caption @property {string} decoded_caption
 * @property {boolean} unusual
 * @property {import("../widgets/code_bars.js").Code} code
 * @property {number[] | null} at its place on the map
 */
/** @typedef {import("./pipeline_map.js").Cloud} Cloud */
/**
 * @typedef {object} Road
 * @property {[number, number, number]} image_shape channels, height, width
 * @property {number} latent_dim
 * @property {string} encoder what leads from the picture to the code
 * @property {Cloud | null} map
 * @property {Travel | null} travel
 * @property {Thumb[]} thumbs
 * @property {number} more pictures beyond the thumbs
 * @property {number} chosen
 * @property {string} hint
 */

/** @param {string} what @param {Node} node @param {string} [kind] */
function stage(what, node, kind = "") {
  const text = el("span");
  const title = el("b", {}, what);
  const caption = el("p", { class: "ls-caption" }, title, text);
  return { root: el("div", { class: `ls-road-stage ${kind}` }, node, caption), title, text };
}

/** @param {HTMLCanvasElement} canvas @param {string} [kind] */
function plate(canvas, kind = "") {
  return el("div", { class: `ls-road-plate ${kind}` }, canvas);
}

/** Tell the style sheet whether a picture is wide or tall.
 * @param {HTMLCanvasElement} canvas @param {Element | null} frame */
function shapeOf(canvas, frame) {
  frame?.toggleAttribute("data-wide", canvas.width >= canvas.height);
  frame?.toggleAttribute("data-tall", canvas.width < canvas.height);
}

/** @param {Node} sign */
function joint(sign) {
  return el("div", { class: "ls-road-joint" }, sign);
}

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-road", STYLE);
  /** @type {Road | null} */
  let road = null;
  let before = "";
  let flowing = 0;
  /** @type {number | null} */
  let pending = null;

  const source = blank("the picture");
  const seen = blank("what the model sees");
  const decoded = blank("reconstruction");
  const difference = blank("difference");
  const readout = createReadout();
  const bars = createBars("rows", readout.tell);
  const thumbnail = createMap();
  const code = el("div", { class: "ls-road-code" }, bars.root, thumbnail.root);
  const stages = {
    source: stage("Picture", plate(source, "ls-fit")),
    seen: stage("What the model sees", plate(seen)),
    encoder: stage("Encoder", el("i", { class: "ls-encoder" }), "ls-of-net"),
    code: stage("Code", code, "ls-of-code"),
    decoder: stage("Decoder", el("i", { class: "ls-decoder" }), "ls-of-net"),
    decoded: stage("Reconstruction", plate(decoded, "ls-road-out")),
    difference: stage("Difference", plate(difference)),
  };
  stages.difference.text.replaceWith(differenceKey());
  stages.code.text.after(readout.root);
  const way = el("div", { class: "ls-road-way" },
    stages.source.root, joint(icon("arrow")), stages.seen.root, stages.encoder.root, stages.code.root,
    stages.decoder.root, stages.decoded.root, el("span", { class: "ls-road-gap" }), stages.difference.root);
  const [pixelsIn, numbers, pixelsOut] = [el("b"), el("b"), el("b")];
  const headline = el("p", { class: "ls-road-count" },
    el("span", {}, pixelsIn, " pixels"), icon("arrow"), el("span", {}, numbers, " numbers"), icon("arrow"),
    el("span", {}, pixelsOut, " pixels"));
  const strip = el("div", { class: "ls-road-strip", role: "group", "aria-label": "pictures" });
  const sentence = el("p", { class: "ls-road-sentence" });
  const root = el("section", { class: "ls ls-road", "aria-label": "The road of a picture through the model" },
    el("div", {}, strip, headline, way, sentence));

  /** A light runs through encoder and decoder; one that is under way isn't cut short. */
  function flow() {
    if (flowing) return;
    root.dataset.flow = "";
    flowing = setTimeout(() => {
      delete root.dataset.flow;
      flowing = 0;
    }, 800);
  }

  /** @param {Thumb} thumb @param {number} index */
  function thumbNode(thumb, index) {
    if (thumb.refused) {
      return el("div", { class: "ls-refused", "data-index": index, "data-refused": "true" },
        icon("refused"), el("b", { class: "ls-cut", title: thumb.name }, thumb.name),
        el("span", { class: "ls-caption" }, thumb.refused));
    }
    const canvas = blank();
    void showUrl(canvas, thumb.picture).then(() => shapeOf(canvas, canvas.closest("button")));
    return el("button", { type: "button", "data-index": index, "data-role": "thumb", title: thumb.name,
      "aria-label": thumb.name, onclick: () => choose(index) },
      el("span", { class: "ls-plate" }, canvas), el("span", { class: "ls-caption ls-cut", style: { display: "block" } }, thumb.name));
  }

  /** @param {number} index */
  function choose(index) {
    pending = index;
    showChosen(index);
    send("chosen", { index });
  }

  /** @param {number} index */
  function showChosen(index) {
    for (const node of strip.querySelectorAll("button")) {
      node.setAttribute("aria-pressed", String(Number(node.dataset.index) === index));
    }
  }

  let stripOf = "";
  /** @param {Road} data */
  function showStrip(data) {
    const of = JSON.stringify([data.thumbs, data.more]);
    strip.hidden = data.thumbs.length < 2 && !data.thumbs.some((thumb) => thumb.refused);
    if (of !== stripOf) {
      stripOf = of;
      strip.replaceChildren(...data.thumbs.map(thumbNode));
      if (data.more > 0) strip.append(el("span", { class: "ls-caption ls-road-more" }, `and ${count(data.more)} more`));
    }
    if (pending === data.chosen) pending = null;
    showChosen(pending ?? data.chosen);
  }

  /** @param {Road} data */
  function showNumbers(data) {
    const [channels, height, width] = data.image_shape;
    const pixels = count(height * width);
    const unit = channels === 1 ? " pixels" : ` pixels × ${channels} colours`;
    for (const [node, value, what] of /** @type {[HTMLElement, string, string][]} */ ([
      [pixelsIn, pixels, unit], [numbers, count(data.latent_dim), data.latent_dim === 1 ? " number" : " numbers"],
      [pixelsOut, pixels, unit]])) {
      setText(node, value);
      if (node.nextSibling) setText(node.nextSibling, what);
    }
    setText(stages.code.text, `${count(data.latent_dim)} number${data.latent_dim === 1 ? "" : "s"}${data.map ? ", a place on the map" : ""}`);
    setText(stages.decoded.text, `${pixels} pixels`);
    setText(stages.encoder.title, data.encoder);
    setText(stages.encoder.text, `${pixels} → ${count(data.latent_dim)}`);
    setText(stages.decoder.text, `${count(data.latent_dim)} → ${pixels}`);
  }

  /** @param {Travel} travel */
  function showTravel(travel) {
    void showUrl(source, travel.source).then(() => shapeOf(source, source.parentElement));
    void showUrl(seen, travel.seen);
    void showUrl(decoded, travel.decoded);
    void showUrl(difference, travel.difference);
    setText(stages.source.text, travel.source_caption);
    setText(stages.seen.text, travel.seen_caption);
    setText(sentence, travel.decoded_caption);
    bars.update(travel.code);
    root.classList.toggle("ls-road-unusual", travel.unusual);
    const now = travel.seen + travel.code.values.join();
    if (before && now !== before) flow();
    before = now;
  }

  function fit() {
    if (!road || !root.clientWidth) return;
    const wide = root.clientWidth > 760;
    const across = wide ? (root.clientWidth - 112) / 6.62 : Math.min(150, (root.clientWidth - 16) / 2);
    root.style.setProperty("--s", `${fitSide(Math.min(224, across), road.image_shape[2])}px`);
  }
  const watch = new ResizeObserver(fit);
  watch.observe(root);

  /** @param {Road} data */
  function update(data) {
    road = data;
    fit();
    showStrip(data);
    showNumbers(data);
    root.toggleAttribute("data-empty", !data.travel);
    root.dataset.chosen = String(data.chosen);
    root.dataset.count = String(data.thumbs.length);
    if (data.travel) showTravel(data.travel);
    else {
      [source, seen, decoded, difference].forEach(showNothing);
      [stages.source, stages.seen].forEach(({ text }) => setText(text, ""));
      root.classList.remove("ls-road-unusual");
      setText(sentence, data.hint);
      bars.update(silence(data.latent_dim));
      before = "";
    }
    void thumbnail.update(data.map, data.travel?.at ?? null);
    root.dataset.code = data.travel ? data.travel.code.values.map((v) => v.toFixed(3)).join(" ") : "";
    root.dataset.revision = String(Number(root.dataset.revision ?? 0) + 1);
  }
  return { root, update, dispose: () => { watch.disconnect(); clearTimeout(flowing); } };
}

/** @param {number} size @returns {import("../widgets/code_bars.js").Code} */
function silence(size) {
  const zeros = new Array(size).fill(0);
  return { values: zeros, low: zeros.map(() => -1), high: zeros.map(() => 1), active: null };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
