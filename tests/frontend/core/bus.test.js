import assert from "node:assert/strict";
import { test } from "node:test";
import { publish, subscribe } from "../../../ui/frontend/core/bus.js";

/** Records what a listener receives. @param {string} channel */
function record(channel) {
  /** @type {any[]} */
  const values = [];
  return { values, stop: subscribe(channel, (value) => values.push(value)) };
}

test("all listeners of a channel receive a value, those of others do not", () => {
  const [first, second, other] = [record("a"), record("a"), record("b")];
  publish("a", 1);
  assert.deepEqual([first.values, second.values, other.values], [[1], [1], []]);
});

test("a later listener receives the last value when it subscribes", () => {
  publish("late", 1);
  publish("late", 2);
  assert.deepEqual(record("late").values, [2]);
});

test("a listener that has unsubscribed receives nothing more", () => {
  const [stopped, stays] = [record("stop"), record("stop")];
  stopped.stop();
  publish("stop", 1);
  assert.deepEqual([stopped.values, stays.values], [[], [1]]);
});
