// @ts-check
/** One latent dimension: histogram, slider, value, lock, reset and filmstrip. */

import { el, setProps, setText, svg } from "../core/dom.js";
import { formatNumber } from "../core/format.js";
import { icon } from "../core/icons.js";
import { makeDraggable } from "../widgets/drag.js";
import { digitsFor, usageText, dimensionName, getDecodeQueue } from "./code_store.js";
import { Filmstrip, traversalValues, traversalCodes } from "./filmstrip.js";
import { NumberField } from "./number_field.js";

/** @typedef {import("./code_store.js").CodeStore} CodeStore */
/** @typedef {import("./code_store.js").DimensionInfo} DimensionInfo */

const COMMIT_DELAY_MS = 450; // after the last key
const ERROR_MS = 5000;
const USAGE_HELP = {
  nats: "KL divergence from the prior, mean over the images: the more, the more the model uses this dimension",
  share: "fraction of the variance of the codes along this dimension",
};
const CORRELATE_HELP =
  "the factor that correlates most with this dimension over all images (Spearman's ρ, from −1 to 1)";
const N_FRAMES = 9; // of a filmstrip

export class Slider {
  #keyTimer = 0; // timer: a change by keys is not committed yet
  #errorTimer = 0; // a timer
  #drawnState = ""; // what update() has drawn last
  #histogramUrl = ""; // the histogram that is drawn

