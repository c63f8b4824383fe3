// @ts-check
/**
 * The map: dots to point at, click, filter and select.  Pictures, colours and places are all
 * here, so hovering, filtering and turning ask nobody; Python hears only what was picked.
 */

import { setText } from "../core/dom.js";
import { loadSheet } from "../core/images.js";
import { OptimisticValue } from "../core/optimistic.js";
import { Grid } from "./decode/decoded_grid.js";
import { Look } from "./decode/hover_decoder.js";
import { Hand } from "./input/gestures.js";
import { Region } from "./input/lasso.js";
import { Choice } from "./input/selection.js";
import { Room, greys } from "./layout.js";
import { Legend } from "./legend.js";
import { HereMark } from "./live_marker.js";
import { Overlay } from "./overlay.js";
import { captionOf, readColumns, wordsFor } from "./payload.js";
import { loadPlotly } from "./scene/plotly_loader.js";
import { Scene } from "./scene/scene.js";
import { hooksOf } from "./test_hooks.js";
import { Tools } from "./toolbar.js";

/** @typedef {import("./payload.js").MapData} MapData */
/** @typedef {{data: MapData, parentElement: HTMLElement, setTriggerValue: (name: string, value: any) => void}} Component */

export class LatentMap {
  /** @param {Component} component */
  constructor(component) {
    this.component = component;
    this.room = new Room(component.parentElement);
    this.root = this.room.root;
    this.plot = this.room.plot;
    this.scene = new Scene(this.plot, { drawn: () => this.#drawn(), failed: (error) => this.room.fail(error) });
    this.look = new Look(this.plot, this.scene, {
      caption: (id) => captionOf(this.component.data, this.scene.values, this.columns, id),
      sheet: () => this.sheet, changed: () => this.#nudge(), live: () => this.#live(),
    });
    this.choice = new Choice(this.scene, this.look, {
      picture: () => this.#ring(), place: () => this.#marks(),
      noun: () => this.component.data.noun,
      choosing: () => this.component.data.live?.choosing === true,
      say: (words) => this.room.say(words), send: (event, value) => this.#send(event, value),
    });
    this.legend = new Legend(() => this.#filter());
    this.here = new HereMark(() => this.#nudge());
    this.overlay = new Overlay(this.here.root);
    this.region = new Region(this.scene, this.overlay, {
      noun: () => this.component.data.noun,
      say: (words) => this.room.say(words), send: (bits) => this.#send("region", { bits }),
    });
    this.tools = new Tools({
      mode: (mode) => (this.plot.dataset.mode = mode),
      zoom: (factor) => this.scene.view?.zoom(factor),
      home: () => this.scene.view?.home(),
      grid: () => this.#toggleGrid(),
    });
    this.grid = new Grid(this.plot, this.scene, this.look.source);
    this.hand = this.#hand();
    this.#furnish();
    Object.assign(this.root, { lsMap: hooksOf(this) });
    this.sizes = new ResizeObserver(() => this.scene.view?.resize());
    this.sizes.observe(this.plot);
  }

  /** @type {{labels: Uint8Array | null, names: string[] | null}} */ columns = { labels: null, names: null };
  /** @type {import("../core/images.js").Sheet | null} */ sheet = null;
  laid = new OptimisticValue(false); // whether the decoded space lies under the dots
  address = { points: "", colour: "", sheet: "", theme: "" }; // of what is on the screen
  #nudged = 0; // the frame in which what lies over the dots moves
  #turn = 0; // counts updates, so that a slow one never overwrites a later one

  #furnish() {
    const { room, overlay, look } = this;
    this.plot.append(overlay.root, look.crossMark, room.wait, room.note, this.region.root, look.card.root, this.tools.root);
    room.foot.append(this.legend.root, overlay.lines.keys, room.about);
  }

  /** @param {string} event @param {any} value */
  #send(event, value) {
    this.component.setTriggerValue(event, value);
  }

  // ── what Python says ────────────────────────────────────────────────────────────────────

  /** @param {Component} component */
  update(component) {
    this.component = component;
    const { data } = component;
    this.root.style.setProperty("--height", `${data.height}px`);
    setText(this.room.note, data.note);
    this.tools.root.hidden = !data.tools;
    this.#readTheme();
    this.choice.followPicture(data.selected);
    this.region.follow(data.selecting);
    this.here.listen(data.follow);
    this.#load(data).catch((error) => this.room.fail(error));
  }

  /** @param {MapData} data */
  async #load(data) {
    const turn = ++this.#turn;
    loadPlotly().catch(() => {}); // starts while the data travels; the scene reports
    if (data.sheet) this.#loadSheet(data.sheet);
    const { table, values, ...columns } = await readColumns(data);
    if (turn !== this.#turn) return;
    this.columns = columns;
    this.#place(data, table);
    this.#colour(data.colour, values);
    this.#followLive(data.live);
    Object.assign(this.root.dataset, { count: data.points.count, dims: data.points.dims });
    this.plot.setAttribute("aria-label", wordsFor(data));
    this.scene.redraw();
    this.look.source.set(data.live, this.address.points, table).catch((error) => this.room.refuse(error));
    if (this.overlay.lines.set(data.lines, this.scene.cube)) this.#nudge();
  }

  /** @param {import("../core/images.js").SheetSpec} spec */
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
    this.look.away();
    this.overlay.setOutline([]); // the dots inside have moved; they stay selected
    this.scene.place(points, table, moving);
    this.region.show();
  }

  /** @param {MapData["colour"]} colour @param {import("./payload.js").Values} values */
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

  /** @param {MapData["live"]} live */
  #followLive(live) {
    this.laid.receive(live?.grid ?? false);
    this.choice.followPlace(live?.place ?? null);
    this.#lay();
  }

