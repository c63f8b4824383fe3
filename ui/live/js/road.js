// @ts-check
/** The road a picture takes: seen, encoded to a few numbers, decoded again. */

import { createBars, createReadout } from "./bars.js";
import { blank, fitSide, showNothing, showUrl } from "./pixels.js";
import { addStyle, count, differenceKey, el, icon, keep, setText } from "./theme.js";

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
 * @property {import("./bars.js").Code} code
 * @property {number[] | null} at its place on the map
 */
/** @typedef {{url: string, dims: number, lo: number[], hi: number[]}} Cloud points of a map */
/**
 * @typedef {object} Road
 * @property {[number, number, number]} image_shape channels, height, width
 * @property {number} latent_dim
 * @property {Cloud | null} map
 * @property {Travel | null} travel
 * @property {Thumb[]} thumbs
 * @property {number} more pictures beyond the thumbs
 * @property {number} chosen
 * @property {string} hint
 */

const MAP_SIDE = 360; // of the thumbnail, in its own pixels
const LEVELS = 65535;

const STYLE = `
.ls-road { --s: 140px; }
.ls-road > div { display: grid; gap: 14px; }
.ls-road-count { display: flex; flex-wrap: wrap; align-items: center; gap: .1em .7em; font-size: 1.28rem; font-weight: 300; letter-spacing: -.01em; }
.ls-road-count b { font-weight: 650; }
.ls-road-count .ls-icon { color: var(--ls-accent); font-size: 1rem; stroke-width: 1.8; }
.ls-road-way { display: flex; justify-content: space-between; align-items: flex-start; gap: 8px; }
.ls-road-stage { display: flex; flex-direction: column; gap: 9px; flex: none; width: var(--s); }
.ls-road-stage.ls-of-net { width: calc(var(--s) * .56); }
.ls-road-stage.ls-of-code { width: calc(var(--s) * 1.5 + 12px); }
.ls-road-stage > .ls-caption b { display: block; color: var(--st-text-color); font-weight: 600; font-size: .88rem; }
.ls-road-stage > .ls-caption .ls-caption { display: block; }
.ls-of-code > .ls-caption { min-height: 3.9em; }
.ls-road-joint { flex: 0 1 26px; height: var(--s); display: grid; place-items: center; color: var(--ls-accent); }
.ls-road-joint .ls-icon { width: 22px; height: 22px; stroke-width: 1.4; }
.ls-road-gap { flex: 0 1 10px; }
.ls-road .ls-road-plate { width: var(--s); height: var(--s); display: grid; place-items: center; position: relative; border-radius: 5px; }
.ls-road-plate .ls-picture { max-width: 100%; max-height: 100%; width: 100%; object-fit: contain; }
.ls-road-plate.ls-fit .ls-picture { position: absolute; inset: 0; margin: auto; width: auto; height: auto; }
.ls-road-plate.ls-fit[data-tall] .ls-picture { height: 100%; } .ls-road-plate.ls-fit[data-wide] .ls-picture { width: 100%; }
.ls-road[data-empty] .ls-road-plate, .ls-road-plate[data-empty] { border: 1px dashed color-mix(in srgb, var(--st-text-color) 28%, transparent); }
.ls-road[data-empty] .ls-road-plate canvas { visibility: hidden; }
.ls-road-way .ls-encoder, .ls-road-way .ls-decoder { position: relative; width: 100%; flex: none; height: var(--s); overflow: hidden; }
.ls-road-way .ls-encoder::after, .ls-road-way .ls-decoder::after { content: ""; position: absolute; inset: 0;
  background: linear-gradient(90deg, transparent, color-mix(in srgb, var(--ls-ground) 75%, transparent), transparent);
  transform: translateX(-101%); }
.ls-road[data-flow] .ls-encoder::after { animation: ls-flow .42s ease-in both; }
.ls-road[data-flow] .ls-decoder::after { animation: ls-flow .42s .34s ease-out both; }
@keyframes ls-flow { from { transform: translateX(-101%); } to { transform: translateX(101%); } }
.ls-road-code { display: grid; grid-template-columns: calc(var(--s) * .5) var(--s); gap: 12px; height: var(--s); }
.ls-road-map { position: relative; width: var(--s); height: var(--s); border-radius: 6px; overflow: hidden;
  background: var(--ls-plate); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--st-text-color) 10%, transparent); }
.ls-road-map canvas { position: absolute; inset: 5%; width: 90%; height: 90%; }
.ls-road-map > div { position: absolute; inset: 5%; pointer-events: none; }
.ls-road-map > div > i { position: absolute; left: 0; top: 0; width: 100%; height: 100%; transition: transform .18s ease-out; }
.ls-road-map > div > i::after { content: ""; position: absolute; left: -8px; top: -8px; width: 16px; height: 16px; border-radius: 50%;
  background: var(--ls-accent); border: 3px solid var(--ls-ground); box-shadow: 0 0 0 2px var(--ls-accent), 0 2px 8px rgb(0 0 0 / .35); }
.ls-road-sentence { font-size: 1.02rem; } .ls-road-unusual .ls-road-sentence { font-weight: 600; }
.ls-road-unusual .ls-road-out { outline: 2px dashed var(--ls-accent); outline-offset: 3px; }
.ls-road-strip { display: flex; gap: 8px; overflow-x: auto; padding: 4px 3px; scrollbar-width: thin; align-items: stretch; }
.ls-road-strip button { flex: none; display: grid; gap: 4px; align-content: start; width: 66px; text-align: center; border-radius: 6px; padding: 5px; }
.ls-road-strip button .ls-plate { display: grid; place-items: center; height: 56px; }
.ls-road-strip button .ls-picture { max-width: 56px; max-height: 56px; width: auto; min-width: 30px; }
.ls-road-strip button[data-tall] .ls-picture { height: 56px; } .ls-road-strip button[data-wide] .ls-picture { width: 56px; }
.ls-road-strip button:hover .ls-picture { box-shadow: 0 0 0 2px color-mix(in srgb, var(--ls-accent) 55%, transparent); }
.ls-road-strip button[aria-pressed=true] { background: var(--ls-tint); }
.ls-road-strip button[aria-pressed=true] .ls-picture { box-shadow: 0 0 0 2px var(--ls-accent); }
.ls-road-strip .ls-refused { flex: none; display: grid; grid-template-columns: auto 1fr; gap: 2px 8px; width: 250px; padding: 7px 10px;
  border-radius: 8px; border: 1px dashed color-mix(in srgb, var(--st-text-color) 35%, transparent); align-content: start; }
.ls-refused .ls-icon { grid-row: 1 / 3; margin-top: 2px; font-size: 1.05rem; }
.ls-refused b { font-weight: 600; font-size: .84rem; }
.ls-road-more { align-self: center; flex: none; padding: 0 8px; }
@container (max-width: 760px) {
  .ls-road-way { flex-direction: column; gap: 9px; }
  .ls-road .ls-road-stage { flex-direction: row; align-items: center; gap: 16px; width: 100%; }
  .ls-road-stage > .ls-caption { font-size: .88rem; min-height: 0; flex: 1; min-width: 0; }
  .ls-road-joint { height: auto; width: var(--s); flex: none; } .ls-road-joint .ls-icon { transform: rotate(90deg); }
  .ls-road-gap { display: none; }
  .ls-road-way .ls-encoder, .ls-road-way .ls-decoder { width: var(--s); height: calc(var(--s) * .46); }
  .ls-road-way .ls-encoder { clip-path: polygon(0 0, 100% 0, 67% 100%, 33% 100%); }
  .ls-road-way .ls-decoder { clip-path: polygon(33% 0, 67% 0, 100% 100%, 0 100%); }
  .ls-road-way .ls-encoder { background: linear-gradient(180deg, color-mix(in srgb, var(--ls-accent) 26%, var(--ls-ground)), var(--ls-accent)); }
  .ls-road-way .ls-decoder { background: linear-gradient(0deg, color-mix(in srgb, var(--ls-accent) 26%, var(--ls-ground)), var(--ls-accent)); }
  .ls-road .ls-road-stage.ls-of-code { flex-direction: column; align-items: flex-start; gap: 6px; }
  .ls-road-way .ls-road-code { grid-template-columns: var(--s) var(--s); gap: 16px; }
  .ls-road-count { font-size: 1.1rem; }
}
`;

