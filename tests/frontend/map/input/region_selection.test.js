import assert from "node:assert/strict";
import test from "node:test";

import { bitsToBase64 } from "../../../../ui/frontend/core/base64.js";
import { RegionSelection } from "../../../../ui/frontend/map/input/region_selection.js";
import { PointColors } from "../../../../ui/frontend/map/scene/point_colors.js";

/** @type {[number, number][]} */ const TRIANGLE = [
  [0, 0],
  [9, 0],
  [0, 9],
];

/** A map with three samples, of which an outline contains `inside`. @param {import("node:test").TestContext} context */
function setUp(context) {
  const button = { hidden: false, addEventListener() {}, setAttribute() {}, textContent: "" };
  Object.assign(globalThis, { document: { createElement: () => button } });
  context.after(() => Reflect.deleteProperty(globalThis, "document"));
  const state = { linked: false, inside: [1, 0, 1], outline: /** @type {any[]} */ ([]) };
  const sent = /** @type {string[]} */ ([]);
  const changed = /** @type {(number[] | null)[]} */ ([]);
  const announced = /** @type {string[]} */ ([]);
  const scene = /** @type {any} */ ({
    view: { unproject: (/** @type {number} */ x, /** @type {number} */ y) => [x / 10, y / 10] },
    positions: { count: 3 },
    colors: new PointColors(),
    screen: { samplesInside: () => Uint8Array.from(state.inside) },
    redraw() {},
    applyColors() {},
  });
  const overlay = /** @type {any} */ ({
    setOutline: (/** @type {any[]} */ outline) => (state.outline = outline),
  });
  const region = new RegionSelection(scene, overlay, {
    sampleNoun: () => "word",
    announce: (text) => announced.push(text),
    send: (bits) => sent.push(bits),
    previews: () => state.linked,
    changed: (inside) => changed.push(inside && [...inside]),
  });
  return { region, scene, state, sent, changed, announced, button };
}

test("a finished outline selects the samples inside and sends them as bits", (context) => {
  const { region, scene, state, sent, announced, button } = setUp(context);
  region.setOutline(TRIANGLE, false);
  assert.equal(region.active, false);
  region.setOutline(TRIANGLE, true);
  assert.deepEqual([...scene.colors.region], [1, 0, 1]);
  assert.deepEqual(sent, [bitsToBase64(Uint8Array.of(1, 0, 1))]);
  assert.deepEqual(announced, ["2 words selected"]);
  assert.match(button.textContent, /^2 selected/);
  assert.deepEqual(state.outline[1], [0.9, 0, 0]); // on the map, so that it moves with the points
});

test("an outline without samples clears the selection, or does nothing", (context) => {
  const { region, state, sent } = setUp(context);
  state.inside = [0, 0, 0];
  region.setOutline(TRIANGLE, true);
  assert.deepEqual(sent, []);
  assert.deepEqual(state.outline, []);
  state.inside = [0, 1, 0];
  region.setOutline(TRIANGLE, true);
  state.inside = [0, 0, 0];
  region.setOutline(TRIANGLE, true);
  assert.equal(region.active, false);
  assert.equal(sent.at(-1), bitsToBase64(Uint8Array.of(0, 0, 0)));
});

test("a line is no outline: it clears the selection", (context) => {
  const { region } = setUp(context);
  region.setOutline(TRIANGLE, true);
  region.setOutline(TRIANGLE.slice(0, 2), true);
  assert.equal(region.active, false);
});

test("when Python drops its selection, so does the map, without sending", (context) => {
  const { region, sent, button } = setUp(context);
  region.setOutline(TRIANGLE, true);
  region.sync(false); // Python does not know of it yet
  assert.equal(region.active, true);
  region.sync(true);
  region.sync(false);
  assert.equal(region.active, false);
  assert.equal(button.hidden, true);
  assert.equal(sent.length, 1);
});

test("a linked map is notified what an outline contains while it is drawn, and Python only its end", (context) => {
  const { region, state, sent, changed } = setUp(context);
  region.setOutline(TRIANGLE, false);
  assert.deepEqual(changed, []); // not linked
  state.linked = true;
  region.setOutline(TRIANGLE, false);
  region.setOutline(TRIANGLE, true);
  region.clear();
  assert.deepEqual(changed, [[1, 0, 1], [1, 0, 1], null]);
  assert.equal(sent.length, 2);
});

test("an outline that is cancelled takes its preview back", (context) => {
  const { region, state, sent, changed } = setUp(context);
  state.linked = true;
  region.setOutline(TRIANGLE, false);
  region.setOutline([], true);
  assert.deepEqual(changed.at(-1), null);
  assert.deepEqual(sent, []);
});

test("the region of a linked map is shown and not sent, unless it is of other samples", (context) => {
  const { region, scene, sent, changed } = setUp(context);
  region.adopt(Uint8Array.of(0, 1, 1));
  assert.deepEqual([...scene.colors.region], [0, 1, 1]);
  region.adopt(Uint8Array.of(1, 1));
  assert.deepEqual([...scene.colors.region], [0, 1, 1]);
  region.adopt(null);
  assert.equal(region.active, false);
  assert.deepEqual([sent, changed], [[], []]);
});