  #readTheme() {
    const { ground, ink } = this.room.theme();
    if (this.address.theme === ground + ink) return;
    this.address.theme = ground + ink;
    Object.assign(this.scene, greys(ground, ink));
  }

  // ── what is seen ────────────────────────────────────────────────────────────────────────

  #filter() {
    const { scene, legend } = this;
    scene.shown = Uint8Array.from(scene.values, (value) => (legend.hidden.has(value) ? 0 : 1));
    this.look.away();
    scene.repaint();
  }

  #drawn() {
    this.#over();
    this.grid.follow();
    this.root.dataset.drawn = "";
    if (this.scene.ready) this.root.dataset.ready = "true";
  }

  /** What lies over the dots. */
  #over() {
    const { scene, overlay } = this;
    const size = /** @type {NonNullable<typeof scene.view>} */ (scene.view).dot(scene.count);
    const [ring, hot, here] = [scene.placeOf(this.choice.picture), scene.placeOf(this.look.over), this.#herePlace()];
    overlay.follow(scene.projector(), { ring, hot, here, size, width: this.plot.clientWidth });
  }

  /** It has moved, and the dots haven't. */
  #nudge() {
    this.#nudged ||= requestAnimationFrame(() => {
      this.#nudged = 0;
      if (this.scene.ready) this.#over();
    });
  }

  /** Where one is, on the map that is shown. */
  #herePlace() {
    const place = this.here.place(this.look.source.ways);
    const flat = this.component.data.points.dims === 2 && place?.length === 2;
    return flat ? this.scene.cube.enter(/** @type {ArrayLike<number>} */ (place)) : null;
  }

  #ring() {
    const id = this.choice.picture;
    this.root.dataset.selected = id === null ? "" : String(id);
    this.overlay.announce();
    this.scene.redraw();
  }

  /** The places that are no dots. */
  #marks() {
    const { data } = this.component;
    const { place } = this.choice;
    this.root.dataset.place = place?.join() ?? "";
    const chosen = place ? [{ at: /** @type {number[]} */ (place), label: "" }] : [];
    this.overlay.setMarks([...data.marks, ...chosen].map(({ at, label }) => ({ place: this.scene.cube.enter(at), label })));
  }

  // ── the decoded space ───────────────────────────────────────────────────────────────────

  /** Places can be decoded now, or no longer. */
  #live() {
    const { source } = this.look;
    this.tools.setLive(source.spec !== null);
    this.room.tellAbout(source, this.component.data.tools);
    this.grid.forget();
    this.#nudge();
    this.#lay();
  }

  #toggleGrid() {
    this.laid.set(!this.laid.value);
    this.#send("grid", { on: this.laid.value });
    this.#lay();
  }

  #lay() {
    const { value: on } = this.laid;
    this.tools.setGrid(on);
    this.grid.set(on);
    this.scene.faint = on && this.look.source.ready;
    this.root.dataset.grid = String(on);
    this.scene.redraw();
  }

  // ── what a person does ──────────────────────────────────────────────────────────────────

  #hand() {
    const { scene, look, choice } = this;
    return new Hand(this.plot, {
      figure: () => scene.view?.figure,
      mode: () => this.tools.mode,
      flat: () => scene.view?.dims === 2,
      looks: () => look.source.ready,
      point: (x, y, radius) => look.point(x, y, radius),
      away: () => look.away(),
      click: (x, y, radius, free) => choice.click(x, y, radius, free),
      outline: (outline, done) => this.#outline(outline, done),
      step: (step) => choice.step(step),
      cross: (across, down) => look.step(across, down),
      enter: () => look.cross && choice.click(look.cross.x, look.cross.y, look.crossReach, true),
      zoom: (factor) => scene.view?.zoom(factor),
      escape: () => this.#escape(),
    });
  }

  #escape() {
    this.tools.set("pan");
    if (this.look.cross) this.look.away();
    else if (this.scene.region) this.region.clear();
  }

  /** @param {import("./scene/hit_test.js").Outline} outline @param {boolean} done */
  #outline(outline, done) {
    this.look.away();
    this.region.outline(outline, done);
  }

  // ── to leave ────────────────────────────────────────────────────────────────────────────

  dispose() {
    cancelAnimationFrame(this.#nudged);
    this.here.dispose();
    this.hand.dispose();
    this.sizes.disconnect();
    this.grid.dispose();
    this.scene.dispose();
    this.room.dispose();
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
