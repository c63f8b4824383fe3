import assert from "node:assert/strict";
import { test } from "node:test";

import { subscribe } from "../../../../ui/frontend/core/bus.js";
import { CodeStore } from "../../../../ui/frontend/dimensions/code/code_store.js";
import { DIMS, serverState } from "../sample_dimensions.js";

/** A store that has received its first state, and the reports it sends. */
function openStore(change, defer) {
  const store = new CodeStore("space", defer);
  const reports = [];
  store.reporter.send = (event, value) => reports.push([event, value]);
  store.receive(DIMS, serverState(change));
  return { store, reports };
}

test("the first state of the server is taken over and not reported back", () => {
  const { store, reports } = openStore({ locked: [2] });
  assert.deepEqual([...store.code], [0.5, 0.25, 3]);
  assert.deepEqual([...store.locked], [2]);
  assert.equal(store.start.label, "image 0");
  assert.equal(store.history.canUndo, false);
  assert.deepEqual(reports, []);
});

test("a commit reports code, start and locks once", () => {
  const { store, reports } = openStore();
  store.set(0, 1.5);
  assert.deepEqual(reports, []);
  store.commit();
  store.commit();
  const value = { revision: 1, z: [1.5, 0.25, 3], start: "s0", label: "image 0", locked: [] };
  assert.deepEqual(reports, [["committed", value]]);
});

test("values are float32 and clipped to the limit; NaN changes nothing", () => {
  const { store } = openStore();
  store.set(0, 0.1);
  assert.equal(store.code[0], Math.fround(0.1));
  store.set(0, 1e6);
  assert.equal(store.code[0], 20);
  store.set(0, -1e6);
  assert.equal(store.code[0], -20);
  store.set(0, NaN);
  assert.equal(store.code[0], -20);
});

test("undo and redo restore code and start, and are reported", () => {
  const { store, reports } = openStore();
  store.set(0, 1);
  store.commit();
  store.set(1, -1);
  store.commit();
  store.undo();
  assert.deepEqual([...store.code], [1, 0.25, 3]);
  store.undo();
  assert.deepEqual([...store.code], [0.5, 0.25, 3]);
  store.redo();
  store.redo();
  assert.deepEqual([...store.code], [1, -1, 3]);
  assert.equal(reports.length, 6);
  assert.deepEqual(reports.at(-1)[1].z, [1, -1, 3]);
});

test("undo during a drag first commits what was dragged", () => {
  const { store } = openStore();
  store.beginDrag();
  store.set(0, 1);
  store.undo();
  assert.equal(store.code[0], 0.5);
  assert.equal(store.dragging, false);
  store.redo();
  assert.equal(store.code[0], 1);
});

test("a locked value stays under every change but undo", () => {
  const { store, reports } = openStore();
  store.set(2, 7);
  store.commit();
  store.toggleLock(2);
  assert.deepEqual(reports.at(-1)[1].locked, [2]);
  store.set(2, 1);
  store.setAll(Float32Array.of(1, 1, 1));
  assert.deepEqual([...store.code], [1, 1, 7]);
  store.resetAll();
  assert.deepEqual([...store.code], [0.5, 0.25, 7]);
  store.receive(DIMS, serverState({ revision: 2, z: [9, 9, 9] }));
  assert.deepEqual([...store.code], [9, 9, 7]);
  store.toggleLock(2);
  store.set(2, 1);
  assert.equal(store.code[2], 1);
});

test("reset sets one dimension back to the start, and moved says whether any unlocked one differs", () => {
  const { store } = openStore();
  assert.equal(store.moved, false);
  store.set(0, 1);
  store.set(2, 5);
  store.commit();
  store.reset(0);
  assert.deepEqual([...store.code], [0.5, 0.25, 5]);
  assert.equal(store.moved, true);
  store.toggleLock(2);
  assert.equal(store.moved, false);
});

test("a state of the same revision does not overwrite local changes", () => {
  const { store } = openStore();
  store.set(0, 1.5);
  store.commit();
  store.receive(DIMS, serverState());
  assert.equal(store.code[0], 1.5);
});

test("a new start is one undo step and is reported with its revision", () => {
  const { store, reports } = openStore();
  const start = { code: [0, 0, 0], name: "mean", label: "mean" };
  store.receive(DIMS, serverState({ revision: 2, z: [0, 0, 0], start }));
  assert.deepEqual([...store.code], [0, 0, 0]);
  assert.equal(reports.at(-1)[1].revision, 2);
  assert.equal(reports.at(-1)[1].start, "mean");
  store.undo();
  assert.equal(store.start.name, "s0");
  assert.deepEqual([...store.code], [0.5, 0.25, 3]);
});

test("a new start that arrives during a drag is applied at its end", () => {
  const { store } = openStore();
  store.beginDrag();
  store.set(0, 1);
  store.receive(DIMS, serverState({ revision: 2, z: [4, 4, 4] }));
  assert.equal(store.code[0], 1);
  store.commit();
  assert.deepEqual([...store.code], [4, 4, 4]);
  store.undo();
  assert.deepEqual([...store.code], [1, 0.25, 3]);
});

test("a discarded report is sent by resync when the page is shown again", () => {
  const discarding = (send, discard) => discard();
  const { store, reports } = openStore({}, discarding);
  store.set(0, 1);
  store.commit();
  assert.deepEqual(reports, []);
  store.reporter.defer = (send) => send();
  store.resync(serverState());
  assert.equal(reports.length, 1);
  assert.equal(reports[0][1].z[0], 1);
});

test("resync sends nothing where Python has the same state", () => {
  const { store, reports } = openStore({ locked: [1] });
  store.resync(serverState({ locked: [1] }));
  assert.deepEqual(reports, []);
  store.resync(serverState({ locked: [] }));
  assert.deepEqual(reports[0][1].locked, [1]);
});

test("listeners and the bus get every change until they unsubscribe", () => {
  const { store } = openStore();
  let calls = 0;
  let published;
  const unsubscribe = store.subscribe(() => (calls += 1));
  subscribe("code space", ({ code }) => (published = code));
  store.set(0, 1);
  assert.equal(calls, 2);
  assert.equal(published[0], 1);
  store.set(0, 1);
  assert.equal(calls, 2);
  unsubscribe();
  store.set(0, 2);
  assert.equal(calls, 2);
});
