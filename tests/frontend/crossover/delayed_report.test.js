import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { DelayedReport } from "../../../ui/frontend/crossover/delayed_report.js";

let [current, sent, report] = [0, [], null];

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  [current, sent] = [0, []];
  report = new DelayedReport(
    0,
    () => current,
    (value) => sent.push(value),
  );
});

test("several changes are one report of the last value", () => {
  current = 1;
  report.schedule();
  mock.timers.tick(200);
  current = 2;
  report.schedule();
  mock.timers.tick(249);
  assert.deepEqual(sent, []);
  mock.timers.tick(1);
  assert.deepEqual(sent, [2]);
});

test("a value that the server has is not sent", () => {
  report.receive(5);
  current = 5;
  report.schedule();
  mock.timers.tick(250);
  assert.deepEqual(sent, []);
});

test("a new value of the server is taken over, unless a local change waits", () => {
  assert.equal(report.receive(1), true);
  assert.equal(report.receive(1), false);
  report.markChanged();
  assert.equal(report.receive(2), false);
  report.cancel();
  assert.equal(report.receive(3), true);
});
