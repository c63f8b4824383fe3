// @ts-check
/**
 * The map: dots to point at, click, filter and select.  Pictures, colours and places are all
 * here, so hovering, filtering and turning ask nobody; Python hears only what was picked.
 */

import { packBits, readClasses, readTable } from "./bytes.js";
import { Card } from "./map_card.js";
import { toRgb } from "./map_colours.js";
import { Hand } from "./map_hand.js";
import { Legend } from "./map_legend.js";
import { Overlay } from "./map_overlay.js";
import { loadPlotly } from "./map_plotly.js";
import { Scene } from "./map_scene.js";
import { STYLE } from "./map_style.js";
import { Tools } from "./map_tools.js";
import { loadSheet } from "./pixels.js";
import { addStyle, count, el, number, setText } from "./theme.js";

/** @typedef {{url: string, count: number, dims: 2 | 3, lo: number[], hi: number[]}} PointsData */
/** @typedef {{kind: "class", url: string, names: string[]}} ClassData */
/** @typedef {{kind: "scale", url: string, title: string, lo: number, hi: number}} ScaleData */
/**
 * @typedef {object} MapData what Python sends
 * @property {PointsData} points
 * @property {ClassData | ScaleData} colour
 * @property {ClassData | null} labels what pictures are called when the colour says something else
 * @property {import("./pixels.js").SheetSpec | null} sheet
 * @property {number | null} selected
 * @property {boolean} selecting whether Python holds a region of this map
 * @property {{at: number[], label: string}[]} marks
 * @property {boolean} tools whether the buttons are shown
 * @property {number} height
 * @property {boolean} moving
 * @property {string} note
 */
/** @typedef {{data: MapData, parentElement: HTMLElement, setTriggerValue: (name: string, value: any) => void}} Component */

/** @param {ClassData | ScaleData} colour @returns {Promise<Uint8Array | Float32Array>} */
function readColour(colour) {
  if (colour.kind === "class") return readClasses(colour);
  return readTable({ url: colour.url, lo: [colour.lo], hi: [colour.hi] });
}

