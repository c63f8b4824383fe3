// @ts-check
/** One dimension: its histogram, its track, its number, and what can be done with it. */

import { el, setProps, setText, svg } from "../core/dom.js";
import { number } from "../core/format.js";
import { icon } from "../core/icons.js";
import { dragOn } from "../widgets/drag.js";
import { digitsOf, informationOf, nameOf, queueOf } from "./code_store.js";
import { Strip, stepsAlong, traversal } from "./filmstrip.js";
import { Field } from "./number_field.js";

/** @typedef {import("./code_store.js").Desk} Desk */
/** @typedef {import("./code_store.js").Dims} Dims */

const SETTLED_MS = 450; // after the last key
const COMPLAINT_MS = 5000;
const MEANINGS = {
  nats: "how much this number says about a picture: its mean KL divergence from the prior",
  share: "how much of the codes' spread is along this number",
};
const MOVES = "the factor that moves with this number most over all pictures: Spearman's correlation, from −1 to 1";
const FRAMES = 9; // of a filmstrip

export class Slider {
  #keys = 0; // a timer: keys were pressed and nothing is committed yet
  #complaint = 0; // a timer
  #seen = ""; // what update() has drawn
  #shown = ""; // the histogram that is drawn

  /** @param {Desk} desk @param {number} d @param {() => import("../decoding/decoder.js").Decoder} decoder */
  constructor(desk, d, decoder) {
    this.desk = desk;
    this.d = d;
    const name = nameOf(d);
    this.says = el("span", { class: "ls-caption ls-cut", title: MEANINGS[/** @type {Dims} */ (desk.dims).unit] });
    this.moves = el("p", { class: "ls-caption ls-dim-moves", title: MOVES });
    this.lock = iconButton("lock", `lock ${name}`, () => desk.toggleLock(d));
    this.reset = iconButton("reset", `reset ${name} to its start`, () => desk.reset(d));
    this.film = iconButton("film", `filmstrip of ${name}`, () => desk.toggleStrip(d));
    this.field = new Field(desk, d, (wanted) => this.#complain(wanted));
    this.range = this.#range(name);
    this.bars = svg("path", {});
    this.marks = { mean: el("i", { class: "ls-dim-mean", title: "mean of the data" }), start: el("i", { class: "ls-dim-start", title: "start" }) };
    this.track = el("div", { class: "ls-dim-track" },
      svg("svg", { class: "ls-dim-bars", preserveAspectRatio: "none", "aria-hidden": "true" }, this.bars),
      el("i", { class: "ls-dim-rail" }, el("i", { class: "ls-dim-way" })), this.marks.mean, this.marks.start,
      this.range, el("i", { class: "ls-dim-knob" }));
    this.strip = new Strip(decoder, queueOf(desk, decoder), (k) => this.#choose(k));
    this.root = el("div", { class: "ls-dim", role: "group", "aria-label": name, "data-dim": d },
      el("div", { class: "ls-dim-head" }, el("strong", {}, name), this.says, this.reset, this.lock, this.film, this.field.root),
      this.moves, this.track, el("div", { class: "ls-dim-film", hidden: true }, this.strip.root));
    dragOn(this.track, {
      free: () => !desk.locked.has(d),
      start: () => { this.range.focus({ preventScroll: true }); this.#flush(); desk.hold(); setProps(this.root, { "data-held": true, "data-hand": true }); },
      at: () => ({ x: this.#share(desk.code[d]), y: null }),
      move: ({ x }) => desk.set(d, this.#value(x)),
      end: (clicked) => { setProps(this.root, { "data-held": null }); desk.commit(clicked ? `tap ${d}` : ""); },
      reset: () => desk.reset(d),
    });
  }

  get #dims() {
    return /** @type {Dims} */ (this.desk.dims);
  }

  /** @param {number} value where it lies on the track, in [0, 1] */
  #share(value) {
    const { low, high } = this.#dims;
    return Math.max(0, Math.min(1, (value - low[this.d]) / (high[this.d] - low[this.d])));
  }

  /** @param {number} share in [0, 1] */
  #value(share) {
    const { low, high } = this.#dims;
    return low[this.d] + Math.max(0, Math.min(1, share)) * (high[this.d] - low[this.d]);
  }

  // ── keys and typing ─────────────────────────────────────────────────────────────────────

  /** What a keyboard and a screen reader hold; the hand holds the track. @param {string} name */
  #range(name) {
    return el("input", {
      type: "range", step: "any", "aria-label": name,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      oninput: () => this.#nudge(Number(this.range.value)),
      onblur: () => { this.#flush(); setProps(this.root, { "data-hand": null }); },
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { low, high } = this.#dims;
    const step = (high[this.d] - low[this.d]) / (event.shiftKey ? 10 : 100);
    const now = this.desk.code[this.d];
    const to = {
      ArrowRight: now + step, ArrowUp: now + step, ArrowLeft: now - step, ArrowDown: now - step,
      PageUp: now + 10 * step, PageDown: now - 10 * step, Home: low[this.d], End: high[this.d],
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setProps(this.root, { "data-hand": null });
    const [least, most] = [Math.min(low[this.d], now), Math.max(high[this.d], now)];
    this.#nudge(Math.max(least, Math.min(most, to)));
  }

  /** A small move of a gesture that ends when no more follow. @param {number} value */
  #nudge(value) {
    if (!this.#keys) this.desk.hold();
    clearTimeout(this.#keys);
    this.#keys = setTimeout(() => this.#flush(), SETTLED_MS);
    this.desk.set(this.d, value);
    this.update();
  }

  /** Commit what keys have done. */
  #flush() {
    if (!this.#keys) return;
    clearTimeout(this.#keys);
    this.#keys = 0;
    this.desk.commit();
  }

  /** @param {string} wanted said in place of how much the dimension says, for a while */
  #complain(wanted) {
    setText(this.says, wanted);
    setProps(this.says, { role: "alert" });
    clearTimeout(this.#complaint);
    this.#complaint = setTimeout(() => this.#calm(), COMPLAINT_MS);
  }

  #calm() {
    clearTimeout(this.#complaint);
    setProps(this.says, { role: null });
    setText(this.says, informationOf(this.#dims, this.d));
  }

  // ── what is seen ────────────────────────────────────────────────────────────────────────

  /** @param {Uint8Array} heights of all dimensions, one row each */
  draw(heights) {
    const { bins, url } = this.#dims.heights;
    if (this.#shown === url) return;
    this.#shown = url;
    const own = heights.subarray(this.d * bins, (this.d + 1) * bins);
    setProps(/** @type {Element} */ (this.bars.parentElement), { viewBox: `0 0 ${bins} 255` });
    this.bars.setAttribute("d", `M0 255${Array.from(own, (height, k) => `V${255 - height}H${k + 1}`).join("")}V255Z`);
  }

  update() {
    const { desk, d } = this;
    const dims = this.#dims;
    const value = desk.code[d];
    const locked = desk.locked.has(d);
    const seen = [value, desk.start.code[d], locked, dims.heights.url].join();
    if (seen !== this.#seen) this.#draw(dims, value, locked);
    this.#seen = seen;
    this.#updateStrip();
  }

  /** @param {Dims} dims @param {number} value @param {boolean} locked */
  #draw(dims, value, locked) {
    const { desk, d, root } = this;
    const put = (/** @type {string} */ name, /** @type {number} */ share) => this.track.style.setProperty(name, `${100 * share}%`);
    const [at, start] = [this.#share(value), this.#share(desk.start.code[d])];
    put("--at", at);
    put("--start", start);
    put("--mean", this.#share(dims.mean[d]));
    put("--from", Math.min(at, start));
    put("--size", Math.abs(at - start));
    const beyond = value > dims.high[d] ? "high" : value < dims.low[d] ? "low" : "";
    setProps(root, { "data-beyond": beyond || null, "data-locked": locked, "data-moved": value !== desk.start.code[d] });
    this.#calm();
    const mover = dims.movers[d] ?? null;
    this.moves.hidden = !mover;
    setText(this.moves, mover ? `moves with ${mover.name}, ${number(mover.value, 2)}` : "");
    this.#tellRange(value, beyond, locked);
    this.field.update();
    this.lock.setAttribute("aria-pressed", String(locked));
    this.reset.disabled = locked || value === desk.start.code[d];
  }

  /** @param {number} value @param {string} beyond @param {boolean} locked */
  #tellRange(value, beyond, locked) {
    const { low, high } = this.#dims;
    const words = [number(value, digitsOf(this.#dims, this.d)), beyond && "beyond the slider's end", locked && "locked"];
    setProps(this.range, { min: low[this.d], max: high[this.d], "aria-readonly": locked ? "true" : null, "aria-valuetext": words.filter(Boolean).join(", ") });
    this.range.value = String(value);
  }

  #updateStrip() {
    const { desk, d } = this;
    const open = desk.unfolded.has(d);
    this.film.setAttribute("aria-expanded", String(open));
    const place = /** @type {HTMLElement} */ (this.strip.root.parentElement);
    if (place.hidden !== !open) place.hidden = !open;
    if (!open) {
      this.strip.drop();
      return;
    }
    const values = this.#values();
    const names = Array.from(values, (value) => `${nameOf(d)} = ${number(value, digitsOf(this.#dims, d))}`);
    this.strip.show(traversal(desk.code, d, values), names, Math.round(this.#share(desk.code[d]) * (FRAMES - 1)));
  }

  #values() {
    return stepsAlong(this.#dims.low[this.d], this.#dims.high[this.d], FRAMES);
  }

  /** @param {number} k a picture of the filmstrip */
  #choose(k) {
    this.desk.set(this.d, this.#values()[k]);
    this.desk.commit();
  }

  dispose() {
    this.#flush();
    clearTimeout(this.#complaint);
    this.strip.drop();
  }
}

/** @param {"lock" | "reset" | "film"} kind @param {string} says @param {() => void} click */
function iconButton(kind, says, click) {
  return el("button", { type: "button", class: `ls-dim-${kind}`, "aria-label": says, title: says, onclick: click }, icon(kind));
}
