// @ts-check
/**
 * The map: dots to point at, click, filter and select.  Pictures, colours and places are all
 * here, so hovering, filtering and turning ask nobody; Python hears only what was picked.
 */

import { packBits, readClasses, readTable } from "./bytes.js";
import { Card } from "./map_card.js";
import { paint, toneOf, toRgb } from "./map_colours.js";
import { Legend } from "./map_legend.js";
import { Overlay } from "./map_overlay.js";
import { nearest, project, within } from "./map_pick.js";
import { PlaneView } from "./map_plane.js";
import { loadPlotly } from "./map_plotly.js";
import { SpaceView } from "./map_space.js";
import { STYLE } from "./map_style.js";
import { drawOutline, Tools } from "./map_tools.js";
import { loadSheet } from "./pixels.js";
import { addStyle, count, el, number, setText } from "./theme.js";

/** @typedef {import("./map_pick.js").Outline} Outline */
/** @typedef {{url: string, count: number, dims: 2 | 3, lo: number[], hi: number[]}} PointsData */
/** @typedef {{kind: "class", url: string, names: string[]}} ClassData */
/** @typedef {{kind: "scale", url: string, title: string, lo: number, hi: number}} ScaleData */
/**
 * @typedef {object} MapData what Python sends
 * @property {PointsData} points
 * @property {ClassData | ScaleData} colour
 * @property {ClassData | null} labels
 * @property {import("./pixels.js").SheetSpec | null} sheet
 * @property {number | null} selected
 * @property {{at: number[], label: string}[]} marks
 * @property {number} height
 * @property {boolean} moving
 * @property {string} note
 */
/** @typedef {{data: MapData, parentElement: HTMLElement, setTriggerValue: (name: string, value: any) => void}} Component */

const MOVE_MS = 420;
const CLICK_SLIP = 5; // pixels a hand may move and still mean a click
const CLICK_MS = 600;
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

/** @param {ClassData | ScaleData} colour @returns {Promise<Uint8Array | Float32Array>} */
function readColour(colour) {
  if (colour.kind === "class") return readClasses(colour);
  return readTable({ url: colour.url, lo: [colour.lo], hi: [colour.hi] });
}

/** How a map's own numbers become a cube from −1 to 1 and back. */
class Cube {
  /** @param {number[]} lo @param {number[]} hi */
  constructor(lo, hi) {
    this.middle = lo.map((low, k) => (low + hi[k]) / 2);
    this.half = Math.max(...lo.map((low, k) => (hi[k] - low) / 2)) || 1;
    this.extent = lo.map((low, k) => (hi[k] - low) / 2 / this.half || 1e-3);
  }

  /** @param {ArrayLike<number>} values row after row @param {number} dims @returns {Float32Array} three numbers per row */
  enter(values, dims) {
    const rows = values.length / dims;
    const places = new Float32Array(3 * rows);
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < dims; k++) places[3 * i + k] = (values[dims * i + k] - this.middle[k]) / this.half;
    }
    return places;
  }

  /** @param {number[]} place @returns {number[]} in the map's own numbers */
  leave(place) {
    return this.middle.map((middle, k) => middle + place[k] * this.half);
  }
}