class LatentMap {
  /** @param {Component} component */
  constructor(component) {
    addStyle("ls-map-style", STYLE);
    this.component = component;
    this.legend = new Legend(() => this.#filter());
    this.card = new Card();
    this.overlay = new Overlay();
    this.note = el("div", { class: "ls-map-note" });
    this.wait = el("div", { class: "ls-map-wait" }, "Drawing the map…");
    this.said = el("div", { class: "ls-map-said", "aria-live": "polite" });
    this.chosen = el("button", { type: "button", class: "ls-map-region", hidden: true, onclick: () => this.#clear() });
    this.plot = el("div", { class: "ls-map-plot", tabindex: "0", role: "application" },
      this.overlay.root, this.wait, this.note, this.chosen, this.card.root);
    this.scene = new Scene(this.plot, { drawn: () => this.#drawn(), failed: (error) => this.#fail(error) });
    this.tools = new Tools({
      mode: (mode) => (this.plot.dataset.mode = mode),
      zoom: (factor) => this.scene.view?.zoom(factor),
      home: () => this.scene.view?.home(),
    });
    this.plot.append(this.tools.root);
    this.hand = this.#hand();
    this.root = el("div", { class: "ls-map" }, this.plot, this.legend.root, this.said);
    Object.assign(this.root, { lsMap: this.#hooks() });
    component.parentElement.append(this.root);
    this.sizes = new ResizeObserver(() => this.scene.view?.resize());
    this.sizes.observe(this.plot);
  }

  /** @type {Uint8Array | null} */ labels = null;
  /** @type {import("./pixels.js").Sheet | null} */ sheet = null;
  /** @type {number | null} */ over = null; // under the pointer
  /** @type {number | null} */ selected = null;
  /** @type {number | null | undefined} */ told; // what Python last called selected
  selecting = false; // whether Python holds a region
  /** @type {number[]} */ sent = []; // picks that Python hasn't answered yet
  address = { points: "", colour: "", sheet: "", theme: "" }; // of what is on the screen
  #turn = 0; // counts updates, so that a slow one never overwrites a later one

  // ── what Python says ────────────────────────────────────────────────────────────────────

  /** @param {Component} component */
  update(component) {
    this.component = component;
    const { data } = component;
    this.root.style.setProperty("--height", `${data.height}px`);
    setText(this.note, data.note);
    this.tools.root.hidden = !data.tools;
    this.#readTheme();
    this.#follow(data.selected);
    if (this.selecting && !data.selecting) this.#forget();
    this.selecting = data.selecting;
    this.#load(data).catch((error) => this.#fail(error));
  }

  /** @param {number | null} selected Python's word, unless a later pick is still on its way */
  #follow(selected) {
    if (selected === this.told) return;
    this.told = selected;
    const answered = selected === null ? -1 : this.sent.indexOf(selected);
    if (answered < 0) this.sent = [];
    else this.sent.splice(0, answered + 1);
    if (this.sent.length === 0 && selected !== this.selected) this.#select(selected);
  }

  /** @param {MapData} data */
  async #load(data) {
    const turn = ++this.#turn;
    loadPlotly().catch(() => {}); // starts while the data travels; the scene reports
    if (data.sheet) this.#loadSheet(data.sheet);
    const [table, values, labels] = await Promise.all([
      readTable(data.points), readColour(data.colour), data.labels ? readClasses(data.labels) : null,
    ]);
    if (turn !== this.#turn) return;
    this.labels = labels;
    this.#place(data, table);
    this.#colour(data.colour, values);
    this.overlay.setMarks(data.marks.map(({ at, label }) => ({ place: this.scene.cube.enter(at), label })));
    this.#describe(data.points);
    this.scene.redraw();
  }

  /** @param {import("./pixels.js").SheetSpec} spec */
  async #loadSheet(spec) {
    if (this.address.sheet === spec.url) return;
    this.address.sheet = spec.url;
    this.sheet = null;
    try {
      const sheet = await loadSheet(spec);
      if (this.address.sheet !== spec.url) return;
      this.sheet = sheet;
      this.root.dataset.sheet = "ready";
    } catch {
      this.address.sheet = ""; // the card shows names only; the next update tries again
    }
  }

  /** @param {MapData} data @param {Float32Array} table */
  #place({ points, moving }, table) {
    const address = `${points.url} ${points.lo} ${points.hi}`; // the same bytes may stand for another range
    if (this.address.points === address && this.scene.view?.dims === points.dims) return;
    this.address.points = address;
    if (this.scene.view?.dims !== points.dims) {
      this.tools.setDims(points.dims);
      this.root.dataset.ready = "false";
    }
    this.#away();
    this.overlay.setOutline([]); // the dots inside have moved; they stay selected
    this.scene.place(points, table, moving);
    this.#showRegion();
  }

  /** @param {ClassData | ScaleData} colour @param {Uint8Array | Float32Array} values */
  #colour(colour, values) {
    const address = `${JSON.stringify(colour)} ${this.address.points} ${this.address.theme}`;
    if (this.address.colour === address) return;
    this.address.colour = address;
    this.scene.values = values;
    if (colour.kind === "class") {
      const counts = new Array(colour.names.length).fill(0);
      for (const value of values) counts[value] += 1;
      this.legend.showClasses(colour.names, counts, this.scene.tone);
    } else {
      this.legend.showScale(colour, this.scene.tone);
    }
    this.scene.scale = colour.kind === "scale" ? { lo: colour.lo, hi: colour.hi } : {};
    this.#filter();
  }

  /** @param {PointsData} points */
  #describe({ count: n, dims }) {
    Object.assign(this.root.dataset, { count: n, dims });
    this.plot.setAttribute("aria-label", `Map of ${n} pictures in ${dims}D. Arrow keys go from picture to picture, Escape clears a selection.`);
  }

  #readTheme() {
    const style = getComputedStyle(this.root);
    const ground = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
    const ink = style.getPropertyValue("--st-text-color").trim() || "#222222";
    if (this.address.theme === ground + ink) return;
    this.address.theme = ground + ink;
    const text = toRgb(ink);
    this.scene.ground = toRgb(ground);
    this.scene.grey = /** @type {import("./map_scene.js").Triple} */ (
      this.scene.ground.map((value, k) => Math.round(0.72 * value + 0.28 * text[k])));
  }

  /** @param {unknown} error */
  #fail(error) {
    const reason = error instanceof Error ? error.message : String(error);
    this.wait.setAttribute("role", "alert");
    setText(this.wait, `The map can't be drawn: ${reason}. Reloading the page may help.`);
  }

  // ── what is seen ────────────────────────────────────────────────────────────────────────

