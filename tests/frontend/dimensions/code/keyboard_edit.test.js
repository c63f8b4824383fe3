import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { KeyboardEdit } from "../../../../ui/frontend/dimensions/code/keyboard_edit.js";

function recordCalls() {
  const calls = [];
  const store = { beginDrag: () => calls.push("begin"), commit: () => calls.push("commit") };
  return { calls, edit: new KeyboardEdit(store) };
}

test("several keys are one change, committed 450 ms after the last", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { calls, edit } = recordCalls();
  edit.apply(() => calls.push("first"));
  mock.timers.tick(400);
  edit.apply(() => calls.push("second"));
  mock.timers.tick(449);
  assert.deepEqual(calls, ["begin", "first", "second"]);
  mock.timers.tick(1);
  assert.deepEqual(calls, ["begin", "first", "second", "commit"]);
  mock.timers.reset();
});

test("flush commits at once, and only what is pending", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { calls, edit } = recordCalls();
  edit.flush();
  assert.deepEqual(calls, []);
  edit.apply(() => {});
  edit.flush();
  edit.flush();
  mock.timers.tick(1000);
  assert.deepEqual(calls, ["begin", "commit"]);
  mock.timers.reset();
});
