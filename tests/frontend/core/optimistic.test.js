import assert from "node:assert/strict";
import { test } from "node:test";
import { OptimisticValue } from "../../../ui/frontend/core/optimistic.js";

test("a value of the server is adopted once", () => {
  const value = new OptimisticValue({ t: 0 });
  assert.equal(value.receive({ t: 1 }), true);
  assert.equal(value.receive({ t: 1 }), false);
  assert.deepEqual(value.value, { t: 1 });
});

test("a local change wins over what the server still has", () => {
  const value = new OptimisticValue(0);
  value.receive(1);
  assert.equal(value.set(2), true);
  assert.equal(value.receive(1), false);
  assert.equal(value.value, 2);
});

test("the echo of an earlier change does not undo a later one", () => {
  const value = new OptimisticValue(0);
  value.set(1);
  value.set(2);
  assert.equal(value.receive(1), false);
  assert.equal(value.value, 2);
  assert.equal(value.receive(2), true);
  assert.equal(value.receive(3), true);
  assert.equal(value.value, 3);
});

test("a foreign value of the server replaces unconfirmed changes", () => {
  const value = new OptimisticValue(0);
  value.receive(1);
  value.set(2);
  assert.equal(value.receive(7), true);
  assert.equal(value.value, 7);
});

test("a value that the server has, or is being sent, need not be sent", () => {
  const value = new OptimisticValue(0);
  value.receive(1);
  assert.equal(value.set(1), false);
  assert.equal(value.set(2), true);
  assert.equal(value.set(2), false);
  assert.equal(value.set(1), true);
});

test("reverting drops changes that the server ignored", () => {
  const value = new OptimisticValue(0);
  value.receive(5);
  value.set(6);
  value.set(7);
  value.revert();
  assert.equal(value.value, 5);
  assert.equal(value.set(7), true);
});
