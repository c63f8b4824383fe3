// @ts-check
/** The sliders, one per latent dimension, with what can be done to all of them. */

import { keep } from "../core/component.js";
import { arrived } from "../core/deferred_report.js";
import { addStyle, el, setText } from "../core/dom.js";
import { fetchBytes } from "../core/fetch.js";
import { icon } from "../core/icons.js";
import { openDecoder } from "../decoding/decoder.js";
import { Steer } from "./attribute_sliders.js";
import { deskOf, nameOf } from "./code_store.js";
import { Pad } from "./plane_2d.js";
import { Slider } from "./slider.js";
import { STYLE } from "./style.js";
import { createBar } from "./toolbar.js";

/** @typedef {import("./code_store.js").Desk} Desk */
/** @typedef {import("./code_store.js").Dims} Dims */
/** @typedef {import("./code_store.js").Told} Told */
/**
 * @typedef {object} Sent what Python sends
 * @property {string} name of the space
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {Dims} dims
 * @property {import("./plane_2d.js").PlaneSpec | null} plane of a model with two dimensions
 * @property {import("./attribute_sliders.js").Steering | null} steering where the truth is known
 * @property {boolean} in_tray whether the tray holds `z`
 */
/** @typedef {Told & Sent} Data */

const SHOWN = 24; // of very many dimensions
const MANY = 64;

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-dims", STYLE);
  /** @type {Data} */
  let data;
  /** @type {Desk | null} */
  let desk = null;
  let stop = () => {};
  let heightsOf = "";
  /** @type {Map<number, Slider>} */
  let sliders = new Map();
  /** @type {Uint8Array | null} */
  let heights = null;
  /** @type {Pad | null} */
  let pad = null;
  /** @type {Steer | null} */
  let steer = null;

  const decoder = () => openDecoder(data.decoder);
  /** @param {string} event @param {any} value */
  const tellPython = (event, value) => send(event, { ...value, name: data.name });
  const bar = createBar(decoder, tellPython);
  const list = el("div", { class: "ls-dims-list" });
  const more = el("button", { type: "button", class: "ls-button", onclick: () => { if (desk) { desk.everything = true; draw(); } } });
  const fold = el("button", { type: "button", class: "ls-dims-fold", "aria-expanded": "false", onclick: () => {
    fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") !== "true"));
    draw();
  } }, icon("next"), el("span"));
  const why = el("p", { class: "ls-quiet" });
  const quiet = el("div", { class: "ls-dims-list" });
  const silent = el("div", { class: "ls-dims-silent" }, fold, why, quiet);
  const root = el("section", { class: "ls ls-dims", "aria-label": "Sliders, one per dimension" }, bar.root,
    el("div", { class: "ls-dims-body" }, list), more, silent);

  /** @param {number} d */
  function slider(d) {
    let made = sliders.get(d);
    if (!made) {
      made = new Slider(/** @type {Desk} */ (desk), d, decoder);
      sliders.set(d, made);
    }
    return made;
  }

  /** @param {HTMLElement} place @param {number[]} wanted */
  function fill(place, wanted) {
    const nodes = wanted.map((d) => slider(d).root);
    if (nodes.length !== place.children.length || nodes.some((node, k) => place.children[k] !== node)) place.replaceChildren(...nodes);
    for (const d of wanted) {
      if (heights) slider(d).draw(heights);
      slider(d).update();
    }
  }

  function draw() {
    if (!desk?.dims) return;
    const { order, silent: quietly, why: because } = desk.dims;
    const active = order.filter((d) => !quietly[d]);
    const dead = order.filter((d) => quietly[d]).sort((a, b) => a - b);
    const few = order.length >= MANY && !desk.everything ? active.slice(0, SHOWN) : active;
    fill(list, few);
    more.hidden = few.length === active.length;
    setText(more, `Show all ${active.length}`);
    silent.hidden = dead.length === 0;
    const open = fold.getAttribute("aria-expanded") === "true";
    setText(/** @type {Node} */ (fold.lastChild), `${dead.length} silent dimension${dead.length === 1 ? "" : "s"}${dead.length < 9 ? `: ${dead.map(nameOf).join(", ")}` : ""}`);
    setText(why, because);
    why.hidden = quiet.hidden = !open;
    fill(quiet, open ? dead : []);
    pad?.update();
    steer?.update();
    bar.update(desk, active, data.in_tray ? data.z : null);
  }

  /** @param {Desk} next */
  function sitAt(next) {
    stop();
    for (const made of sliders.values()) made.dispose();
    sliders = new Map();
    arrived();
    desk = next;
    desk.send = (event, value) => send(event, { ...value, name: next.name });
    root.dataset.name = next.name;
    pad?.dispose();
    pad?.root.remove();
    pad = data.plane ? new Pad(desk, decoder) : null;
    if (pad) list.before(pad.root);
    steer?.root.remove();
    steer = data.steering ? new Steer(desk, data.steering) : null;
    if (steer) bar.root.after(steer.root);
    list.parentElement?.toggleAttribute("data-plane", pad !== null);
  }

  /** @param {string} url */
  async function loadHeights(url) {
    if (heightsOf === url) return;
    heightsOf = url;
    heights = null;
    const bytes = await fetchBytes(url);
    if (heightsOf !== url) return;
    heights = new Uint8Array(bytes);
    draw();
  }

  /** @param {Data} next */
  function update(next) {
    data = next;
    const own = deskOf(next.name);
    const moved = own !== desk;
    if (moved) sitAt(own);
    const fresh = own.dims === null;
    own.hear(next.dims, next);
    if (next.plane) pad?.show(next.plane);
    if (fresh) own.unfold(next.dims.order.slice(0, 1));
    if (moved) {
      stop = own.watch(draw);
      own.rejoin(next);
    } else draw();
    loadHeights(next.dims.heights.url).catch(() => { heightsOf = ""; });
  }

  function dispose() {
    stop();
    for (const made of sliders.values()) made.dispose();
    pad?.dispose();
    bar.dispose();
  }
  return { root, update, dispose };
}

const places = new WeakMap();

/** @param {import("../core/component.js").Component} component */
export default function mount(component) {
  return keep(places, component, build);
}
