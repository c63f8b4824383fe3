// @ts-check
/** A map: its parts, and what a payload changes in them. */

import { MapContent } from "./content.js";
import { DecodedGrid } from "./decode/decoded_grid.js";
import { GridSwitch } from "./decode/grid_switch.js";
import { HoverDecoder } from "./decode/hover_decoder.js";
import { PreviewDecoder } from "./decode/preview_decoder.js";
import { Gestures } from "./input/gestures.js";
import { Navigation } from "./input/navigation.js";
import { RegionSelection } from "./input/region_selection.js";
import { Selection } from "./input/selection.js";
import { MapLayout } from "./layout.js";
import { Legend } from "./legend.js";
import { MapLink } from "./link.js";
import { LivePosition } from "./live_position.js";
import { Overlay } from "./overlay.js";
import { OverlayUpdates } from "./overlay_updates.js";
import { mapLabel } from "./payload.js";
import { Scene } from "./scene/scene.js";
import { testHooks } from "./test_hooks.js";
import { Toolbar } from "./toolbar.js";
import { ViewLayers } from "./view_layers.js";
import {
  contentHandlers,
  gestureHandlers,
  hoverHandlers,
  linkHandlers,
  navigationHandlers,
  regionHandlers,
  selectionHandlers,
  toolbarHandlers,
} from "./wiring.js";

/** @typedef {import("./payload.js").MapData} MapData */
/** @typedef {(event: string, value: any) => void} Send */

/** Places the parts in the layout. @param {LatentMap} map */
function assemble({ layout, overlay, hover, region, toolbar, legend }) {
  layout.plot.append(
    overlay.root,
    hover.crosshair.root,
    layout.status,
    layout.note,
    region.root,
    hover.card.root,
    toolbar.root,
  );
  layout.footer.append(legend.root, overlay.lines.legend, layout.about, layout.fallback);
}

export class LatentMap {
  /** @type {MapData | null} */ data = null;
  /** @type {number | null} */ linkedHover = null; // the sample under the pointer of a linked map

  /** @param {Send} send */
  constructor(send) {
    this.send = send;
    this.layout = new MapLayout();
    const { root, plot } = this.layout;
    this.root = root;
    this.link = new MapLink(linkHandlers(this));
    this.scene = new Scene(plot, () => this.#onDrawn());
    const { scene } = this;
    this.legend = new Legend(() => this.filter());
    this.content = new MapContent(scene, this.legend, contentHandlers(this));
    this.hover = new HoverDecoder(plot, scene, hoverHandlers(this));
    const { source } = this.hover;
    this.preview = new PreviewDecoder(source);
    this.selection = new Selection(scene, selectionHandlers(this));
    this.overlay = new Overlay();
    this.live = new LivePosition(() => this.overlayUpdates.schedule());
    this.overlayUpdates = new OverlayUpdates(this);
    this.region = new RegionSelection(scene, this.overlay, regionHandlers(this));
    this.toolbar = new Toolbar(toolbarHandlers(this));
    this.grid = new DecodedGrid(plot, scene, source);
    const { toolbar, grid } = this;
    this.gridSwitch = new GridSwitch({ toolbar, grid, scene, source, root, send });
    this.gestures = new Gestures(plot, gestureHandlers(this));
    this.navigation = new Navigation(plot, navigationHandlers(this));
    this.layers = new ViewLayers(this);
    assemble(this);
    toolbar.menu.apply();
    Object.assign(root, { __testHooks: testHooks(this) });
    this.sizes = new ResizeObserver(() => this.#followPage());
    this.sizes.observe(plot);
    this.sizes.observe(this.layout.scaleProbe); // presenter mode's style can come after the update
  }

  get sampleNoun() {
    return this.data?.sample_noun ?? "sample";
  }

  /** @param {MapData} data */
  update(data) {
    this.data = data;
    this.layout.update(data);
    this.toolbar.root.hidden = !data.toolbar;
    this.#followPage();
    this.selection.syncSample(data.selected);
    this.region.sync(data.has_selection);
    this.live.follow(data.channel);
    this.link.join(data.link);
    this.#load(data).catch((error) => this.layout.showError(error));
  }

  /** Draw in the page's colors, size, and scale of points. */
  #followPage() {
    const { background, text } = this.layout.pageColors();
    this.scene.colors.setPageColors(background, text);
    this.scene.pointScale = this.layout.pointScale();
    this.scene.redraw();
  }

  /** @param {MapData} data */
  async #load(data) {
    const table = await this.content.load(data);
    if (!table) return;
    const { scene, hover, overlay, layout } = this;
    this.selection.syncPoint(data.decode?.place ?? null);
    this.gridSwitch.receive(data.decode?.grid ?? false);
    Object.assign(this.root.dataset, { count: data.points.count, dims: data.points.dims });
    layout.plot.setAttribute("aria-label", mapLabel(data));
    this.layers.load(data);
    layout.fallback.hidden = scene.view?.hasWebGL !== false;
    scene.redraw();
    hover.source
      .set(data.decode, this.content.pointsKey, table)
      .catch((error) => layout.showDecoderError(error));
    if (overlay.lines.set(data.lines, scene.normalizer)) this.overlayUpdates.schedule();
  }

  /** Show the classes that the legend shows. */
  filter() {
    this.scene.colors.filter(this.legend.hidden);
    this.hover.leave();
    this.layers.invalidate();
    this.scene.applyColors();
  }

  #onDrawn() {
    this.overlayUpdates.update();
    this.grid.update();
    this.layers.update();
    this.root.dataset.drawn = "";
    this.root.dataset.ready = "true";
  }

  dispose() {
    this.toolbar.menu.dispose();
    this.overlayUpdates.dispose();
    this.live.dispose();
    this.link.dispose();
    this.gestures.dispose();
    this.navigation.dispose();
    this.sizes.disconnect();
    this.grid.dispose();
    this.scene.dispose();
    this.layout.dispose();
  }
}