class LatentMap {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    addStyle("ls-map-style", STYLE);
    this.parent = parent;
    this.tools = new Tools({
      mode: (mode) => this.plot?.setAttribute("data-mode", mode),
      zoom: (factor) => this.view?.zoom(factor),
      home: () => this.view?.home(),
    });
    this.legend = new Legend(() => this.#filter());
    this.card = new Card();
    this.overlay = new Overlay();
    this.note = el("div", { class: "ls-note" });
    this.wait = el("div", { class: "ls-wait" }, "Drawing the map…");
    this.regionButton = el("button", { type: "button", class: "ls-region", hidden: true, onclick: () => this.#clearRegion() });
    this.said = el("div", { class: "ls-said", "aria-live": "polite" });
    this.plot = el("div", { class: "ls-plot", tabindex: "0", role: "application", dataset: { mode: "pan" } },
      this.overlay.root, this.wait, this.note, this.tools.root, this.regionButton, this.card.root);
    this.root = el("div", { class: "ls-map" }, this.plot, this.legend.root, this.said);
    parent.append(this.root);
    this.#listen();
    Object.assign(this.root, { lsMap: this.#hooks() });
  }

  /** @type {Component | undefined} */ component;
  /** @type {PlaneView | SpaceView | null} */ view = null;
  /** @type {Cube} */ cube = new Cube([-1, -1], [1, 1]);
  places = new Float32Array(0); // where the dots are going, three numbers each
  before = new Float32Array(0); // where they come from
  mixing = 1;
  /** @type {Uint8Array | Float32Array} */ values = new Uint8Array(0);
  /** @type {Uint8Array | null} */ labels = null;
  shown = new Uint8Array(0);
  /** @type {Uint8Array | null} */ region = null;
  /** @type {import("./pixels.js").Sheet | null} */ sheet = null;
  /** @type {number | null} */ selected = null;
  /** @type {number | null | undefined} */ told; // what Python last called selected
  /** @type {number[]} */ sent = []; // picks that Python hasn't answered yet
  /** @type {Record<string, string>} */ drawn = {}; // addresses of what is on the screen
  turn = 0; // counts updates, so that a slow one never overwrites a later one
  frame = 0;

  // ── what Python says ────────────────────────────────────────────────────────────────────

  /** @param {Component} component */
  update(component) {
    this.component = component;
    const { data } = component;
    this.root.style.setProperty("--height", `${data.height}px`);
    setText(this.note, data.note);
    this.#readTheme();
    this.#follow(data.selected);
    this.#load(data).catch((error) => this.#fail(error));
  }

  /** @param {number | null} selected Python's word, unless a later pick is still on its way */
  #follow(selected) {
    if (selected === this.told) return;
    this.told = selected;
    const answered = selected === null ? -1 : this.sent.indexOf(selected);
    if (answered < 0) this.sent = [];
    else this.sent.splice(0, answered + 1);
    if (this.sent.length === 0) this.#select(selected);
  }

  /** @param {MapData} data */
  async #load(data) {
    const turn = ++this.turn;
    loadPlotly().catch(() => {}); // starts while the data travels; `#open` reports
    if (data.sheet) this.#loadSheet(data.sheet);
    const [points, values, labels] = await Promise.all([
      readTable(data.points), readColour(data.colour), data.labels ? readClasses(data.labels) : null,
    ]);
    if (turn !== this.turn) return;
    this.labels = labels;
    await this.#place(data, points);
    if (turn !== this.turn) return;
    this.#colour(data, values);
    this.overlay.setMarks(data.marks.map(({ at, label }) => ({ place: this.cube.enter(at, at.length), label })));
    this.#describe(data);
    this.redraw();
  }

  /** @param {import("./pixels.js").SheetSpec} spec */
  async #loadSheet(spec) {
    if (this.drawn.sheet === spec.url) return;
    this.drawn.sheet = spec.url;
    this.sheet = null;
    try {
      const sheet = await loadSheet(spec);
      if (this.drawn.sheet !== spec.url) return;
      this.sheet = sheet;
      this.root.dataset.sheet = "ready";
    } catch {
      this.drawn.sheet = ""; // the card shows names only; the next update tries again
    }
  }

  /** @param {MapData} data @param {Float32Array} values */
  async #place(data, values) {
    const { url, count: n, dims, lo, hi } = data.points;
    const address = `${url} ${lo} ${hi}`; // the same bytes can stand for another range
    if (this.drawn.points === address && this.view?.dims === dims) return;
    const alike = this.view?.dims === dims && this.places.length === 3 * n;
    if (this.view?.dims !== dims) this.#open(dims);
    const from = alike ? this.#now() : null;
    this.cube = new Cube(lo, hi);
    this.places = this.cube.enter(values, dims);
    this.before = from ?? this.places;
    if (!alike) this.#forgetRegion();
    const view = /** @type {PlaneView | SpaceView} */ (this.view);
    view.extent = data.moving ? [1, 1, 1] : this.cube.extent;
    view.cloud?.setPlaces(this.places, this.before);
    if (this.drawn.points && !this.wasMoving) view.home();
    this.wasMoving = data.moving;
    this.drawn.points = address;
    this.#overHide();
    this.#glide(from !== null);
  }

