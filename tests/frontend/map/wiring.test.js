import assert from "node:assert/strict";
import test from "node:test";

import {
  contentHandlers,
  gestureHandlers,
  hoverHandlers,
  linkHandlers,
  regionHandlers,
  selectionHandlers,
  toolbarHandlers,
} from "../../../ui/frontend/map/wiring.js";

/** A map whose parts record what is called in them. */
function recordingMap() {
  /** @type {unknown[]} */ const calls = [];
  const record =
    (/** @type {string} */ name) =>
    (/** @type {unknown[]} */ ...values) =>
      void calls.push([name, ...values]);
  const map = /** @type {any} */ ({
    data: { decode: { choosing: true }, marks: [] },
    sampleNoun: "image",
    send: record("send"),
    root: { dataset: {} },
    layout: {
      plot: { dataset: {} },
      announce: record("announce"),
      showDecoderInfo: record("info"),
    },
    scene: {
      view: { nDims: 2, zoom: record("zoom"), home: record("home") },
      redraw: record("redraw"),
    },
    content: { caption: (/** @type {number} */ id) => ({ name: `name ${id}` }), sheet: null },
    link: { active: true, send: record("link") },
    linkedHover: null,
    hover: {
      hovered: 5,
      crosshair: { position: null, hitRadius: 6 },
      source: { ready: true, spec: null },
      leave: record("leave"),
      hover: record("hover"),
    },
    selection: { sample: 3, point: null, click: record("click"), step: record("step") },
    overlay: { announce: record("ring"), setOutline: record("setOutline") },
    overlayUpdates: { schedule: record("schedule"), showMarks: record("marks") },
    region: {
      active: true,
      clear: record("clear"),
      setOutline: record("outline"),
      show: record("show"),
    },
    toolbar: {
      mode: "box",
      set: record("set"),
      setDims: record("setDims"),
      setDecodes: record("setDecodes"),
    },
    layers: { invalidate: record("invalidate") },
    grid: { clear: record("clearGrid") },
    gridSwitch: { toggle: record("toggle"), apply: record("apply") },
  });
  return { map, calls };
}

test("Escape hides the crosshair first, and clears the region when there is none", () => {
  const { map, calls } = recordingMap();
  const { escape } = gestureHandlers(map);
  map.hover.crosshair.position = { x: 1, y: 2 };
  escape();
  assert.deepEqual(calls.splice(0), [["set", "pan"], ["leave"]]);
  map.hover.crosshair.position = null;
  escape();
  assert.deepEqual(calls.splice(0), [["set", "pan"], ["clear"]]);
  map.region.active = false;
  escape();
  assert.deepEqual(calls, [["set", "pan"]]);
});

test("Enter clicks at the crosshair, and nowhere without one", () => {
  const { map, calls } = recordingMap();
  const { selectAtCrosshair } = gestureHandlers(map);
  selectAtCrosshair();
  assert.deepEqual(calls, []);
  map.hover.crosshair.position = { x: 30, y: 40 };
  selectAtCrosshair();
  assert.deepEqual(calls, [["click", 30, 40, 6, true]]);
});

test("an outline hides the card before it selects", () => {
  const { map, calls } = recordingMap();
  gestureHandlers(map).outline([[1, 2]], true);
  assert.deepEqual(calls, [["leave"], ["outline", [[1, 2]], true]]);
});

test("the toolbar's mode is kept where the style sheet reads it", () => {
  const { map, calls } = recordingMap();
  const { mode, zoom, home, grid } = toolbarHandlers(map);
  mode("lasso");
  assert.equal(map.layout.plot.dataset.mode, "lasso");
  zoom(1.5);
  home();
  grid();
  assert.deepEqual(calls, [["zoom", 1.5], ["home"], ["toggle"]]);
});

test("a map with another number of dimensions is not ready until it is drawn", () => {
  const { map, calls } = recordingMap();
  const { beforePoints, afterPoints } = contentHandlers(map);
  beforePoints(2);
  assert.deepEqual(calls.splice(0), [["leave"], ["setOutline", []]]);
  assert.equal(map.root.dataset.ready, undefined);
  beforePoints(3);
  assert.deepEqual(calls.splice(0), [["setDims", 3], ["leave"], ["setOutline", []]]);
  assert.equal(map.root.dataset.ready, "false");
  afterPoints();
  assert.deepEqual(calls, [["show"], ["invalidate"]]);
});

test("a region is sent as bits, a sample is named for a screen reader", () => {
  const { map, calls } = recordingMap();
  regionHandlers(map).send("AQ==");
  assert.deepEqual(calls, [["send", "region", { bits: "AQ==" }]]);
  assert.equal(selectionHandlers(map).sampleText(4), "name 4, image 4");
});

test("the root element carries the selection as data attributes", () => {
  const { map } = recordingMap();
  const { sampleChanged, pointChanged } = selectionHandlers(map);
  sampleChanged();
  pointChanged();
  assert.deepEqual(map.root.dataset, { selected: "3", point: "" });
  Object.assign(map.selection, { sample: null, point: [1.5, -2] });
  sampleChanged();
  pointChanged();
  assert.deepEqual(map.root.dataset, { selected: "", point: "1.5,-2" });
});

test("points can be selected only where the payload allows it", () => {
  const { map } = recordingMap();
  const { canSelectPoint } = selectionHandlers(map);
  assert.equal(canSelectPoint(), true);
  map.data.decode = null;
  assert.equal(canSelectPoint(), false);
});

test("another decode source clears the decoded grid and is described", () => {
  const { map, calls } = recordingMap();
  hoverHandlers(map).sourceChanged();
  const names = calls.map((call) => /** @type {unknown[]} */ (call)[0]);
  assert.deepEqual(names, ["setDecodes", "info", "clearGrid", "schedule", "apply"]);
  assert.deepEqual(calls[0], ["setDecodes", false]);
});

test("what a linked map does is shown and not sent back", () => {
  const { map, calls } = recordingMap();
  Object.assign(map.selection, { adopt: (/** @type {number} */ id) => calls.push(["adopt", id]) });
  Object.assign(map.region, { adopt: (/** @type {unknown} */ bits) => calls.push(["bits", bits]) });
  const { hovered, sampleSelected, regionChanged } = linkHandlers(map);
  hovered(7);
  assert.equal(map.linkedHover, 7);
  sampleSelected(8);
  regionChanged(null);
  assert.deepEqual(calls, [["schedule"], ["adopt", 8], ["bits", null]]);
});

test("a linked map is notified what this one hovers, selects and outlines", () => {
  const { map, calls } = recordingMap();
  hoverHandlers(map).changed();
  regionHandlers(map).changed(null);
  assert.deepEqual(calls, [["link", "hovered", 5], ["schedule"], ["link", "regionChanged", null]]);
});
