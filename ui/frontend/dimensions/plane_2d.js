// @ts-check
/** The latent plane of a model with two dimensions: codes, decoded images behind them, a handle. */

import { addStyle, el, setProps, setText } from "../core/dom.js";
import { fetchClasses } from "../core/fetch.js";
import { formatNumber } from "../core/format.js";
import { toImageData } from "../core/images.js";
import { loadSpace } from "../latent/support.js";
import { makeDraggable } from "../widgets/drag.js";
import { classColor, themeOf, toRgb } from "../widgets/palette.js";
import { digitsFor, dimensionName, getDecodeQueue } from "./code_store.js";

/** @typedef {import("./code_store.js").CodeStore} CodeStore */
/** @typedef {import("./code_store.js").DimensionInfo} DimensionInfo */
/** @typedef {{space: import("../latent/support.js").SpaceSpec, classes: {url: string} | null}} PlaneSpec */

const TILE_PX = 26; // of an image behind the codes, about
const POINT_PX = 2.2;
const COMMIT_DELAY_MS = 450;

const STYLE = `
.ls-plane-2d { min-width: 0; }
.ls-plane-2d-area { position: relative; border-radius: 8px; overflow: hidden; touch-action: pan-y; cursor: crosshair; user-select: none; -webkit-user-select: none;
  background: var(--ls-surface); box-shadow: inset 0 0 0 1px var(--ls-line); }
.ls-plane-2d-area canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; pointer-events: none; }
.ls-plane-2d-axis { position: absolute; background: var(--ls-muted); opacity: .35; pointer-events: none; }
.ls-plane-2d-axis[data-axis=x] { left: 0; right: 0; height: 1px; top: var(--zero-y, 50%); }
.ls-plane-2d-axis[data-axis=y] { top: 0; bottom: 0; width: 1px; left: var(--zero-x, 50%); }
.ls-plane-2d-handle { position: absolute; left: var(--x, 50%); top: var(--y, 50%); width: 22px; height: 22px; margin: -11px 0 0 -11px; border-radius: 50%;
  background: var(--ls-accent); border: 3px solid var(--ls-background); box-shadow: 0 0 0 2px var(--st-text-color); cursor: grab; }
.ls-plane-2d-handle::before { content: ""; position: absolute; inset: -15px; border-radius: 50%; }
.ls-plane-2d-handle { touch-action: none; }
.ls .ls-plane-2d-handle:focus-visible { outline: 2px solid var(--st-text-color); outline-offset: 4px; border-radius: 50%; }
.ls-plane-2d-area[data-dragging] { cursor: grabbing; }
.ls-plane-2d-start { position: absolute; left: var(--sx, 50%); top: var(--sy, 50%); width: 10px; height: 10px; margin: -5px 0 0 -5px; border-radius: 50%;
  border: 2px solid var(--st-text-color); background: var(--ls-background); pointer-events: none; opacity: .8; }
.ls-plane-2d-foot { display: flex; justify-content: space-between; gap: 12px; margin-top: 4px; align-items: center; }
.ls .ls-plane-2d-foot button { padding: 3px 8px; border-radius: 6px; font-size: .82rem; border: 1px solid var(--ls-line); }
.ls .ls-plane-2d-foot button[aria-pressed=true] { background: var(--ls-tint); border-color: var(--ls-accent); color: var(--ls-accent); }
`;

export class Plane2D {
  #drawn = { points: "", grid: "" };
  #keyTimer = 0;

