// @ts-check
/** What the parts of a map call in each other. */

import { formatCount } from "../core/format.js";
import { saveMap } from "./figure/save.js";

/** @typedef {import("./latent_map.js").LatentMap} LatentMap */

/** @param {LatentMap} map @returns {import("./content.js").ContentHandlers} */
export function contentHandlers(map) {
  return {
    beforePoints: (nDims) => {
      if (map.scene.view?.nDims !== nDims) {
        map.toolbar.setDims(nDims);
        map.root.dataset.ready = "false";
      }
      map.hover.leave();
      map.overlay.setOutline([]); // the points inside are about to move; they stay selected
    },
    afterPoints: () => {
      map.region.show();
      map.layers.invalidate();
    },
    filter: () => map.filter(),
    sheetLoaded: () => {
      map.root.dataset.sheet = "ready";
      map.scene.redraw();
    },
  };
}

/** @param {LatentMap} map @returns {import("./decode/hover_decoder.js").HoverHandlers} */
export function hoverHandlers(map) {
  return {
    caption: (id) => map.content.caption(id),
    sheet: () => map.content.sheet,
    changed: () => {
      map.link.send("hovered", map.hover.hovered);
      map.overlayUpdates.schedule();
    },
    sourceChanged: () => {
      const { source } = map.hover;
      map.toolbar.setDecodes(source.spec !== null);
      map.layout.showDecoderInfo(source, map.data?.toolbar ?? false);
      map.grid.clear();
      map.overlayUpdates.schedule();
      map.gridSwitch.apply();
    },
  };
}

/** @param {LatentMap} map @returns {import("./input/selection.js").SelectionHandlers} */
export function selectionHandlers(map) {
  return {
    sampleChanged: () => {
      const { sample } = map.selection;
      map.root.dataset.selected = sample === null ? "" : String(sample);
      map.overlay.announce();
      map.scene.redraw();
    },
    pointChanged: () => {
      map.root.dataset.point = map.selection.point?.join() ?? "";
      map.overlayUpdates.showMarks(map.data?.marks ?? []);
    },
    canSelectPoint: () => map.data?.decode?.choosing === true,
    pointAt: (x, y) => map.hover.pointAt(x, y),
    levelAt: (point) => map.hover.decoder.levelAt(point),
    sampleText: (id) => `${map.content.caption(id).name}, ${map.sampleNoun} ${formatCount(id)}`,
    announce: (text) => map.layout.announce(text),
    send: (event, value) => {
      if (event === "picked") {
        const { name } = map.content.caption(value.id);
        void map.preview.show(value.id, name, map.content.sheet);
        map.link.send("sampleSelected", value.id);
      }
      map.send(event, value);
    },
  };
}

/** @param {LatentMap} map @returns {import("./input/region_selection.js").RegionHandlers} */
export function regionHandlers(map) {
  return {
    sampleNoun: () => map.sampleNoun,
    announce: (text) => map.layout.announce(text),
    send: (bits) => map.send("region", { bits }),
    previews: () => map.link.active,
    changed: (inside) => map.link.send("regionChanged", inside),
  };
}

/** @param {LatentMap} map @returns {import("./link.js").LinkHandlers} */
export function linkHandlers(map) {
  return {
    hovered: (id) => {
      map.linkedHover = id;
      map.overlayUpdates.schedule();
    },
    sampleSelected: (id) => map.selection.adopt(id),
    regionChanged: (inside) => map.region.adopt(inside),
  };
}

/** @param {LatentMap} map @returns {import("./toolbar.js").ToolbarHandlers} */
export function toolbarHandlers(map) {
  return {
    mode: (mode) => (map.layout.plot.dataset.mode = mode),
    zoom: (factor) => map.scene.view?.zoom(factor),
    home: () => map.scene.view?.home(),
    grid: () => map.gridSwitch.toggle(),
    search: {
      searched: () => ({
        count: map.scene.positions.count,
        names: map.content.names,
        ...map.content.classes(),
      }),
      selectSample: (id) => map.selection.selectSample(id),
      selectRegion: (inside) => map.region.select(inside),
      announce: (text) => map.layout.announce(text),
    },
    view: {
      names: (shown) => {
        map.layers.labels.visible = shown;
        map.scene.redraw();
      },
      images: (kind) => {
        map.layers.spriteImages.kind = kind;
        map.scene.redraw();
      },
      save: (kind) => void saveMap(map, kind),
    },
  };
}

/** @param {LatentMap} map @returns {import("./input/gestures.js").PointerHandlers} */
function pointerHandlers({ scene, hover, selection, toolbar, region }) {
  return {
    figure: () => scene.view?.figure,
    mode: () => toolbar.mode,
    is2d: () => scene.view?.nDims === 2,
    hover: (x, y, radius) => hover.hover(x, y, radius),
    leave: () => hover.leave(),
    click: (x, y, radius, free) => selection.click(x, y, radius, free),
    outline: (outline, done) => {
      hover.leave();
      region.setOutline(outline, done);
    },
  };
}

/** @param {LatentMap} map @returns {import("./input/navigation.js").NavigationHandlers} */
export function navigationHandlers({ scene, gestures }) {
  return {
    view: () => scene.view,
    leavesToPage: (event) => gestures.touch.leavesToPage(event),
    blocked: () => gestures.outline.active || gestures.inspecting,
  };
}

/** @param {LatentMap} map @returns {import("./input/keyboard.js").KeyHandlers} */
function keyHandlers({ scene, hover, selection, toolbar, region }) {
  const { crosshair } = hover;
  return {
    canInspect: () => hover.source.ready,
    step: (step) => selection.step(step),
    moveCrosshair: (across, down) => hover.moveCrosshair(across, down),
    selectAtCrosshair: () => {
      const { position, hitRadius } = crosshair;
      if (position) selection.click(position.x, position.y, hitRadius, true);
    },
    zoom: (factor) => scene.view?.zoom(factor),
    escape: () => {
      toolbar.set("pan");
      if (crosshair.position) hover.leave();
      else if (region.active) region.clear();
    },
  };
}

/** @param {LatentMap} map @returns {import("./input/gestures.js").GestureHandlers} */
export function gestureHandlers(map) {
  return { ...pointerHandlers(map), ...keyHandlers(map) };
}
