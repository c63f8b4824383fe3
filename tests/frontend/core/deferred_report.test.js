import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

/** @type {Map<string, (event: any) => void>} */
const documentListeners = new Map();
/** @type {Map<string, () => void>} */
const windowListeners = new Map();
let now = 0;

class FakeElement {
  /** @param {string} pathname of the link around it */
  constructor(pathname, target = "") {
    this.link = { pathname, target };
  }

  closest() {
    return this.link;
  }
}

Object.assign(globalThis, {
  Element: FakeElement,
  location: { pathname: "/map" },
  document: { addEventListener: (name, listener) => documentListeners.set(name, listener) },
  window: { addEventListener: (name, listener) => windowListeners.set(name, listener) },
});
const { deferReport, pageEntered } = await import("../../../ui/frontend/core/deferred_report.js");

beforeEach(() => {
  now = 0;
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => now);
  pageEntered();
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** Click a link. @param {string} pathname */
function click(pathname, target = "") {
  documentListeners.get("click")?.({ target: new FakeElement(pathname, target) });
}

/** Report, and advance the clock past the delay. @param {() => void} [meanwhile] */
function outcome(meanwhile = () => {}) {
  let result = "pending";
  deferReport(
    () => (result = "sent"),
    () => (result = "discarded"),
  );
  meanwhile();
  mock.timers.tick(79);
  assert.equal(result, "pending");
  mock.timers.tick(1);
  return result;
}

test("a report is sent after the delay of a click", () => {
  assert.equal(outcome(), "sent");
});

test("a report is discarded if another page is clicked meanwhile", () => {
  assert.equal(
    outcome(() => click("/morph")),
    "discarded",
  );
});

test("a link to the same page or into a new tab does not leave the page", () => {
  assert.equal(
    outcome(() => click("/map")),
    "sent",
  );
  assert.equal(
    outcome(() => click("/morph", "_blank")),
    "sent",
  );
});

test("going back in the history leaves the page", () => {
  assert.equal(
    outcome(() => windowListeners.get("popstate")?.()),
    "discarded",
  );
});

test("reports are sent again on the next page, or if the click had no effect", () => {
  click("/morph");
  pageEntered();
  assert.equal(outcome(), "sent");
  click("/morph");
  now = 4001;
  assert.equal(outcome(), "sent");
});