  /** @param {CodeStore} store @param {() => import("../decoding/decoder.js").Decoder} decoder */
  constructor(store, decoder) {
    addStyle("ls-plane-2d", STYLE);
    this.store = store;
    this.decoder = decoder;
    this.queue = getDecodeQueue(store, decoder);
    /** @type {PlaneSpec | null} */ this.spec = null;
    this.grid = el("canvas", { "aria-hidden": "true" });
    this.points = el("canvas", { "aria-hidden": "true" });
    this.handle = el("div", {
      class: "ls-plane-2d-handle",
      "data-handle": "",
      role: "slider",
      tabindex: "0",
      "aria-label": `${dimensionName(0)} and ${dimensionName(1)}`,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      onblur: () => this.#flush(),
    });
    this.plane = el(
      "div",
      { class: "ls-plane-2d-area" },
      this.grid,
      this.points,
      el("i", { class: "ls-plane-2d-axis", "data-axis": "x" }),
      el("i", { class: "ls-plane-2d-axis", "data-axis": "y" }),
      el("i", { class: "ls-plane-2d-start" }),
      this.handle,
    );
    this.gridToggle = el(
      "button",
      {
        type: "button",
        onclick: () => {
          store.showsGrid = !store.showsGrid;
          this.update();
        },
      },
      "images behind",
    );
    this.caption = el("span", { class: "ls-caption" });
    this.root = el(
      "div",
      { class: "ls-plane-2d" },
      this.plane,
      el("div", { class: "ls-plane-2d-foot" }, this.caption, this.gridToggle),
    );
    this.#makeDraggable();
    this.resizeObserver = new ResizeObserver(() => this.#paint());
    this.resizeObserver.observe(this.plane);
  }

  get #dims() {
    return /** @type {DimensionInfo} */ (this.store.dims);
  }

