import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { StoredTray } from "../../../../ui/frontend/panels/tray/stored_tray.js";

/** @param {string} key */
const item = (key) => ({ key, picture: "", label: key, model: "m", code: "AAAA", sample: null });

beforeEach(() => {
  /** @type {Map<string, string>} */
  const values = new Map();
  const storage = {
    getItem: (/** @type {string} */ name) => values.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ text) =>
      void values.set(name, text),
  };
  Object.defineProperty(globalThis, "sessionStorage", { value: storage, configurable: true });
});

test("a new session without items is offered the items of the last one, once", () => {
  new StoredTray().sync("first", [item("a")]);
  const tray = new StoredTray(); // after a reload
  assert.deepEqual(tray.sync("second", []), [item("a")]);
  assert.deepEqual(tray.sync("second", []), [], "all were refused");
  assert.deepEqual(new StoredTray().sync("third", []), [], "and are not offered again");
});

test("a tray that was emptied stays empty", () => {
  const tray = new StoredTray();
  tray.sync("first", [item("a")]);
  assert.deepEqual(tray.sync("first", []), []);
  assert.deepEqual(new StoredTray().sync("second", []), []);
});

test("a session that has items keeps them", () => {
  new StoredTray().sync("first", [item("a")]);
  const tray = new StoredTray();
  assert.deepEqual(tray.sync("second", [item("b")]), []);
  assert.deepEqual(new StoredTray().sync("third", []), [item("b")]);
});

test("a restarted server is offered the items by the same page", () => {
  const tray = new StoredTray();
  tray.sync("first", [item("a")]);
  assert.deepEqual(tray.sync("second", []), [item("a")]);
});

test("without storage nothing is offered", () => {
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    get: () => {
      throw new Error("blocked");
    },
  });
  assert.deepEqual(new StoredTray().sync("first", [item("a")]), []);
  assert.deepEqual(new StoredTray().sync("second", []), []);
});