  /** Put up the flat or the spatial view. @param {2 | 3} dims */
  #open(dims) {
    this.view?.dispose();
    this.drawn.points = "";
    this.tools.setDims(dims);
    const View = dims === 2 ? PlaneView : SpaceView;
    const view = new View(this.plot, () => (dims === 2 ? this.redraw() : this.#overlays()));
    this.view = view;
    delete this.root.dataset.drawn;
    this.root.dataset.ready = "false";
    view.onRestored(() => this.#refill());
    loadPlotly()
      .then((plotly) => (this.view === view ? view.attach(plotly) : undefined))
      .then(() => (this.attached = view))
      .then(() => this.view === view && this.redraw())
      .catch((error) => this.#fail(error));
  }

  /** Hand everything to the graphics card again. */
  #refill() {
    this.view?.cloud?.setPlaces(this.places, this.before);
    if (this.values.length) this.#repaint();
  }

  /** @param {MapData} data @param {Uint8Array | Float32Array} values */
  #colour(data, values) {
    this.values = values;
    const tone = toneOf(this.ground);
    if (data.colour.kind === "class") {
      const counts = new Array(data.colour.names.length).fill(0);
      for (const value of values) counts[value] += 1;
      this.legend.showClasses(data.colour.names, counts, tone);
    } else {
      this.legend.showScale(data.colour, tone);
    }
    this.#filter();
  }

  /** @param {MapData} data */
  #describe({ points, selected }) {
    Object.assign(this.root.dataset, { count: points.count, dims: points.dims, selected: selected ?? "" });
    this.plot.setAttribute("aria-label",
      `Map of ${points.count} pictures in ${points.dims}D. Arrow keys go from picture to picture, Escape clears a selection.`);
    this.root.dataset.selected = this.selected === null ? "" : String(this.selected);
  }

