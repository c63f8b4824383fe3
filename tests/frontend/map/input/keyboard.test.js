import assert from "node:assert/strict";
import test from "node:test";

import { handleKey } from "../../../../ui/frontend/map/input/keyboard.js";

const NO_MODIFIERS = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

/** What a key calls, and whether it has a meaning. @param {string} key @param {object} [modifiers] */
function press(key, modifiers = {}, canInspect = true) {
  /** @type {unknown[][]} */ const calls = [];
  const record =
    (/** @type {string} */ name) =>
    (/** @type {unknown[]} */ ...values) =>
      void calls.push([name, ...values]);
  const handlers = {
    canInspect: () => canInspect,
    step: record("step"),
    moveCrosshair: record("moveCrosshair"),
    selectAtCrosshair: record("selectAtCrosshair"),
    zoom: record("zoom"),
    escape: record("escape"),
  };
  const handled = handleKey({ key, ...NO_MODIFIERS, ...modifiers }, handlers);
  assert.equal(handled, calls.length === 1);
  return calls[0] ?? null;
}

test("arrow keys step through the samples", () => {
  assert.deepEqual(press("ArrowRight"), ["step", 1]);
  assert.deepEqual(press("ArrowDown"), ["step", 1]);
  assert.deepEqual(press("ArrowLeft"), ["step", -1]);
  assert.deepEqual(press("ArrowUp"), ["step", -1]);
});

test("with Shift they move the crosshair, where points can be decoded", () => {
  const shift = { shiftKey: true };
  assert.deepEqual(press("ArrowLeft", shift), ["moveCrosshair", -1, 0]);
  assert.deepEqual(press("ArrowDown", shift), ["moveCrosshair", 0, 1]);
  assert.deepEqual(press("ArrowDown", shift, false), ["step", 1]);
});

test("plus zooms in, minus by the same factor out", () => {
  const [, zoomIn] = press("+", { shiftKey: true }) ?? [];
  const [, zoomOut] = press("-") ?? [];
  assert.ok(Number(zoomIn) > 1);
  assert.equal(Number(zoomIn) * Number(zoomOut), 1);
});

test("Enter selects, Escape leaves", () => {
  assert.deepEqual(press("Enter"), ["selectAtCrosshair"]);
  assert.deepEqual(press("Escape"), ["escape"]);
});

test("other keys, and shortcuts of the browser, have no meaning", () => {
  assert.equal(press("a"), null);
  assert.equal(press("toString"), null);
  for (const modifier of ["ctrlKey", "metaKey", "altKey"])
    assert.equal(press("ArrowLeft", { [modifier]: true }), null);
});
