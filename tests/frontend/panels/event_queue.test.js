import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { EventQueue } from "../../../ui/frontend/panels/tray/event_queue.js";

/** @type {[string, any][]} */ let sent = [];
let queue = new EventQueue(() => {});

beforeEach(() => {
  sent = [];
  queue = new EventQueue((event, value) => sent.push([event, value]));
  mock.timers.enable({ apis: ["setTimeout"] });
});
afterEach(() => mock.timers.reset());

test("events are sent in order, each after the answer to the one before", () => {
  queue.add("removed", "a");
  queue.add("moved", "b");
  assert.deepEqual(sent, [["removed", "a"]]);
  assert.equal(queue.awaitsAnswer, true);
  queue.answer();
  assert.deepEqual(sent[1], ["moved", "b"]);
  queue.answer();
  assert.equal(queue.awaitsAnswer, false);
});

test("an overdue answer is no longer awaited", () => {
  queue.add("removed", "a");
  queue.add("moved", "b");
  mock.timers.tick(1499);
  assert.equal(sent.length, 1);
  mock.timers.tick(1);
  assert.equal(sent.length, 2);
  mock.timers.tick(1500);
  assert.equal(queue.awaitsAnswer, false);
});

test("an update that answers nothing sends nothing", () => {
  queue.answer();
  assert.deepEqual([sent, queue.awaitsAnswer], [[], false]);
});

test("nothing is sent after disposal", () => {
  queue.add("removed", "a");
  queue.add("moved", "b");
  queue.dispose();
  mock.timers.tick(5000);
  assert.equal(sent.length, 1);
});