  #filter() {
    const { scene, legend } = this;
    scene.shown = Uint8Array.from(scene.values, (value) => (legend.hidden.has(value) ? 0 : 1));
    this.#away();
    scene.repaint();
  }

  #drawn() {
    const { scene, overlay } = this;
    const size = /** @type {NonNullable<typeof scene.view>} */ (scene.view).dot(scene.count);
    const [ring, hot] = [scene.placeOf(this.selected), scene.placeOf(this.over)];
    overlay.follow(scene.projector(), { ring, hot, size, width: this.plot.clientWidth });
    this.root.dataset.drawn = "";
    if (scene.ready) this.root.dataset.ready = "true";
  }

  /** @param {number | null} id */
  #select(id) {
    this.selected = id;
    this.root.dataset.selected = id === null ? "" : String(id);
    this.overlay.announce();
    this.scene.redraw();
  }

  /** What a picture is called. @param {number} id */
  #caption(id) {
    const { colour, labels } = this.component.data;
    const classes = colour.kind === "class" ? this.scene.values : this.labels;
    const names = colour.kind === "class" ? colour.names : labels?.names;
    const name = classes && names ? names[classes[id]] ?? "" : "";
    const value = colour.kind === "scale" ? `${number(this.scene.values[id], 3)} · ` : "";
    return { name, detail: `${value}#${id}` };
  }

  // ── what a person does ──────────────────────────────────────────────────────────────────

  #hand() {
    return new Hand(this.plot, {
      figure: () => this.scene.view?.figure,
      mode: () => this.tools.mode,
      flat: () => this.scene.view?.dims === 2,
      point: (x, y, radius) => this.#point(this.scene.hit(x, y, radius)),
      away: () => this.#away(),
      click: (x, y, radius) => this.#pick(this.scene.hit(x, y, radius)),
      outline: (outline, done) => this.#outline(outline, done),
      step: (step) => this.#pick(this.#next(step)),
      zoom: (factor) => this.scene.view?.zoom(factor),
      escape: () => {
        this.tools.set("pan");
        if (this.scene.region) this.#clear();
      },
    });
  }

  /** @param {number | null} id */
  #point(id) {
    const place = this.scene.placeOf(id);
    if (id === null || !place) {
      this.#away();
      return;
    }
    if (id !== this.over) this.card.show(id, this.#caption(id), this.sheet);
    this.over = id;
    this.plot.dataset.over = "";
    const { x, y } = this.scene.projector()(place);
    this.card.place(x, y, this.plot);
    this.#drawn();
  }

  #away() {
    if (this.over === null) return;
    this.over = null;
    delete this.plot.dataset.over;
    this.card.hide();
    if (this.scene.ready) this.#drawn();
  }

  /** @param {number | null} id */
  #pick(id) {
    if (id === null) return;
    this.sent.push(id);
    this.#select(id);
    setText(this.said, `${this.#caption(id).name}, picture ${id}`);
    this.component.setTriggerValue("picked", { id });
  }

  /** The shown picture after or before the selected one. @param {number} step */
  #next(step) {
    const { shown, region } = this.scene;
    const n = shown.length;
    let id = this.selected ?? (step > 0 ? -1 : 0);
    for (let tries = 0; tries < n; tries++) {
      id = (id + step + n) % n;
      if (shown[id] && (!region || region[id])) return id;
    }
    return null;
  }

  /** @param {import("./map_pick.js").Outline} outline @param {boolean} done */
  #outline(outline, done) {
    this.#away();
    const view = /** @type {import("./map_plane.js").PlaneView} */ (this.scene.view);
    this.overlay.setOutline(outline.map(([x, y]) => [...view.at(x, y), 0]));
    this.scene.redraw();
    if (!done) return;
    const inside = outline.length > 2 ? this.scene.inside(outline) : new Uint8Array(0);
    if (inside.includes(1)) this.#choose(inside);
    else if (this.scene.region) this.#clear();
    else this.overlay.setOutline([]);
  }

  /** @param {Uint8Array} inside */
  #choose(inside) {
    this.scene.region = inside;
    this.scene.repaint();
    this.#showRegion();
    this.component.setTriggerValue("region", { bits: packBits(inside) });
  }

  #clear() {
    this.#forget();
    this.component.setTriggerValue("region", { bits: packBits(new Uint8Array(this.scene.count)) });
  }

  /** Python knows already. */
  #forget() {
    this.scene.region = null;
    this.overlay.setOutline([]);
    this.scene.repaint();
    this.#showRegion();
  }

  #showRegion() {
    const { region } = this.scene;
    const size = region ? region.reduce((sum, bit) => sum + bit, 0) : 0;
    this.chosen.hidden = size === 0;
    this.root.dataset.region = String(size);
    setText(this.chosen, `${count(size)} selected ✕`);
    this.chosen.setAttribute("aria-label", `${size} pictures selected; clear the selection`);
    if (size) setText(this.said, `${size} pictures selected`);
  }

  // ── for tests, and to leave ─────────────────────────────────────────────────────────────

  #hooks() {
    const { scene } = this;
    return {
      /** Where a sample is on the page, in CSS pixels. */
      screenOf: (/** @type {number} */ id) => {
        const place = scene.placeOf(id);
        if (!place || !scene.ready) return null;
        const { left, top } = this.plot.getBoundingClientRect();
        const { x, y } = scene.projector()(place);
        return { x: left + x, y: top + y };
      },
      /** The sample that a click at a place of the page would pick. */
      hit: (/** @type {number} */ x, /** @type {number} */ y) => {
        const { left, top } = this.plot.getBoundingClientRect();
        return scene.hit(x - left, y - top, 9);
      },
      /** A sample's place in the map's own numbers. */
      placeOf: (/** @type {number} */ id) => scene.cube.leave(scene.placeOf(id) ?? [NaN, NaN, NaN]),
      camera: () => scene.view?.camera(),
      shown: () => scene.shown.reduce((sum, bit) => sum + bit, 0),
      gliding: () => scene.mixing < 1,
      scene,
    };
  }

  dispose() {
    this.hand.dispose();
    this.sizes.disconnect();
    this.scene.dispose();
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
  const map = maps.get(parentElement) ?? new LatentMap(component);
  maps.set(parentElement, map);
  map.update(component);
  // Streamlit also cleans up after a superseded call while the element lives on: leave only with it.
  return () => setTimeout(() => {
    if (parentElement.isConnected || maps.get(parentElement) !== map) return;
    maps.delete(parentElement);
    map.dispose();
  });
}
