// @ts-check
/** The controls of the grid: temperature, truncation, seed, and the nearest of the data. */

import {
  MAX_SAMPLE_SEED,
  MAX_SAMPLE_TEMPERATURE,
  MIN_SAMPLE_TRUNCATION,
} from "../core/constants.js";
import { el, setText } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { icon } from "../core/icons.js";
import { createRange } from "../widgets/range.js";

/** @typedef {import("../core/payloads.js").SampleGridState} State */
/**
 * @typedef {object} ControlHandlers
 * @property {(change: Partial<State>) => void} move
 * @property {() => void} release
 */

/** @param {string} name @param {string} help @param {HTMLInputElement} range @param {HTMLElement} output */
function labelled(name, help, range, output) {
  return el("label", { title: help }, el("span", {}, name), range, output);
}

/** @param {number} share of a slider @returns {number} in hundredths */
const temperatureAt = (share) => Math.round(100 * share * MAX_SAMPLE_TEMPERATURE) / 100;
/** @param {number} share of a slider @returns {number} */
const truncationAt = (share) =>
  Math.round(100 * (MIN_SAMPLE_TRUNCATION + share * (1 - MIN_SAMPLE_TRUNCATION))) / 100;

export class SampleControls {
  /** @param {ControlHandlers} handlers */
  constructor(handlers) {
    const { move, release } = handlers;
    this.temperature = createRange("temperature", {
      move: (share) => move({ temperature: temperatureAt(share) }),
      release,
    });
    this.truncation = createRange("truncation, share that is kept", {
      move: (share) => move({ truncation: truncationAt(share) }),
      release,
    });
    this.temperatureText = el("output");
    this.truncationText = el("output");
    this.seed = this.#createSeed(handlers);
    this.nearest = el("input", {
      type: "checkbox",
      "data-role": "nearest",
      onchange: () => {
        move({ nearest: this.nearest.checked });
        release();
      },
    });
    this.nearestText = el("span");
    this.root = this.#layOut(handlers);
  }

  /** @param {ControlHandlers} handlers */
  #createSeed({ move, release }) {
    const root = el("input", {
      type: "number",
      min: "0",
      max: String(MAX_SAMPLE_SEED),
      step: "1",
      class: "ls-samples-seed",
      "aria-label": "seed",
    });
    root.addEventListener("change", () => {
      const seed = Math.round(Number(root.value));
      if (!(seed >= 0 && seed <= MAX_SAMPLE_SEED)) return;
      move({ seed });
      release();
    });
    return root;
  }

  /** @param {ControlHandlers} handlers */
  #layOut({ move, release }) {
    const next = el(
      "button",
      {
        type: "button",
        class: "ls-button",
        "data-role": "next-seed",
        title: "Other samples: the next seed",
        onclick: () => {
          move({ seed: (Number(this.seed.value) + 1) % (MAX_SAMPLE_SEED + 1) });
          release();
        },
      },
      icon("dice"),
      "Other samples",
    );
    return el(
      "div",
      { class: "ls-samples-controls" },
      labelled(
        "Temperature",
        "Factor of the standard deviations: below 1 more typical and more alike, above 1 more varied.",
        this.temperature,
        this.temperatureText,
      ),
      labelled(
        "Truncation",
        "The share of codes that is kept; those farthest from the center are drawn again.",
        this.truncation,
        this.truncationText,
      ),
      el("div", { class: "ls-samples-seeds" }, el("label", {}, "Seed", this.seed), next),
      el("label", { class: "ls-samples-toggle" }, this.nearest, this.nearestText),
    );
  }

  /** @param {State} state @param {string} noun of a sample of the data */
  update({ temperature, truncation, seed, nearest }, noun) {
    this.temperature.value = String(temperature / MAX_SAMPLE_TEMPERATURE);
    this.temperature.setAttribute("aria-valuetext", formatNumber(temperature));
    setText(this.temperatureText, formatNumber(temperature));
    const share = (truncation - MIN_SAMPLE_TRUNCATION) / (1 - MIN_SAMPLE_TRUNCATION);
    this.truncation.value = String(share);
    const kept = truncation === 1 ? "none" : `keep ${Math.round(100 * truncation)} %`;
    this.truncation.setAttribute("aria-valuetext", kept);
    setText(this.truncationText, kept);
    this.seed.value = String(seed);
    this.nearest.checked = nearest;
    setText(this.nearestText, `Nearest ${noun} beside each: is it copied?`);
  }
}
