// @ts-check
/** The plane of a model with two dimensions: the data's codes, pictures behind them, a knob. */

import { addStyle, el, setProps, setText } from "../core/dom.js";
import { readClasses } from "../core/fetch.js";
import { number } from "../core/format.js";
import { toPixels } from "../core/images.js";
import { loadSpace } from "../latent/support.js";
import { dragOn } from "../widgets/drag.js";
import { classColour, toneOf, toRgb } from "../widgets/palette.js";
import { digitsOf, nameOf, queueOf } from "./code_store.js";

/** @typedef {import("./code_store.js").Desk} Desk */
/** @typedef {import("./code_store.js").Dims} Dims */
/** @typedef {{space: import("../latent/support.js").SpaceSpec, classes: {url: string} | null}} PlaneSpec */

const TILE_PX = 26; // of a picture behind the codes, about
const DOT_PX = 2.2;
const SETTLED_MS = 450;

const STYLE = `
.ls-pad { min-width: 0; }
.ls-pad-plane { position: relative; border-radius: 8px; overflow: hidden; touch-action: pan-y; cursor: crosshair; user-select: none; -webkit-user-select: none;
  background: var(--ls-plate); box-shadow: inset 0 0 0 1px var(--ls-line); }
.ls-pad-plane canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; pointer-events: none; }
.ls-pad-axis { position: absolute; background: var(--ls-quiet); opacity: .35; pointer-events: none; }
.ls-pad-axis[data-axis=x] { left: 0; right: 0; height: 1px; top: var(--zero-y, 50%); }
.ls-pad-axis[data-axis=y] { top: 0; bottom: 0; width: 1px; left: var(--zero-x, 50%); }
.ls-pad-knob { position: absolute; left: var(--x, 50%); top: var(--y, 50%); width: 22px; height: 22px; margin: -11px 0 0 -11px; border-radius: 50%;
  background: var(--ls-accent); border: 3px solid var(--ls-ground); box-shadow: 0 0 0 2px var(--st-text-color); cursor: grab; }
.ls-pad-knob::before { content: ""; position: absolute; inset: -15px; border-radius: 50%; }
.ls-pad-knob { touch-action: none; }
.ls .ls-pad-knob:focus-visible { outline: 2px solid var(--st-text-color); outline-offset: 4px; border-radius: 50%; }
.ls-pad-plane[data-held] { cursor: grabbing; }
.ls-pad-start { position: absolute; left: var(--sx, 50%); top: var(--sy, 50%); width: 10px; height: 10px; margin: -5px 0 0 -5px; border-radius: 50%;
  border: 2px solid var(--st-text-color); background: var(--ls-ground); pointer-events: none; opacity: .8; }
.ls-pad-foot { display: flex; justify-content: space-between; gap: 12px; margin-top: 4px; align-items: center; }
.ls .ls-pad-foot button { padding: 3px 8px; border-radius: 6px; font-size: .82rem; border: 1px solid var(--ls-line); }
.ls .ls-pad-foot button[aria-pressed=true] { background: var(--ls-tint); border-color: var(--ls-accent); color: var(--ls-accent); }
`;

export class Pad {
  #drawn = { dots: "", grid: "" };
  #keys = 0;

