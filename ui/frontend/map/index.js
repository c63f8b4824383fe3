// @ts-check
/**
 * The map: points to hover, click, filter and select.  Images, colors and positions are all
 * in the browser, so only selections are sent to Python.
 */

import { setText } from "../core/dom.js";
import { loadSheet } from "../core/images.js";
import { OptimisticValue } from "../core/optimistic.js";
import { DecodedGrid } from "./decode/decoded_grid.js";
import { HoverDecoder } from "./decode/hover_decoder.js";
import { Gestures } from "./input/gestures.js";
import { RegionSelection } from "./input/lasso.js";
import { Selection } from "./input/selection.js";
import { MapLayout, dimmedColors } from "./layout.js";
import { Legend } from "./legend.js";
import { LiveMarker } from "./live_marker.js";
import { Overlay } from "./overlay.js";
import { sampleCaption, fetchColumns, mapLabel } from "./payload.js";
import { loadPlotly } from "./scene/plotly_loader.js";
import { Scene } from "./scene/scene.js";
import { testHooks } from "./test_hooks.js";
import { Toolbar } from "./toolbar.js";

/** @typedef {import("./payload.js").MapData} MapData */
/** @typedef {{data: MapData, parentElement: HTMLElement, setTriggerValue: (name: string, value: any) => void}} MapComponent */

export class LatentMap {
  /** @param {MapComponent} component */
  constructor(component) {
    this.component = component;
    this.layout = new MapLayout(component.parentElement);
    this.root = this.layout.root;
    this.plot = this.layout.plot;
    this.scene = new Scene(this.plot, {
      drawn: () => this.#onDrawn(),
      failed: (error) => this.layout.showError(error),
    });
    this.hover = new HoverDecoder(this.plot, this.scene, {
      caption: (id) => sampleCaption(this.component.data, this.scene.values, this.columns, id),
      sheet: () => this.sheet,
      changed: () => this.#scheduleOverlay(),
      live: () => this.#onDecoderChange(),
    });
    this.selection = new Selection(this.scene, this.hover, {
      sampleChanged: () => this.#updateSelected(),
      pointChanged: () => this.#updateMarks(),
      noun: () => this.component.data.sample_noun,
      choosing: () => this.component.data.decode?.choosing === true,
      say: (words) => this.layout.announce(words),
      send: (event, value) => this.#send(event, value),
    });
    this.legend = new Legend(() => this.#filter());
    this.marker = new LiveMarker(() => this.#scheduleOverlay());
    this.overlay = new Overlay(this.marker.root);
    this.lasso = new RegionSelection(this.scene, this.overlay, {
      noun: () => this.component.data.sample_noun,
      say: (words) => this.layout.announce(words),
      send: (bits) => this.#send("region", { bits }),
    });
    this.toolbar = new Toolbar({
      mode: (mode) => (this.plot.dataset.mode = mode),
      zoom: (factor) => this.scene.view?.zoom(factor),
      home: () => this.scene.view?.home(),
      grid: () => this.#toggleGrid(),
    });
    this.grid = new DecodedGrid(this.plot, this.scene, this.hover.source);
    this.gestures = this.#createGestures();
    this.#assemble();
    Object.assign(this.root, { __testHooks: testHooks(this) });
    this.sizes = new ResizeObserver(() => this.scene.view?.resize());
    this.sizes.observe(this.plot);
  }

  /** @type {{labels: Uint8Array | null, names: string[] | null}} */ columns = {
    labels: null,
    names: null,
  };
  /** @type {import("../core/images.js").Sheet | null} */ sheet = null;
  gridOn = new OptimisticValue(false); // whether the decoded grid is shown
  current = { points: "", color: "", sheet: "", theme: "" }; // keys of what is shown
  #overlayFrame = 0; // animation frame of the overlay
  #updateCount = 0; // counts updates, so that a slow one never overwrites a later one

  #assemble() {
    const { layout, overlay, hover } = this;
    this.plot.append(
      overlay.root,
      hover.crossMark,
      layout.status,
      layout.note,
      this.lasso.root,
      hover.card.root,
      this.toolbar.root,
    );
    layout.footer.append(this.legend.root, overlay.lines.legend, layout.about);
  }

  /** @param {string} event @param {any} value */
  #send(event, value) {
    this.component.setTriggerValue(event, value);
  }

  // ── updates from Python ────────────────────────────────────────────────────────────────────

