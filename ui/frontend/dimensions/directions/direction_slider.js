// @ts-check
/** One direction: name, value, slider, what is known of it and, unfolded, a strip of images. */

import { el, setProps, setText } from "../../core/dom.js";
import { icon } from "../../core/icons.js";
import { createRange } from "../../widgets/range.js";
import { getDecodeQueue } from "../code/code_stores.js";
import { Filmstrip } from "../filmstrip.js";
import { nearestStep, traversalValues } from "../traversal.js";
import { createEvidence } from "./evidence.js";
import { stripCodes, valueText } from "./linear_directions.js";

/** @typedef {import("../code/code_store.js").CodeStore} CodeStore */
/** @typedef {import("./linear_directions.js").Direction} Direction */
/** @typedef {import("./linear_directions.js").LinearDirections} LinearDirections */

const N_FRAMES = 9;
const MIN_CHANGE = 0.02; // fraction of the slider above which a change is highlighted

export class DirectionSlider {
  isOpen = false; // whether its strip is shown

  /**
   * @param {CodeStore} store @param {Direction} direction
   * @param {() => import("../../decoding/decoder.js").Decoder} decoder
   * @param {{move: (value: number) => void, release: () => void, toggled: () => void}} handlers
   */
  constructor(store, direction, decoder, { move, release, toggled }) {
    this.store = store;
    this.direction = direction;
    this.values = traversalValues(...direction.predicted_range, N_FRAMES);
    this.range = createRange(direction.name, {
      move: (fraction) => move(this.#valueAt(fraction)),
      release,
    });
    this.range.addEventListener("pointerup", release); // back where it was, it fires no change event
    this.valueText = el("span");
    this.toggle = el("button", {
      type: "button",
      class: "ls-direction-strip",
      "aria-label": `filmstrip of ${direction.name}`,
      "aria-expanded": "false",
      onclick: toggled,
    });
    this.toggle.append(icon("film"));
    this.filmstrip = new Filmstrip(decoder, getDecodeQueue(store, decoder), (k) => {
      move(this.values[k]);
      release();
    });
    this.evidence = createEvidence(direction);
    this.root = this.#layOut();
  }

  #layOut() {
    const { name, hint, caption, is_weak } = this.direction;
    return el(
      "div",
      { class: "ls-attribute", title: hint, "data-weak": is_weak },
      el(
        "div",
        { class: "ls-attribute-head" },
        el("span", { class: "ls-ellipsis" }, name),
        this.valueText,
        this.toggle,
      ),
      this.range,
      caption ? el("small", { class: "ls-caption" }, caption) : "",
      this.filmstrip.root,
      this.evidence,
    );
  }

  /** @param {number} fraction of the slider */
  #valueAt(fraction) {
    const [low, high] = this.direction.predicted_range;
    return low + fraction * (high - low);
  }

  /** @param {boolean} isOpen */
  setOpen(isOpen) {
    this.isOpen = isOpen;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    setProps(this.root, { "data-open": isOpen });
  }

  /**
   * @param {LinearDirections} directions @param {number} f
   * @param {Float32Array | null} dragged the code at the start of the drag, while it is dragged
   */
  update(directions, f, dragged) {
    const { code, start } = this.store;
    const [low, high] = this.direction.predicted_range;
    const value = directions.predict(f, code);
    const text = valueText(this.direction, value);
    if (!dragged) this.range.value = String((value - low) / (high - low));
    setText(this.valueText, text);
    this.range.setAttribute("aria-valuetext", text);
    const change = Math.abs(value - directions.predict(f, start.code));
    setProps(this.root, { "data-moved": change > MIN_CHANGE * (high - low) });
    this.filmstrip.root.hidden = this.evidence.hidden = !this.isOpen;
    if (this.isOpen) this.#showStrip(directions, f, dragged ?? code, value);
    else this.filmstrip.cancel();
  }

  /**
   * @param {LinearDirections} directions @param {number} f
   * @param {Float32Array} base of the strip @param {number} value of the current code
   */
  #showStrip(directions, f, base, value) {
    const { store, values, direction } = this;
    const { limit } = /** @type {import("../dimension_info.js").DimensionInfo} */ (store.dims);
    const [low, high] = direction.predicted_range;
    const names = Array.from(values, (each) => `${direction.name} ${valueText(direction, each)}`);
    this.filmstrip.show(
      stripCodes(directions, f, base, values, limit),
      names,
      nearestStep(low, high, N_FRAMES, value),
    );
  }

  dispose() {
    this.filmstrip.cancel();
  }
}