  /** @param {CodeStore} store @param {number} d @param {() => import("../decoding/decoder.js").Decoder} decoder */
  constructor(store, d, decoder) {
    this.store = store;
    this.d = d;
    const name = dimensionName(d);
    this.hint = el("span", {
      class: "ls-caption ls-ellipsis",
      title: USAGE_HELP[/** @type {DimensionInfo} */ (store.dims).unit],
    });
    this.correlate = el("p", { class: "ls-caption ls-dim-correlate", title: CORRELATE_HELP });
    this.lock = iconButton("lock", `lock ${name}`, () => store.toggleLock(d));
    this.reset = iconButton("reset", `reset ${name} to its start`, () => store.reset(d));
    this.filmstripButton = iconButton("film", `filmstrip of ${name}`, () =>
      store.toggleFilmstrip(d),
    );
    this.field = new NumberField(store, d, (wanted) => this.#showError(wanted));
    this.range = this.#range(name);
    this.bars = svg("path", {});
    this.ticks = {
      mean: el("i", { class: "ls-dim-mean", title: "mean of the data" }),
      start: el("i", { class: "ls-dim-start", title: "start" }),
    };
    this.track = el(
      "div",
      { class: "ls-dim-track" },
      svg(
        "svg",
        { class: "ls-dim-bars", preserveAspectRatio: "none", "aria-hidden": "true" },
        this.bars,
      ),
      el("i", { class: "ls-dim-rail" }, el("i", { class: "ls-dim-fill" })),
      this.ticks.mean,
      this.ticks.start,
      this.range,
      el("i", { class: "ls-dim-handle" }),
    );
    this.filmstrip = new Filmstrip(decoder, getDecodeQueue(store, decoder), (k) => this.#select(k));
    this.root = el(
      "div",
      { class: "ls-dim", role: "group", "aria-label": name, "data-dim": d },
      el(
        "div",
        { class: "ls-dim-head" },
        el("strong", {}, name),
        this.hint,
        this.reset,
        this.lock,
        this.filmstripButton,
        this.field.root,
      ),
      this.correlate,
      this.track,
      el("div", { class: "ls-dim-film", hidden: true }, this.filmstrip.root),
    );
    makeDraggable(this.track, {
      free: () => !store.locked.has(d),
      start: () => {
        this.range.focus({ preventScroll: true });
        this.#flush();
        store.beginDrag();
        setProps(this.root, { "data-dragging": true, "data-by-pointer": true });
      },
      at: () => ({ x: this.#fraction(store.code[d]), y: null }),
      move: ({ x }) => store.set(d, this.#value(x)),
      end: (clicked) => {
        setProps(this.root, { "data-dragging": null });
        store.commit(clicked ? `tap ${d}` : "");
      },
      reset: () => store.reset(d),
    });
  }

  get #dims() {
    return /** @type {DimensionInfo} */ (this.store.dims);
  }

  /** @param {number} value position on the track, in [0, 1] */
  #fraction(value) {
    const { low, high } = this.#dims;
    return Math.max(0, Math.min(1, (value - low[this.d]) / (high[this.d] - low[this.d])));
  }

  /** @param {number} share in [0, 1] */
  #value(share) {
    const { low, high } = this.#dims;
    return low[this.d] + Math.max(0, Math.min(1, share)) * (high[this.d] - low[this.d]);
  }

  // ── keyboard ───────────────────────────────────────────────────────────────────────────────

  /** The input for keyboard and screen readers; pointers use the track. @param {string} name */
  #range(name) {
    return el("input", {
      type: "range",
      step: "any",
      "aria-label": name,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      oninput: () => this.#nudge(Number(this.range.value)),
      onblur: () => {
        this.#flush();
        setProps(this.root, { "data-by-pointer": null });
      },
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { low, high } = this.#dims;
    const step = (high[this.d] - low[this.d]) / (event.shiftKey ? 10 : 100);
    const now = this.store.code[this.d];
    const to = {
      ArrowRight: now + step,
      ArrowUp: now + step,
      ArrowLeft: now - step,
      ArrowDown: now - step,
      PageUp: now + 10 * step,
      PageDown: now - 10 * step,
      Home: low[this.d],
      End: high[this.d],
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setProps(this.root, { "data-by-pointer": null });
    const [least, most] = [Math.min(low[this.d], now), Math.max(high[this.d], now)];
    this.#nudge(Math.max(least, Math.min(most, to)));
  }

  /** A change by keys, committed after a pause. @param {number} value */
  #nudge(value) {
    if (!this.#keyTimer) this.store.beginDrag();
    clearTimeout(this.#keyTimer);
    this.#keyTimer = setTimeout(() => this.#flush(), COMMIT_DELAY_MS);
    this.store.set(this.d, value);
    this.update();
  }

  /** Commit a change by keys. */
  #flush() {
    if (!this.#keyTimer) return;
    clearTimeout(this.#keyTimer);
    this.#keyTimer = 0;
    this.store.commit();
  }

  /** @param {string} wanted shown for a while in place of the hint */
  #showError(wanted) {
    setText(this.hint, wanted);
    setProps(this.hint, { role: "alert" });
    clearTimeout(this.#errorTimer);
    this.#errorTimer = setTimeout(() => this.#clearError(), ERROR_MS);
  }

  #clearError() {
    clearTimeout(this.#errorTimer);
    setProps(this.hint, { role: null });
    setText(this.hint, usageText(this.#dims, this.d));
  }

  // ── drawing ────────────────────────────────────────────────────────────────────────────────

  /** @param {Uint8Array} heights of all dimensions, one row each */
  draw(heights) {
    const { bins, url } = this.#dims.histograms;
    if (this.#histogramUrl === url) return;
    this.#histogramUrl = url;
    const own = heights.subarray(this.d * bins, (this.d + 1) * bins);
    setProps(/** @type {Element} */ (this.bars.parentElement), { viewBox: `0 0 ${bins} 255` });
    this.bars.setAttribute(
      "d",
      `M0 255${Array.from(own, (height, k) => `V${255 - height}H${k + 1}`).join("")}V255Z`,
    );
  }

  update() {
    const { store, d } = this;
    const dims = this.#dims;
    const value = store.code[d];
    const locked = store.locked.has(d);
    const seen = [value, store.start.code[d], locked, dims.histograms.url].join();
    if (seen !== this.#drawnState) this.#draw(dims, value, locked);
    this.#drawnState = seen;
    this.#updateFilmstrip();
  }

  /** @param {DimensionInfo} dims @param {number} value @param {boolean} locked */
  #draw(dims, value, locked) {
    const { store, d, root } = this;
    const put = (/** @type {string} */ name, /** @type {number} */ share) =>
      this.track.style.setProperty(name, `${100 * share}%`);
    const [at, start] = [this.#fraction(value), this.#fraction(store.start.code[d])];
    put("--at", at);
    put("--start", start);
    put("--mean", this.#fraction(dims.mean[d]));
    put("--from", Math.min(at, start));
    put("--size", Math.abs(at - start));
    const beyond = value > dims.high[d] ? "high" : value < dims.low[d] ? "low" : "";
    setProps(root, {
      "data-outside": beyond || null,
      "data-locked": locked,
      "data-moved": value !== store.start.code[d],
    });
    this.#clearError();
    const correlated = dims.correlates[d] ?? null;
    this.correlate.hidden = !correlated;
    setText(
      this.correlate,
      correlated
        ? `correlates with ${correlated.name} (ρ = ${formatNumber(correlated.value, 2)})`
        : "",
    );
    this.#updateRange(value, beyond, locked);
    this.field.update();
    this.lock.setAttribute("aria-pressed", String(locked));
    this.reset.disabled = locked || value === store.start.code[d];
  }

  /** @param {number} value @param {string} beyond @param {boolean} locked */
  #updateRange(value, beyond, locked) {
    const { low, high } = this.#dims;
    const words = [
      formatNumber(value, digitsFor(this.#dims, this.d)),
      beyond && "beyond the slider's end",
      locked && "locked",
    ];
    setProps(this.range, {
      min: low[this.d],
      max: high[this.d],
      "aria-readonly": locked ? "true" : null,
      "aria-valuetext": words.filter(Boolean).join(", "),
    });
    this.range.value = String(value);
  }

  #updateFilmstrip() {
    const { store, d } = this;
    const open = store.openFilmstrips.has(d);
    this.filmstripButton.setAttribute("aria-expanded", String(open));
    const place = /** @type {HTMLElement} */ (this.filmstrip.root.parentElement);
    if (place.hidden !== !open) place.hidden = !open;
    if (!open) {
      this.filmstrip.cancel();
      return;
    }
    const values = this.#values();
    const names = Array.from(
      values,
      (value) => `${dimensionName(d)} = ${formatNumber(value, digitsFor(this.#dims, d))}`,
    );
    this.filmstrip.show(
      traversalCodes(store.code, d, values),
      names,
      Math.round(this.#fraction(store.code[d]) * (N_FRAMES - 1)),
    );
  }

  #values() {
    return traversalValues(this.#dims.low[this.d], this.#dims.high[this.d], N_FRAMES);
  }

  /** @param {number} k index of a filmstrip image */
  #select(k) {
    this.store.set(this.d, this.#values()[k]);
    this.store.commit();
  }

  dispose() {
    this.#flush();
    clearTimeout(this.#errorTimer);
    this.filmstrip.cancel();
  }
}

/** @param {"lock" | "reset" | "film"} kind @param {string} label @param {() => void} click */
function iconButton(kind, label, click) {
  return el(
    "button",
    { type: "button", class: `ls-dim-${kind}`, "aria-label": label, title: label, onclick: click },
    icon(kind),
  );
}