  /** @param {MapComponent} component */
  update(component) {
    this.component = component;
    const { data } = component;
    this.root.style.setProperty("--height", `${data.height}px`);
    setText(this.layout.note, data.note);
    this.toolbar.root.hidden = !data.toolbar;
    this.#readTheme();
    this.selection.syncSample(data.selected);
    this.lasso.sync(data.has_selection);
    this.marker.follow(data.channel);
    this.#load(data).catch((error) => this.layout.showError(error));
  }

  /** @param {MapData} data */
  async #load(data) {
    const update = ++this.#updateCount;
    loadPlotly().catch(() => {}); // starts while the data is fetched; the scene reports errors
    if (data.sheet) this.#loadSheet(data.sheet);
    const { table, values, ...columns } = await fetchColumns(data);
    if (update !== this.#updateCount) return;
    this.columns = columns;
    this.#setPoints(data, table);
    this.#setColor(data.color, values);
    this.#followDecoder(data.decode);
    Object.assign(this.root.dataset, { count: data.points.count, dims: data.points.dims });
    this.plot.setAttribute("aria-label", mapLabel(data));
    this.scene.redraw();
    this.hover.source
      .set(data.decode, this.current.points, table)
      .catch((error) => this.layout.showDecoderError(error));
    if (this.overlay.lines.set(data.lines, this.scene.normalizer)) this.#scheduleOverlay();
  }

