// @ts-check
/** A small autoencoder: a picture, its three numbers, the decoded picture, and codes in 3D. */

import { defineComponent } from "../core/component.js";
import { addStyle, el, setText } from "../core/dom.js";
import { classColor, themeOf, toRgb } from "../widgets/palette.js";
import { applyAffine, clipToPicture, meanSquaredError } from "./affine.js";
import { CodePlot } from "./code_plot.js";
import { CodeSliders } from "./code_sliders.js";
import { PixelGrid } from "./pixel_grid.js";
import { turnedDegrees } from "./plot_geometry.js";
import { STYLE } from "./style.js";

/** @typedef {import("../core/payloads.js").SmallAutoencoderData} Data */
/** @typedef {Data["parts"][number]} Part */

const TITLES = {
  picture: "Picture",
  numbers: "What the computer sees",
  code: "Code",
  decoded: "Decoded picture",
  plot: "Codes as points",
};
const N_CODE = 3;

class SmallAutoencoder {
  /** @type {Data | null} */ #data = null;
  #picture = /** @type {number[]} */ ([]);
  #code = /** @type {number[]} */ ([]);
  #mostTurned = 0;

  /** @param {(event: string, value: any) => void} send */
  constructor(send) {
    addStyle("ls-small", STYLE);
    this.send = send;
    this.pixels = new PixelGrid("Picture; space switches a cell", {
      filled: (values) => this.#fill(values),
      released: () => this.#report(),
    });
    this.numbers = new PixelGrid("The picture's numbers", null);
    this.sliders = new CodeSliders(N_CODE, {
      moved: (index, value) => this.#move(index, value),
      released: () => this.#report(),
    });
    this.decoded = new PixelGrid("Decoded picture", null);
    this.plot = new CodePlot(() => this.#report());
    this.error = el("p", { class: "ls-caption" });
    this.legend = el("p", { class: "ls-caption ls-small-legend" });
    this.parts = this.#createParts();
    this.root = el("section", { class: "ls ls-small-root", "aria-label": "A small autoencoder" });
    this.root.append(el("div", { class: "ls-small" }, ...Object.values(this.parts)));
  }

  /** @returns {Record<Part, HTMLElement>} */
  #createParts() {
    return {
      picture: createPart("picture", this.pixels.root),
      numbers: createPart("numbers", this.numbers.root),
      code: createPart("code", this.sliders.root),
      decoded: createPart("decoded", this.decoded.root, this.error),
      plot: createPart("plot", this.plot.root, this.legend),
    };
  }

  /** @param {number[]} values */
  #fill(values) {
    this.#picture = values;
    this.#draw();
  }

  /** @param {number} index @param {number} value */
  #move(index, value) {
    this.#code = this.#code.map((old, i) => (i === index ? value : old));
    this.#draw();
  }

  #report() {
    this.#mostTurned = Math.max(this.#mostTurned, turnedDegrees(this.plot.view));
    const turned = Math.round(this.#mostTurned);
    this.root.dataset.reported = String(Number(this.root.dataset.reported ?? 0) + 1);
    this.send("changed", { picture: this.#picture, code: this.#code, turned_degrees: turned });
  }

  /** @param {Data} data */
  update(data) {
    if (!this.#data) {
      this.#picture = data.picture;
      this.#code = data.code;
      this.#mostTurned = data.turned_degrees;
    }
    this.#data = data;
    for (const [part, root] of Object.entries(this.parts))
      root.hidden = !data.parts.includes(/** @type {Part} */ (part));
    this.#drawLegend(data);
    this.#draw();
  }

  #draw() {
    const data = this.#data;
    if (!data) return;
    if (!data.edits_code) this.#code = applyAffine(data.encoder, this.#picture);
    const decoded = clipToPicture(applyAffine(data.decoder, this.#code));
    this.pixels.update(this.#picture);
    this.numbers.update(this.#picture, true);
    this.sliders.update(this.#code, data.edits_code);
    this.decoded.update(decoded);
    const error = meanSquaredError(this.#picture, decoded).toFixed(3);
    setText(this.error, data.edits_code ? "" : `reconstruction error ${error}`);
    this.root.dataset.code = this.#code.map((value) => value.toFixed(4)).join(" ");
    this.plot.update({ ...data, code: this.#code });
  }

  /** @param {Data} data */
  #drawLegend({ class_names }) {
    const ground = getComputedStyle(this.root).getPropertyValue("--st-background-color") || "#fff";
    const theme = themeOf(toRgb(ground));
    const entry = (/** @type {string} */ name, /** @type {number} */ i) =>
      el("span", {}, el("i", { style: { background: classColor(theme, i) } }), name);
    this.legend.replaceChildren(...class_names.map(entry));
  }

  dispose() {
    this.plot.dispose();
  }
}

/** @param {Part} part @param {...HTMLElement} children */
function createPart(part, ...children) {
  const title = el("h3", {}, TITLES[part]);
  return el("div", { class: "ls-small-part", "data-part": part }, title, ...children);
}

export default defineComponent((send) => new SmallAutoencoder(send));
