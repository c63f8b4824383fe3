// @ts-check
/** The sliders, one per latent dimension, with toolbar and attribute sliders. */

import { defineComponent } from "../core/component.js";
import { pageEntered } from "../core/deferred_report.js";
import { addStyle, el, setText } from "../core/dom.js";
import { fetchBytes } from "../core/fetch.js";
import { icon } from "../core/icons.js";
import { openDecoder } from "../decoding/decoder.js";
import { AttributeSliders } from "./attribute_sliders.js";
import { getCodeStore, dimensionName } from "./code_store.js";
import { Plane2D } from "./plane_2d.js";
import { Slider } from "./slider.js";
import { STYLE } from "./style.js";
import { createToolbar } from "./toolbar.js";

/** @typedef {import("./code_store.js").CodeStore} CodeStore */
/** @typedef {import("./code_store.js").DimensionInfo} DimensionInfo */
/** @typedef {import("./code_store.js").ServerState} ServerState */
/**
 * @typedef {object} Sent what Python sends
 * @property {string} name of the space
 * @property {import("../decoding/decoder.js").DecoderSpec} decoder
 * @property {DimensionInfo} dims
 * @property {import("./plane_2d.js").PlaneSpec | null} plane of a model with two dimensions
 * @property {import("./attribute_sliders.js").AttributeSpec | null} attributes where factors are known
 * @property {boolean} in_tray whether the tray holds `z`
 */
/** @typedef {ServerState & Sent} Data */

const N_SHOWN = 24; // of very many dimensions
const MANY_DIMENSIONS = 64;

/** @param {(event: string, value: any) => void} send */
function build(send) {
  addStyle("ls-dims", STYLE);
  /** @type {Data} */
  let data;
  /** @type {CodeStore | null} */
  let store = null;
  let stop = () => {};
  let histogramsUrl = "";
  /** @type {Map<number, Slider>} */
  let sliders = new Map();
  /** @type {Uint8Array | null} */
  let histograms = null;
  /** @type {Plane2D | null} */
  let plane = null;
  /** @type {AttributeSliders | null} */
  let attributes = null;

  const decoder = () => openDecoder(data.decoder);
  /** @param {string} event @param {any} value */
  const sendNamed = (event, value) => send(event, { ...value, name: data.name });
  const toolbar = createToolbar(decoder, sendNamed);
  const list = el("div", { class: "ls-dims-list" });
  const more = el("button", {
    type: "button",
    class: "ls-button",
    onclick: () => {
      if (store) {
        store.showsAll = true;
        draw();
      }
    },
  });
  const inactiveToggle = el(
    "button",
    {
      type: "button",
      class: "ls-dims-fold",
      "aria-expanded": "false",
      onclick: () => {
        inactiveToggle.setAttribute(
          "aria-expanded",
          String(inactiveToggle.getAttribute("aria-expanded") !== "true"),
        );
        draw();
      },
    },
    icon("next"),
    el("span"),
  );
  const inactiveReason = el("p", { class: "ls-muted" });
  const inactiveList = el("div", { class: "ls-dims-list" });
  const inactiveSection = el(
    "div",
    { class: "ls-dims-inactive" },
    inactiveToggle,
    inactiveReason,
    inactiveList,
  );
  const root = el(
    "section",
    { class: "ls ls-dims", "aria-label": "Sliders, one per dimension" },
    toolbar.root,
    el("div", { class: "ls-dims-body" }, list),
    more,
    inactiveSection,
  );

  /** @param {number} d */
  function slider(d) {
    let created = sliders.get(d);
    if (!created) {
      created = new Slider(/** @type {CodeStore} */ (store), d, decoder);
      sliders.set(d, created);
    }
    return created;
  }

  /** @param {HTMLElement} container @param {number[]} wanted */
  function fill(container, wanted) {
    const nodes = wanted.map((d) => slider(d).root);
    if (
      nodes.length !== container.children.length ||
      nodes.some((node, k) => container.children[k] !== node)
    )
      container.replaceChildren(...nodes);
    for (const d of wanted) {
      if (histograms) slider(d).draw(histograms);
      slider(d).update();
    }
  }

  function draw() {
    if (!store?.dims) return;
    const { order, inactive, inactive_reason } = store.dims;
    const active = order.filter((d) => !inactive[d]);
    const unused = order.filter((d) => inactive[d]).sort((a, b) => a - b);
    const visible =
      order.length >= MANY_DIMENSIONS && !store.showsAll ? active.slice(0, N_SHOWN) : active;
    fill(list, visible);
    more.hidden = visible.length === active.length;
    setText(more, `Show all ${active.length}`);
    inactiveSection.hidden = unused.length === 0;
    const open = inactiveToggle.getAttribute("aria-expanded") === "true";
    setText(
      /** @type {Node} */ (inactiveToggle.lastChild),
      `${unused.length} inactive dimension${unused.length === 1 ? "" : "s"}${unused.length < 9 ? `: ${unused.map(dimensionName).join(", ")}` : ""}`,
    );
    setText(inactiveReason, inactive_reason);
    inactiveReason.hidden = inactiveList.hidden = !open;
    fill(inactiveList, open ? unused : []);
    plane?.update();
    attributes?.update();
    toolbar.update(store, active, data.in_tray ? data.z : null);
  }

  /** @param {CodeStore} next */
  function attachStore(next) {
    stop();
    for (const created of sliders.values()) created.dispose();
    sliders = new Map();
    pageEntered();
    store = next;
    store.send = (event, value) => send(event, { ...value, name: next.name });
    root.dataset.name = next.name;
    plane?.dispose();
    plane?.root.remove();
    plane = data.plane ? new Plane2D(store, decoder) : null;
    if (plane) list.before(plane.root);
    attributes?.root.remove();
    attributes = data.attributes ? new AttributeSliders(store, data.attributes) : null;
    if (attributes) toolbar.root.after(attributes.root);
    list.parentElement?.toggleAttribute("data-plane", plane !== null);
  }

  /** @param {string} url */
  async function loadHistograms(url) {
    if (histogramsUrl === url) return;
    histogramsUrl = url;
    histograms = null;
    const bytes = await fetchBytes(url);
    if (histogramsUrl !== url) return;
    histograms = new Uint8Array(bytes);
    draw();
  }

  /** @param {Data} next */
  function update(next) {
    data = next;
    const opened = getCodeStore(next.name);
    const switched = opened !== store;
    if (switched) attachStore(opened);
    const first = opened.dims === null;
    opened.receive(next.dims, next);
    if (next.plane) plane?.show(next.plane);
    if (first) opened.openOnly(next.dims.order.slice(0, 1));
    if (switched) {
      stop = opened.subscribe(draw);
      opened.resync(next);
    } else draw();
    loadHistograms(next.dims.histograms.url).catch(() => {
      histogramsUrl = "";
    });
  }

  function dispose() {
    stop();
    for (const created of sliders.values()) created.dispose();
    plane?.dispose();
    toolbar.dispose();
  }
  return { root, update, dispose };
}

export default defineComponent(build);