  /** @param {import("../core/images.js").SheetSpec} spec */
  async #loadSheet(spec) {
    if (this.current.sheet === spec.url) return;
    this.current.sheet = spec.url;
    this.sheet = null;
    try {
      const sheet = await loadSheet(spec);
      if (this.current.sheet !== spec.url) return;
      this.sheet = sheet;
      this.root.dataset.sheet = "ready";
    } catch {
      this.current.sheet = ""; // the card shows names only until the next update
    }
  }

  /** @param {MapData} data @param {Float32Array} table */
  #setPoints({ points, computing }, table) {
    const current = `${points.url} ${points.lo} ${points.hi}`; // the same bytes may encode another range
    if (this.current.points === current && this.scene.view?.nDims === points.dims) return;
    this.current.points = current;
    if (this.scene.view?.nDims !== points.dims) {
      this.toolbar.setDims(points.dims);
      this.root.dataset.ready = "false";
    }
    this.hover.leave();
    this.overlay.setOutline([]); // the points inside have moved; they stay selected
    this.scene.setPoints(points, table, computing);
    this.lasso.show();
  }

  /** @param {MapData["color"]} color @param {import("./payload.js").Values} values */
  #setColor(color, values) {
    const current = `${JSON.stringify(color)} ${this.current.points} ${this.current.theme}`;
    if (this.current.color === current) return;
    this.current.color = current;
    this.scene.values = values;
    if (color.kind === "class") {
      const counts = new Array(color.names.length).fill(0);
      for (const value of values) counts[value] += 1;
      this.legend.showClasses(color.names, counts, this.scene.theme);
    } else {
      this.legend.showScale(color, this.scene.theme);
    }
    this.scene.scale = color.kind === "scale" ? { lo: color.lo, hi: color.hi } : {};
    this.#filter();
  }

  /** @param {MapData["decode"]} decode */
  #followDecoder(decode) {
    this.gridOn.receive(decode?.grid ?? false);
    this.selection.syncPoint(decode?.place ?? null);
    this.#applyGrid();
  }

  #readTheme() {
    const { background, text } = this.layout.theme();
    if (this.current.theme === background + text) return;
    this.current.theme = background + text;
    Object.assign(this.scene, dimmedColors(background, text));
  }

  // ── drawing ────────────────────────────────────────────────────────────────────────────────

  #filter() {
    const { scene, legend } = this;
    scene.visible = Uint8Array.from(scene.values, (value) => (legend.hidden.has(value) ? 0 : 1));
    this.hover.leave();
    scene.repaint();
  }

  #onDrawn() {
    this.#updateOverlay();
    this.grid.update();
    this.root.dataset.drawn = "";
    if (this.scene.ready) this.root.dataset.ready = "true";
  }

  /** Rings and marker over the points. */
  #updateOverlay() {
    const { scene, overlay } = this;
    const size = /** @type {NonNullable<typeof scene.view>} */ (scene.view).pointSize(scene.count);
    const [ring, hot, marker] = [
      scene.positionOf(this.selection.sample),
      scene.positionOf(this.hover.hovered),
      this.#markerPosition(),
    ];
    overlay.update(scene.projector(), {
      ring,
      hoverRing: hot,
      marker,
      size,
      width: this.plot.clientWidth,
    });
  }

  /** The overlay has changed, and the points have not. */
  #scheduleOverlay() {
    this.#overlayFrame ||= requestAnimationFrame(() => {
      this.#overlayFrame = 0;
      if (this.scene.ready) this.#updateOverlay();
    });
  }

  /** The marker's normalized position on this map. */
  #markerPosition() {
    const place = this.marker.pointOn(this.hover.source.transform);
    const flat = this.component.data.points.dims === 2 && place?.length === 2;
    return flat ? this.scene.normalizer.normalize(/** @type {ArrayLike<number>} */ (place)) : null;
  }

  #updateSelected() {
    const id = this.selection.sample;
    this.root.dataset.selected = id === null ? "" : String(id);
    this.overlay.announce();
    this.scene.redraw();
  }

  /** Marks of points that are no samples. */
  #updateMarks() {
    const { data } = this.component;
    const { point } = this.selection;
    this.root.dataset.point = point?.join() ?? "";
    const chosen = point ? [{ at: /** @type {number[]} */ (point), label: "" }] : [];
    this.overlay.setMarks(
      [...data.marks, ...chosen].map(({ at, label }) => ({
        position: this.scene.normalizer.normalize(at),
        label,
      })),
    );
  }

  // ── decoded grid ───────────────────────────────────────────────────────────────────────────

  /** Points can be decoded now, or no longer. */
  #onDecoderChange() {
    const { source } = this.hover;
    this.toolbar.setDecodes(source.spec !== null);
    this.layout.showDecoderInfo(source, this.component.data.toolbar);
    this.grid.clear();
    this.#scheduleOverlay();
    this.#applyGrid();
  }

  #toggleGrid() {
    this.gridOn.set(!this.gridOn.value);
    this.#send("grid", { on: this.gridOn.value });
    this.#applyGrid();
  }

  #applyGrid() {
    const on = this.gridOn.value;
    this.toolbar.setGrid(on);
    this.grid.setVisible(on);
    this.scene.faded = on && this.hover.source.ready;
    this.root.dataset.grid = String(on);
    this.scene.redraw();
  }

  // ── gestures ───────────────────────────────────────────────────────────────────────────────

  #createGestures() {
    const { scene, hover, selection } = this;
    return new Gestures(this.plot, {
      figure: () => scene.view?.figure,
      mode: () => this.toolbar.mode,
      is2d: () => scene.view?.nDims === 2,
      canInspect: () => hover.source.ready,
      hover: (x, y, radius) => hover.hover(x, y, radius),
      leave: () => hover.leave(),
      click: (x, y, radius, free) => selection.click(x, y, radius, free),
      outline: (outline, done) => this.#updateOutline(outline, done),
      step: (step) => selection.step(step),
      moveCross: (across, down) => hover.moveCross(across, down),
      selectAtCross: () =>
        hover.cross && selection.click(hover.cross.x, hover.cross.y, hover.crossRadius, true),
      zoom: (factor) => scene.view?.zoom(factor),
      escape: () => this.#escape(),
    });
  }

  #escape() {
    this.toolbar.set("pan");
    if (this.hover.cross) this.hover.leave();
    else if (this.scene.region) this.lasso.clear();
  }

  /** @param {import("./scene/hit_test.js").Outline} outline @param {boolean} done */
  #updateOutline(outline, done) {
    this.hover.leave();
    this.lasso.setOutline(outline, done);
  }

  // ── disposal ───────────────────────────────────────────────────────────────────────────────

  dispose() {
    cancelAnimationFrame(this.#overlayFrame);
    this.marker.dispose();
    this.gestures.dispose();
    this.sizes.disconnect();
    this.grid.dispose();
    this.scene.dispose();
    this.layout.dispose();
  }
}

/** @type {WeakMap<HTMLElement, LatentMap>} */
const instances = new WeakMap();

/**
 * Create the map of a component, or update it.
 * @param {MapComponent} component
 */
export default function mount(component) {
  const { parentElement } = component;
  const map = instances.get(parentElement) ?? new LatentMap(component);
  instances.set(parentElement, map);
  map.update(component);
  // Streamlit also cleans up after a superseded call while the element is still in use.
  return () =>
    setTimeout(() => {
      if (parentElement.isConnected || instances.get(parentElement) !== map) return;
      instances.delete(parentElement);
      map.dispose();
    });
}
