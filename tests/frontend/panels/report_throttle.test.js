import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { ReportThrottle } from "../../../ui/frontend/panels/drawing/report_throttle.js";

let now = 0;
/** @type {number[]} */ let sent = [];
let throttle = new ReportThrottle(() => {});

beforeEach(() => {
  now = 0;
  sent = [];
  throttle = new ReportThrottle((sequence) => sent.push(sequence));
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(performance, "now", () => now);
});
afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

/** @param {number} ms */
function advance(ms) {
  now += ms;
  mock.timers.tick(ms);
}

test("the first change is reported at once", () => {
  throttle.change();
  assert.deepEqual(sent, [1]);
});

test("further changes are reported once, after the answer and the interval", () => {
  throttle.change();
  throttle.change();
  throttle.change();
  advance(1000);
  assert.deepEqual(sent, [1]);
  throttle.answer(1);
  assert.deepEqual(sent, [1, 2]);
  advance(10_000);
  assert.deepEqual(sent, [1, 2]);
});

test("it waits until the newest change is sent and answered", () => {
  assert.equal(throttle.isWaiting, false);
  throttle.change();
  throttle.change();
  throttle.answer(1);
  assert.equal(throttle.isWaiting, true, "the second change is not sent yet");
  advance(125);
  assert.equal(throttle.isWaiting, true, "the second change is not answered yet");
  throttle.answer(2);
  assert.equal(throttle.isWaiting, false);
});

test("a quick answer still leaves 125 ms between reports", () => {
  throttle.change();
  throttle.change();
  advance(20);
  throttle.answer(1);
  advance(104);
  assert.deepEqual(sent, [1]);
  advance(1);
  assert.deepEqual(sent, [1, 2]);
});

test("after 1.5 s without an answer the next change is reported", () => {
  throttle.change();
  throttle.change();
  advance(1499);
  assert.deepEqual(sent, [1]);
  advance(1);
  assert.deepEqual(sent, [1, 2]);
});

test("an answer without a change reports nothing", () => {
  throttle.answer(5);
  advance(5000);
  assert.deepEqual(sent, []);
});

test("the numbering of an earlier instance is continued", () => {
  throttle.continueFrom(7);
  throttle.answer(7);
  throttle.change();
  assert.deepEqual(sent, [8]);
});

test("nothing is reported after disposal", () => {
  throttle.change();
  throttle.change();
  throttle.dispose();
  advance(5000);
  assert.deepEqual(sent, [1]);
});