  /** @param {Desk} desk @param {() => import("../decoding/decoder.js").Decoder} decoder */
  constructor(desk, decoder) {
    addStyle("ls-pad", STYLE);
    this.desk = desk;
    this.decoder = decoder;
    this.queue = queueOf(desk, decoder);
    /** @type {PlaneSpec | null} */ this.spec = null;
    this.grid = el("canvas", { "aria-hidden": "true" });
    this.dots = el("canvas", { "aria-hidden": "true" });
    this.knob = el("div", { class: "ls-pad-knob", "data-knob": "", role: "slider", tabindex: "0", "aria-label": `${nameOf(0)} and ${nameOf(1)}`,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event), onblur: () => this.#flush() });
    this.plane = el("div", { class: "ls-pad-plane" }, this.grid, this.dots,
      el("i", { class: "ls-pad-axis", "data-axis": "x" }), el("i", { class: "ls-pad-axis", "data-axis": "y" }),
      el("i", { class: "ls-pad-start" }), this.knob);
    this.behind = el("button", { type: "button", onclick: () => { desk.grid = !desk.grid; this.update(); } }, "pictures behind");
    this.says = el("span", { class: "ls-caption" });
    this.root = el("div", { class: "ls-pad" }, this.plane, el("div", { class: "ls-pad-foot" }, this.says, this.behind));
    this.#listen();
    this.sizes = new ResizeObserver(() => this.#paint());
    this.sizes.observe(this.plane);
  }

  get #dims() {
    return /** @type {Dims} */ (this.desk.dims);
  }

  /** Where a code lies on the pad: from 0 to 1 on it, the second downwards. @param {ArrayLike<number>} code */
  #share(code) {
    const { low, high } = this.#dims;
    const [x, y] = [0, 1].map((d) => (code[d] - low[d]) / (high[d] - low[d]));
    return { x, y: 1 - y };
  }