  /** The position of a code on the plane, in [0, 1] from its left and top. @param {ArrayLike<number>} code */
  #fraction(code) {
    const { low, high } = this.#dims;
    const [x, y] = [0, 1].map((d) => (code[d] - low[d]) / (high[d] - low[d]));
    return { x, y: 1 - y };
  }

  /** The same, clipped to the plane. @param {ArrayLike<number>} code */
  #clamped(code) {
    const { x, y } = this.#fraction(code);
    return { x: Math.max(0, Math.min(1, x)), y: Math.max(0, Math.min(1, y)) };
  }

  /** @param {{x: number, y: number}} share */
  #codeAt({ x, y }) {
    const { low, high } = this.#dims;
    const on = (/** @type {number} */ share, /** @type {number} */ d) =>
      low[d] + Math.max(0, Math.min(1, share)) * (high[d] - low[d]);
    return Float32Array.of(on(x, 0), on(1 - y, 1));
  }

  // ── input ──────────────────────────────────────────────────────────────────────────────────

  #makeDraggable() {
    const { store, plane } = this;
    makeDraggable(plane, {
      free: () => true,
      start: () => {
        this.handle.focus({ preventScroll: true });
        this.#flush();
        store.beginDrag();
        plane.dataset.dragging = "";
      },
      at: () => this.#clamped(store.code),
      move: (to) => store.setAll(this.#codeAt(to)),
      end: () => {
        delete plane.dataset.dragging;
        store.commit();
      },
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { low, high } = this.#dims;
    const step = event.shiftKey ? 10 : 100;
    const code = this.store.code.slice();
    const arrow = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowDown: [1, -1], ArrowUp: [1, 1] }[
      event.key
    ];
    const end = {
      Home: [0, low[0]],
      End: [0, high[0]],
      PageUp: [1, high[1]],
      PageDown: [1, low[1]],
    }[event.key];
    if (arrow) {
      const [d, sign] = arrow;
      code[d] = Math.max(low[d], Math.min(high[d], code[d] + (sign * (high[d] - low[d])) / step));
    } else if (end) [code[end[0]]] = [end[1]];
    else return;
    event.preventDefault();
    if (!this.#keyTimer) this.store.beginDrag();
    clearTimeout(this.#keyTimer);
    this.#keyTimer = setTimeout(() => this.#flush(), COMMIT_DELAY_MS);
    this.store.setAll(code);
  }

  #flush() {
    if (!this.#keyTimer) return;
    clearTimeout(this.#keyTimer);
    this.#keyTimer = 0;
    this.store.commit();
  }

  // ── drawing ────────────────────────────────────────────────────────────────────────────────

  /** @param {PlaneSpec} spec */
  show(spec) {
    this.spec = spec;
    const { low, high } = this.#dims;
    const aspect = (high[1] - low[1]) / (high[0] - low[0]);
    this.plane.style.aspectRatio = `1 / ${Math.max(0.6, Math.min(1.5, aspect))}`;
    this.#paint();
  }

  update() {
    const { store, plane, handle } = this;
    const put = (/** @type {string} */ name, /** @type {number} */ share) =>
      plane.style.setProperty(name, `${100 * share}%`);
    const [at, start, zero] = [
      this.#clamped(store.code),
      this.#clamped(store.start.code),
      this.#fraction([0, 0]),
    ];
    put("--x", at.x);
    put("--y", at.y);
    put("--sx", start.x);
    put("--sy", start.y);
    put("--zero-x", zero.x);
    put("--zero-y", zero.y);
    const words = [0, 1]
      .map((d) => `${dimensionName(d)} = ${formatNumber(store.code[d], digitsFor(this.#dims, d))}`)
      .join(", ");
    const { low, high } = this.#dims;
    setProps(handle, {
      "aria-valuemin": low[0],
      "aria-valuemax": high[0],
      "aria-valuenow": store.code[0],
      "aria-valuetext": words,
    });
    setText(
      this.caption,
      `→ ${dimensionName(0)}, ↑ ${dimensionName(1)}; each point is the code of an image`,
    );
    this.gridToggle.setAttribute("aria-pressed", String(store.showsGrid));
    this.grid.style.display = store.showsGrid ? "" : "none";
    this.points.style.opacity = store.showsGrid ? ".45" : "1";
    if (store.showsGrid) this.#paintGrid();
  }

  #paint() {
    if (!this.spec || !this.plane.clientWidth) return;
    this.#paintPoints(this.spec).catch(() => {
      this.#drawn.points = "";
    });
    if (this.store.showsGrid) this.#paintGrid();
  }

  /** @param {HTMLCanvasElement} canvas */
  #fit(canvas) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(this.plane.clientWidth * ratio);
    canvas.height = Math.round(this.plane.clientHeight * ratio);
    return { ratio, context: canvas.getContext("2d") };
  }

  /** @param {PlaneSpec} spec */
  async #paintPoints(spec) {
    const ground =
      getComputedStyle(this.plane).getPropertyValue("--st-background-color").trim() || "#ffffff";
    const name = `${spec.space.codes.url} ${this.plane.clientWidth} ${ground}`;
    if (name === this.#drawn.points) return;
    this.#drawn.points = name;
    const [{ codes }, classes] = await Promise.all([
      loadSpace(spec.space),
      spec.classes ? fetchClasses(spec.classes) : null,
    ]);
    if (name !== this.#drawn.points) return;
    const { ratio, context } = this.#fit(this.points);
    if (!context) return;
    const tone = themeOf(toRgb(ground));
    const accent = getComputedStyle(this.plane).getPropertyValue("--st-primary-color");
    context.globalAlpha = 0.62;
    for (let i = 0; i < codes.count; i++) {
      const { x, y } = this.#fraction([codes.table[2 * i], codes.table[2 * i + 1]]);
      context.fillStyle = classes ? classColor(tone, classes[i]) : accent;
      context.fillRect(
        x * this.points.width - 1,
        y * this.points.height - 1,
        POINT_PX * ratio,
        POINT_PX * ratio,
      );
    }
    this.plane.dataset.points = String(codes.count);
  }

  #paintGrid() {
    const { clientWidth: width, clientHeight: height } = this.plane;
    const name = `${this.store.name} ${width}`;
    if (!width || name === this.#drawn.grid) return;
    this.#drawn.grid = name;
    const [columns, rows] = [Math.round(width / TILE_PX), Math.round(height / TILE_PX)];
    const codes = new Float32Array(2 * columns * rows);
    for (let k = 0; k < columns * rows; k++) {
      codes.set(
        this.#codeAt({
          x: ((k % columns) + 0.5) / columns,
          y: (Math.floor(k / columns) + 0.5) / rows,
        }),
        2 * k,
      );
    }
    this.queue.request(this, codes, (images) => this.#drawTiles(images, columns, rows));
  }

  /** @param {Float32Array} images @param {number} columns @param {number} rows */
  #drawTiles(images, columns, rows) {
    const { shape } = this.decoder().spec;
    const plate = el("canvas", { width: shape[2], height: shape[1] });
    const { context } = this.#fit(this.grid);
    if (!context) return;
    const [across, down] = [this.grid.width / columns, this.grid.height / rows];
    for (let k = 0; k < columns * rows; k++) {
      plate.getContext("2d")?.putImageData(toImageData(images, shape, k), 0, 0);
      context.drawImage(
        plate,
        (k % columns) * across,
        Math.floor(k / columns) * down,
        across,
        down,
      );
    }
    this.plane.dataset.grid = `${columns} ${rows}`;
  }

  dispose() {
    this.#flush();
    this.queue.cancel(this);
    this.resizeObserver.disconnect();
  }
}
