import assert from "node:assert/strict";
import { test } from "node:test";
import { keepOneEntryPerPage } from "../../../ui/frontend/core/history.js";

test("only another page is a new entry of the history", () => {
  /** @type {string[]} */
  const calls = [];
  const page = {
    location: { href: "http://host/map?a=1", pathname: "/map" },
    history: {
      pushState: (/** @type {any} */ _s, /** @type {string} */ _t, /** @type {string} */ url) =>
        calls.push(`push ${url}`),
      replaceState: (/** @type {any} */ _s, /** @type {string} */ _t, /** @type {string} */ url) =>
        calls.push(`replace ${url}`),
    },
  };
  keepOneEntryPerPage(/** @type {any} */ (page));
  page.history.pushState({}, "", "/map?a=2");
  page.history.pushState({}, "", "?a=3");
  page.history.pushState({}, "", "/morph?a=2");
  assert.deepEqual(calls, ["replace /map?a=2", "replace ?a=3", "push /morph?a=2"]);
});