/** @param {string} what @param {Node} node @param {string} [kind] */
function stage(what, node, kind = "") {
  const text = el("span");
  const caption = el("p", { class: "ls-caption" }, el("b", {}, what), text);
  return { root: el("div", { class: `ls-road-stage ${kind}` }, node, caption), text };
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

/** @param {number} size @returns {import("./bars.js").Code} */
function silence(size) {
  const zeros = new Array(size).fill(0);
  return { values: zeros, low: zeros.map(() => -1), high: zeros.map(() => 1), active: null };
}

/** @type {Map<string, Promise<Uint16Array>>} */
const clouds = new Map();

/** @param {string} url */
function cloud(url) {
  let points = clouds.get(url);
  if (!points) {
    points = fetch(url).then(async (answer) => {
      if (!answer.ok) throw new Error(`the map at ${url} can't be fetched (${answer.status})`);
      return new Uint16Array(await answer.arrayBuffer());
    });
    clouds.set(url, points);
    points.catch(() => clouds.delete(url));
  }
  return points;
}

/** The map, small and grey, and where this code lies on it. */
function createMap() {
  const canvas = el("canvas", { width: MAP_SIDE, height: MAP_SIDE });
  const place = el("i");
  const marks = el("div", {}, place);
  const root = el("div", { class: "ls-road-map", role: "img", "aria-label": "its place on the map" }, canvas, marks);
  let url = "";
  let colour = "";

  /** The cloud keeps the map's own proportions.
   * @param {Uint16Array} points @param {number} dims */
  function draw(points, dims) {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.clearRect(0, 0, MAP_SIDE, MAP_SIDE);
    context.fillStyle = colour;
    const many = points.length / dims;
    const size = many > 4000 ? 2 : 4;
    context.globalAlpha = Math.max(0.12, Math.min(0.6, 2600 / many));
    for (let i = 0; i < points.length; i += dims) {
      const x = (points[i] / LEVELS) * MAP_SIDE;
      const y = (1 - points[i + 1] / LEVELS) * MAP_SIDE;
      context.fillRect(x - size / 2, y - size / 2, size, size);
    }
  }

  /** @param {Cloud | null} map @param {number[] | null} at */
  async function update(map, at) {
    root.hidden = !map;
    place.hidden = !at;
    if (!map) return;
    const share = [0, 1].map((k) => {
      const range = map.hi[k] - map.lo[k];
      return at && range > 0 ? Math.max(0, Math.min(1, (at[k] - map.lo[k]) / range)) : 0.5;
    });
    place.style.setProperty("transform", `translate(${100 * share[0]}%, ${100 * (1 - share[1])}%)`);
    root.setAttribute("aria-label", at ? "its place on the map" : "the map");
    const ink = getComputedStyle(root).color;
    if (url === map.url && colour === ink) return;
    [url, colour] = [map.url, ink];
    const points = await cloud(map.url);
    if (url === map.url) draw(points, map.dims);
  }

  return { root, update };
}

const places = new WeakMap();

/** @param {import("./theme.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
