import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  arrowStep,
  cyclicIndex,
  listenForArrowKeys,
} from "../../../ui/frontend/widgets/arrow_keys.js";

const NO_MODIFIERS = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

/** An element inside an element that matches one selector. */
class FakeElement {
  /** @param {string} selector */
  constructor(selector) {
    this.selector = selector;
  }

  /** @param {string} selectors */
  closest(selectors) {
    return selectors.split(",").includes(this.selector) ? this : null;
  }
}

let page = new EventTarget();
beforeEach(() => {
  page = new EventTarget();
  Object.assign(globalThis, { document: page, Element: FakeElement });
});

/** Press a key. @param {string} key @param {any} [target] */
function press(key, target = null) {
  const event = new Event("keydown", { cancelable: true });
  Object.defineProperty(event, "target", { value: target });
  page.dispatchEvent(Object.assign(event, { key, ...NO_MODIFIERS }));
  return event;
}

test("only arrow keys without modifiers are steps", () => {
  assert.equal(arrowStep({ key: "ArrowLeft", ...NO_MODIFIERS }), -1);
  assert.equal(arrowStep({ key: "ArrowRight", ...NO_MODIFIERS }), 1);
  assert.equal(arrowStep({ key: "ArrowUp", ...NO_MODIFIERS }), 0);
  for (const modifier of Object.keys(NO_MODIFIERS)) {
    assert.equal(arrowStep({ key: "ArrowLeft", ...NO_MODIFIERS, [modifier]: true }), 0, modifier);
  }
});

test("the first sample follows the last one", () => {
  assert.equal(cyclicIndex(9, 1, 10), 0);
  assert.equal(cyclicIndex(0, -1, 10), 9);
  assert.equal(cyclicIndex(4, 1, 10), 5);
});

test("a step is handled until the listener is removed", () => {
  /** @type {number[]} */ const steps = [];
  const root = /** @type {any} */ ({ isConnected: true });
  const stop = listenForArrowKeys(
    root,
    () => true,
    (step) => steps.push(step),
  );
  assert.equal(press("ArrowRight").defaultPrevented, true);
  assert.equal(press("a").defaultPrevented, false);
  press("ArrowLeft");
  stop();
  press("ArrowLeft");
  assert.deepEqual(steps, [1, -1]);
});

test("keys are ignored in a widget that handles them, off the page, and without a sample", () => {
  /** @type {number[]} */ const steps = [];
  const root = { isConnected: true };
  let isActive = true;
  listenForArrowKeys(
    /** @type {any} */ (root),
    () => isActive,
    (step) => steps.push(step),
  );
  for (const selector of ["input", "[role=slider]", "[contenteditable]"])
    press("ArrowRight", new FakeElement(selector));
  assert.deepEqual(steps, []);
  press("ArrowRight", new FakeElement("button"));
  assert.deepEqual(steps, [1]);
  root.isConnected = false;
  press("ArrowRight");
  root.isConnected = true;
  isActive = false;
  press("ArrowRight");
  assert.deepEqual(steps, [1]);
});
