import assert from "node:assert/strict";
import test from "node:test";

import { GridSwitch } from "../../../../ui/frontend/map/decode/grid_switch.js";

function setUp({ ready = true } = {}) {
  const shown = { pressed: false, visible: false, sent: /** @type {unknown[]} */ ([]) };
  const scene = { faded: false, redraw: () => {} };
  const root = { dataset: /** @type {DOMStringMap} */ ({}) };
  const gridSwitch = new GridSwitch({
    toolbar: { setGrid: (on) => (shown.pressed = on) },
    grid: { setVisible: (on) => (shown.visible = on) },
    scene,
    source: { ready },
    root,
    send: (event, value) => shown.sent.push([event, value]),
  });
  return { gridSwitch, shown, scene, root };
}

test("toggling shows the grid, fades the points and is sent to Python", () => {
  const { gridSwitch, shown, scene, root } = setUp();
  gridSwitch.toggle();
  assert.deepEqual([shown.pressed, shown.visible, scene.faded], [true, true, true]);
  assert.equal(root.dataset.grid, "true");
  assert.deepEqual(shown.sent, [["grid", { on: true }]]);
  gridSwitch.toggle();
  assert.deepEqual([shown.visible, scene.faded, root.dataset.grid], [false, false, "false"]);
});

test("Python's value is applied without being sent back", () => {
  const { gridSwitch, shown } = setUp();
  gridSwitch.receive(true);
  assert.equal(shown.visible, true);
  assert.deepEqual(shown.sent, []);
});

test("an old value of Python does not undo a later toggle", () => {
  const { gridSwitch, shown } = setUp();
  gridSwitch.receive(false);
  gridSwitch.toggle();
  gridSwitch.receive(false);
  assert.equal(shown.visible, true);
});

test("points stay opaque while nothing can be decoded", () => {
  const { gridSwitch, shown, scene } = setUp({ ready: false });
  gridSwitch.toggle();
  assert.equal(shown.visible, true);
  assert.equal(scene.faded, false);
});
