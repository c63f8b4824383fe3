import assert from "node:assert/strict";
import { test } from "node:test";

import { CodeHistory } from "../../../../ui/frontend/dimensions/code/code_history.js";

const entry = (value, name = "s0") => ({
  code: Float32Array.of(value),
  start: { code: Float32Array.of(0), name, label: name },
});

test("without a change nothing is recorded", () => {
  const history = new CodeHistory(entry(1));
  history.record(entry(1), "", 0);
  assert.equal(history.canUndo, false);
  history.record(entry(1, "mean"), "", 0); // another start counts as a change
  assert.equal(history.canUndo, true);
});

test("undo and redo give the entries in order, then null", () => {
  const history = new CodeHistory(entry(0));
  history.record(entry(1), "", 0);
  history.record(entry(2), "", 0);
  assert.equal(history.undo().code[0], 1);
  assert.equal(history.undo().code[0], 0);
  assert.equal(history.undo(), null);
  assert.equal(history.redo().code[0], 1);
  assert.equal(history.redo().code[0], 2);
  assert.equal(history.redo(), null);
});

test("a new step discards what could be redone", () => {
  const history = new CodeHistory(entry(0));
  history.record(entry(1), "", 0);
  history.undo();
  history.record(entry(2), "", 0);
  assert.equal(history.canRedo, false);
  assert.equal(history.undo().code[0], 0);
});

test("steps of one kind within 700 ms merge", () => {
  const history = new CodeHistory(entry(0));
  history.record(entry(1), "tap 0", 1000);
  history.record(entry(2), "tap 0", 1699);
  history.record(entry(3), "tap 0", 2399);
  assert.equal(history.undo().code[0], 2);
  assert.equal(history.undo().code[0], 0);
});

test("other kinds, and steps without a kind, do not merge", () => {
  const history = new CodeHistory(entry(0));
  history.record(entry(1), "tap 0", 0);
  history.record(entry(2), "tap 1", 1);
  history.record(entry(3), "", 2);
  history.record(entry(4), "", 3);
  assert.deepEqual(
    [history.undo(), history.undo(), history.undo(), history.undo()].map(({ code }) => code[0]),
    [3, 2, 1, 0],
  );
});

test("a merged step that leads back to where it began leaves no step", () => {
  const history = new CodeHistory(entry(0));
  history.record(entry(1), "tap 0", 0);
  history.record(entry(0), "tap 0", 100);
  assert.equal(history.canUndo, false);
});

test("after an undo the next step of the same kind does not merge", () => {
  const history = new CodeHistory(entry(0));
  history.record(entry(1), "tap 0", 0);
  history.record(entry(2), "", 1);
  history.record(entry(3), "tap 0", 2);
  history.undo();
  history.record(entry(4), "tap 0", 3);
  assert.equal(history.undo().code[0], 2);
});

test("two hundred steps are kept", () => {
  const history = new CodeHistory(entry(0));
  for (let value = 1; value <= 250; value += 1) history.record(entry(value), "", 0);
  let [steps, last] = [0, null];
  for (let step = history.undo(); step; step = history.undo()) {
    steps += 1;
    last = step;
  }
  assert.equal(steps, 200);
  assert.equal(last.code[0], 50);
});