  #readTheme() {
    const style = getComputedStyle(this.root);
    const ground = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
    const ink = style.getPropertyValue("--st-text-color").trim() || "#222222";
    const theme = ground + ink;
    if (theme === this.theme) return;
    this.theme = theme;
    this.ground = toRgb(ground);
    const text = toRgb(ink);
    this.grey = /** @type {[number, number, number]} */ (this.ground.map((value, k) => Math.round(0.72 * value + 0.28 * text[k])));
  }

  /** @type {[number, number, number]} */ ground = [255, 255, 255];
  /** @type {[number, number, number]} */ grey = [180, 180, 180];

  /** @param {unknown} error */
  #fail(error) {
    const reason = error instanceof Error ? error.message : String(error);
    this.wait.setAttribute("role", "alert");
    setText(this.wait, `The map can't be drawn: ${reason}. Reloading the page may help.`);
  }

  // ── what is drawn ───────────────────────────────────────────────────────────────────────

  #filter() {
    const { values, legend } = this;
    const shown = new Uint8Array(values.length).fill(1);
    if (legend.hidden.size) for (let i = 0; i < values.length; i++) if (legend.hidden.has(values[i])) shown[i] = 0;
    this.shown = shown;
    this.#overHide();
    this.#repaint();
  }

  #repaint() {
    const { colour } = /** @type {Component} */ (this.component).data;
    const scale = colour.kind === "scale" ? { lo: colour.lo, hi: colour.hi } : {};
    const { values, shown, region, grey } = this;
    this.view?.cloud?.setColours(paint({ tone: toneOf(this.ground), grey, values, shown, region, ...scale }));
    this.redraw();
  }

  /** Let the dots glide from `before` to `places`, or stand there at once. @param {boolean} gliding */
  #glide(gliding) {
    const start = performance.now();
    this.mixing = gliding && !STILL.matches ? 0 : 1;
    const turn = this.turn;
    const step = () => {
      if (turn !== this.gliding) return;
      const t = Math.min(1, (performance.now() - start) / MOVE_MS);
      this.mixing = t * t * (3 - 2 * t);
      this.redraw();
      if (t < 1) requestAnimationFrame(step);
    };
    this.gliding = turn;
    if (this.mixing < 1) requestAnimationFrame(step);
  }

  /** Where the dots are at this moment. @returns {Float32Array} */
  #now() {
    const { before, places, mixing } = this;
    if (mixing >= 1) return places;
    return places.map((value, k) => before[k] + (value - before[k]) * mixing);
  }

  /** Draw once in the next frame, however often asked. */
  redraw() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.view || this.values.length * 3 !== this.places.length) return;
      this.view.draw({ ground: this.ground, mixing: this.mixing });
      if (this.view.dims === 2) this.#overlays();
    });
  }

  /** Called when the dots have been drawn: ring, marks and outline follow, and the map is ready. */
  #overlays() {
    const { view } = this;
    if (!view || this.values.length * 3 !== this.places.length) return;
    const screen = this.#screen();
    const at = (/** @type {ArrayLike<number>} */ place) => project(screen, place[0], place[1], place[2]);
    this.overlay.follow(at, {
      ring: this.selected === null ? null : this.#placeOf(this.selected),
      hot: this.over === null ? null : this.#placeOf(this.over),
      size: view.dot(this.values.length),
      width: screen.width,
    });
    this.root.dataset.drawn = "";
    if (this.attached === view) this.root.dataset.ready = "true";
  }

  /** @returns {import("./map_pick.js").Screen} */
  #screen() {
    const matrix = /** @type {PlaneView | SpaceView} */ (this.view).matrix();
    return { matrix, width: this.plot.clientWidth, height: this.plot.clientHeight };
  }

  /** @param {number} id @returns {[number, number, number] | null} */
  #placeOf(id) {
    if (3 * id + 2 >= this.places.length) return null;
    const { before, places, mixing } = this;
    const at = (/** @type {number} */ k) => before[k] + (places[k] - before[k]) * mixing;
    return [at(3 * id), at(3 * id + 1), at(3 * id + 2)];
  }

  // ── what a person does ──────────────────────────────────────────────────────────────────

  /** @type {number | null} */ over = null;
  /** @type {{x: number, y: number, time: number, id: number} | null} */ pressed = null;
  drawing = false;

  #listen() {
    const { plot } = this;
    plot.addEventListener("pointerdown", (event) => this.#press(event), true);
    plot.addEventListener("pointermove", (event) => this.#hover(event));
    plot.addEventListener("pointerleave", () => this.#overHide());
    plot.addEventListener("wheel", () => this.#overHide(), { passive: true, capture: true });
    plot.addEventListener("keydown", (event) => this.#key(event));
    for (const name of ["mousedown", "touchstart"]) {
      plot.addEventListener(name, (event) => this.drawing && this.#onFigure(event) && event.stopPropagation(), true);
    }
    this.lifted = (/** @type {PointerEvent} */ event) => this.#lift(event);
    window.addEventListener("pointerup", this.lifted, true);
    this.sizes = new ResizeObserver(() => this.view?.resize());
    this.sizes.observe(plot);
  }

  /** @param {Event} event */
  #onFigure(event) {
    return event.target instanceof Node && !!this.view?.figure.contains(event.target);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (!this.#onFigure(event) || event.button !== 0) return;
    this.plot.dataset.byHand = ""; // a focus that came by mouse needs no outline
    this.plot.focus({ preventScroll: true });
    const mode = event.shiftKey && this.tools.mode === "pan" ? "lasso" : this.tools.mode;
    this.drawing = this.view?.dims === 2 && mode !== "pan";
    if (this.drawing) drawOutline(event, this.plot, mode, (outline, done) => this.#outline(outline, done));
    this.pressed = { x: event.clientX, y: event.clientY, time: performance.now(), id: event.pointerId };
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    const { pressed } = this;
    if (!pressed || event.pointerId !== pressed.id) return;
    this.pressed = null;
    const slip = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (slip > CLICK_SLIP || performance.now() - pressed.time > CLICK_MS) return;
    const id = this.#hit(pressed.x, pressed.y, event.pointerType === "touch" ? 20 : 9);
    if (id !== null) this.#pick(id);
  }

  /** @param {number} clientX @param {number} clientY @param {number} radius */
  #hit(clientX, clientY, radius) {
    if (!this.view || !this.root.dataset.drawn === undefined || !this.shown.length) return null;
    const frame = this.plot.getBoundingClientRect();
    const reach = Math.max(radius, this.view.dot(this.values.length) / 2 + 2);
    return nearest(this.#screen(), this.#now(), this.shown, clientX - frame.left, clientY - frame.top, reach);
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    if (this.pressed || event.pointerType === "touch" || !this.#onFigure(event)) {
      this.#overHide();
      return;
    }
    this.pointer = event;
    this.hovering ??= requestAnimationFrame(() => {
      this.hovering = undefined;
      if (this.pointer && !this.pressed) this.#overShow(this.#hit(this.pointer.clientX, this.pointer.clientY, 9));
    });
  }

  /** @param {number | null} id */
  #overShow(id) {
    if (id === null || !this.component) {
      this.#overHide();
      return;
    }
    if (id !== this.over) this.card.show(id, this.#caption(id), this.sheet);
    this.over = id;
    this.plot.dataset.over = "";
    const place = /** @type {[number, number, number]} */ (this.#placeOf(id));
    const { x, y } = project(this.#screen(), ...place);
    this.card.place(x, y, this.plot);
    this.#overlays();
  }

  #overHide() {
    this.pointer = undefined;
    if (this.over === null) return;
    this.over = null;
    delete this.plot.dataset.over;
    this.card.hide();
    if (this.view && this.root.dataset.drawn !== undefined) this.#overlays();
  }

  /** What a picture is called. @param {number} id */
  #caption(id) {
    const { colour, labels } = /** @type {Component} */ (this.component).data;
    const classes = colour.kind === "class" ? this.values : this.labels;
    const names = colour.kind === "class" ? colour.names : labels?.names;
    const name = classes && names ? names[classes[id]] ?? "" : "";
    const value = colour.kind === "scale" ? `${number(this.values[id], 3)} · ` : "";
    return { name, detail: `${value}#${id}` };
  }

  /** @param {number} id */
  #pick(id) {
    this.sent.push(id);
    this.#select(id);
    this.component?.setTriggerValue("picked", { id });
    setText(this.said, `${this.#caption(id).name}, picture ${id}`);
  }

  /** @param {number | null} id */
  #select(id) {
    this.selected = id;
    this.overlay.announce();
    this.root.dataset.selected = id === null ? "" : String(id);
    this.redraw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    delete this.plot.dataset.byHand;
    if (event.target !== this.plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (step) this.#step(step);
    else if (event.key === "+" || event.key === "-") this.view?.zoom(event.key === "+" ? 1.25 : 0.8);
    else if (event.key === "Escape") this.#escape();
    else return;
    event.preventDefault();
  }

  /** Pick the next shown picture. @param {number} step */
  #step(step) {
    const { shown, region } = this;
    const n = shown.length;
    let id = this.selected ?? (step > 0 ? -1 : 0);
    for (let tries = 0; tries < n; tries++) {
      id = (id + step + n) % n;
      if (shown[id] && (!region || region[id])) {
        this.#pick(id);
        return;
      }
    }
  }

  #escape() {
    this.tools.set("pan");
    if (this.region) this.#clearRegion();
  }

  // ── regions ─────────────────────────────────────────────────────────────────────────────

  /** @param {Outline} outline @param {boolean} done */
  #outline(outline, done) {
    this.#overHide();
    const view = /** @type {PlaneView} */ (this.view);
    this.overlay.setOutline(outline.map(([x, y]) => [...view.at(x, y), 0]));
    this.redraw();
    if (!done) return;
    setTimeout(() => (this.drawing = false)); // after the mouse's own events
    const inside = outline.length > 2 ? within(this.#screen(), this.#now(), this.shown, outline) : null;
    const size = inside ? inside.reduce((sum, bit) => sum + bit, 0) : 0;
    if (!inside || size === 0) {
      this.overlay.setOutline([]);
      if (this.region) this.#clearRegion();
      return;
    }
    this.region = inside;
    setText(this.regionButton, `${count(size)} selected ✕`);
    this.regionButton.setAttribute("aria-label", `${size} pictures selected; clear the selection`);
    this.regionButton.hidden = false;
    this.root.dataset.region = String(size);
    setText(this.said, `${size} pictures selected`);
    this.#repaint();
    this.component?.setTriggerValue("region", { bits: packBits(inside) });
  }

  #clearRegion() {
    this.#forgetRegion();
    this.#repaint();
    this.component?.setTriggerValue("region", { bits: packBits(new Uint8Array(this.shown.length)) });
  }

  #forgetRegion() {
    this.region = null;
    this.overlay.setOutline([]);
    this.regionButton.hidden = true;
    delete this.root.dataset.region;
  }

  // ── for tests, and to leave ─────────────────────────────────────────────────────────────

  #hooks() {
    return {
      /** Where a sample is on the page, in CSS pixels. */
      screenOf: (/** @type {number} */ id) => {
        const frame = this.plot.getBoundingClientRect();
        const place = this.#placeOf(id);
        if (!place || !this.view) return null;
        const { x, y } = project(this.#screen(), ...place);
        return { x: frame.left + x, y: frame.top + y };
      },
      /** The sample at a place of the page. */
      hit: (/** @type {number} */ x, /** @type {number} */ y) => this.#hit(x, y, 9),
      /** A sample's place in the map's own numbers. */
      placeOf: (/** @type {number} */ id) => this.cube.leave(this.#placeOf(id) ?? [NaN, NaN, NaN]),
      camera: () => this.view?.camera(),
      shown: () => this.shown.reduce((sum, bit) => sum + bit, 0),
      moving: () => this.mixing < 1,
    };
  }

  dispose() {
    window.removeEventListener("pointerup", /** @type {any} */ (this.lifted), true);
    this.sizes?.disconnect();
    cancelAnimationFrame(this.frame);
    this.view?.dispose();
    this.view = null;
    this.root.remove();
  }
}

/** @type {WeakMap<HTMLElement, LatentMap>} */
const maps = new WeakMap();

/**
 * Draw the map into a component, or bring the one that is there up to date.
 * @param {Component} component
 */
export default function mount(component) {
  const { parentElement } = component;
  const known = maps.get(parentElement);
  const map = known ?? new LatentMap(parentElement);
  maps.set(parentElement, map);
  map.update(component);
  // Streamlit may clean up a superseded call while the element lives on: leave only with it.
  return () => setTimeout(() => {
    if (parentElement.isConnected || maps.get(parentElement) !== map) return;
    maps.delete(parentElement);
    map.dispose();
  });
}