  /** The same, or the nearest place on the pad's edge. @param {ArrayLike<number>} code */
  #clamped(code) {
    const { x, y } = this.#share(code);
    return { x: Math.max(0, Math.min(1, x)), y: Math.max(0, Math.min(1, y)) };
  }

  /** @param {{x: number, y: number}} share */
  #code({ x, y }) {
    const { low, high } = this.#dims;
    const on = (/** @type {number} */ share, /** @type {number} */ d) => low[d] + Math.max(0, Math.min(1, share)) * (high[d] - low[d]);
    return Float32Array.of(on(x, 0), on(1 - y, 1));
  }

  // ── the hand ────────────────────────────────────────────────────────────────────────────

  #listen() {
    const { desk, plane } = this;
    dragOn(plane, {
      free: () => true,
      start: () => { this.knob.focus({ preventScroll: true }); this.#flush(); desk.hold(); plane.dataset.held = ""; },
      at: () => this.#clamped(desk.code),
      move: (to) => desk.setAll(this.#code(to)),
      end: () => { delete plane.dataset.held; desk.commit(); },
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { low, high } = this.#dims;
    const step = event.shiftKey ? 10 : 100;
    const code = this.desk.code.slice();
    const arrow = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] }[event.key];
    const end = { Home: [0, low[0]], End: [0, high[0]], PageUp: [1, high[1]], PageDown: [1, low[1]] }[event.key];
    if (arrow) {
      const [d, sign] = arrow;
      code[d] = Math.max(low[d], Math.min(high[d], code[d] + (sign * (high[d] - low[d])) / step));
    } else if (end) [code[end[0]]] = [end[1]];
    else return;
    event.preventDefault();
    if (!this.#keys) this.desk.hold();
    clearTimeout(this.#keys);
    this.#keys = setTimeout(() => this.#flush(), SETTLED_MS);
    this.desk.setAll(code);
  }

  #flush() {
    if (!this.#keys) return;
    clearTimeout(this.#keys);
    this.#keys = 0;
    this.desk.commit();
  }

  // ── what is seen ────────────────────────────────────────────────────────────────────────

  /** @param {PlaneSpec} spec */
  show(spec) {
    this.spec = spec;
    const { low, high } = this.#dims;
    const tall = (high[1] - low[1]) / (high[0] - low[0]);
    this.plane.style.aspectRatio = `1 / ${Math.max(0.6, Math.min(1.5, tall))}`;
    this.#paint();
  }

  update() {
    const { desk, plane, knob } = this;
    const put = (/** @type {string} */ name, /** @type {number} */ share) => plane.style.setProperty(name, `${100 * share}%`);
    const [at, start, zero] = [this.#clamped(desk.code), this.#clamped(desk.start.code), this.#share([0, 0])];
    put("--x", at.x); put("--y", at.y);
    put("--sx", start.x); put("--sy", start.y);
    put("--zero-x", zero.x); put("--zero-y", zero.y);
    const words = [0, 1].map((d) => `${nameOf(d)} = ${number(desk.code[d], digitsOf(this.#dims, d))}`).join(", ");
    const { low, high } = this.#dims;
    setProps(knob, { "aria-valuemin": low[0], "aria-valuemax": high[0], "aria-valuenow": desk.code[0], "aria-valuetext": words });
    setText(this.says, `→ ${nameOf(0)}, ↑ ${nameOf(1)}; each dot is a picture's code`);
    this.behind.setAttribute("aria-pressed", String(desk.grid));
    this.grid.style.display = desk.grid ? "" : "none";
    this.dots.style.opacity = desk.grid ? ".45" : "1";
    if (desk.grid) this.#paintGrid();
  }

  #paint() {
    if (!this.spec || !this.plane.clientWidth) return;
    this.#paintDots(this.spec).catch(() => { this.#drawn.dots = ""; });
    if (this.desk.grid) this.#paintGrid();
  }

  /** @param {HTMLCanvasElement} canvas */
  #fit(canvas) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(this.plane.clientWidth * ratio);
    canvas.height = Math.round(this.plane.clientHeight * ratio);
    return { ratio, context: canvas.getContext("2d") };
  }

  /** @param {PlaneSpec} spec */
  async #paintDots(spec) {
    const ground = getComputedStyle(this.plane).getPropertyValue("--st-background-color").trim() || "#ffffff";
    const name = `${spec.space.codes.url} ${this.plane.clientWidth} ${ground}`;
    if (name === this.#drawn.dots) return;
    this.#drawn.dots = name;
    const [{ codes }, classes] = await Promise.all([loadSpace(spec.space), spec.classes ? readClasses(spec.classes) : null]);
    if (name !== this.#drawn.dots) return;
    const { ratio, context } = this.#fit(this.dots);
    if (!context) return;
    const tone = toneOf(toRgb(ground));
    const accent = getComputedStyle(this.plane).getPropertyValue("--st-primary-color");
    context.globalAlpha = 0.62;
    for (let i = 0; i < codes.count; i++) {
      const { x, y } = this.#share([codes.table[2 * i], codes.table[2 * i + 1]]);
      context.fillStyle = classes ? classColour(tone, classes[i]) : accent;
      context.fillRect(x * this.dots.width - 1, y * this.dots.height - 1, DOT_PX * ratio, DOT_PX * ratio);
    }
    this.plane.dataset.dots = String(codes.count);
  }

  #paintGrid() {
    const { clientWidth: width, clientHeight: height } = this.plane;
    const name = `${this.desk.name} ${width}`;
    if (!width || name === this.#drawn.grid) return;
    this.#drawn.grid = name;
    const [columns, rows] = [Math.round(width / TILE_PX), Math.round(height / TILE_PX)];
    const codes = new Float32Array(2 * columns * rows);
    for (let k = 0; k < columns * rows; k++) {
      codes.set(this.#code({ x: ((k % columns) + 0.5) / columns, y: (Math.floor(k / columns) + 0.5) / rows }), 2 * k);
    }
    this.queue.request(this, codes, (images) => this.#tile(images, columns, rows));
  }

  /** @param {Float32Array} images @param {number} columns @param {number} rows */
  #tile(images, columns, rows) {
    const { shape } = this.decoder().spec;
    const plate = el("canvas", { width: shape[2], height: shape[1] });
    const { context } = this.#fit(this.grid);
    if (!context) return;
    const [across, down] = [this.grid.width / columns, this.grid.height / rows];
    for (let k = 0; k < columns * rows; k++) {
      plate.getContext("2d")?.putImageData(toPixels(images, shape, k), 0, 0);
      context.drawImage(plate, (k % columns) * across, Math.floor(k / columns) * down, across, down);
    }
    this.plane.dataset.grid = `${columns} ${rows}`;
  }

  dispose() {
    this.#flush();
    this.queue.cancel(this);
    this.sizes.disconnect();
  }
}
