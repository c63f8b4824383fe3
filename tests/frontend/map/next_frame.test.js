import assert from "node:assert/strict";
import test from "node:test";

import { NextFrame } from "../../../ui/frontend/map/next_frame.js";
import { fakeFrames } from "./frames.js";

test("several requests call once, a later request again", (context) => {
  const frames = fakeFrames(context);
  let calls = 0;
  const next = new NextFrame(() => (calls += 1));
  next.request();
  next.request();
  assert.equal(calls, 0);
  frames.run();
  assert.equal(calls, 1);
  next.request();
  frames.run();
  assert.equal(calls, 2);
});

test("a cancelled request does not call, and can be made anew", (context) => {
  const frames = fakeFrames(context);
  let calls = 0;
  const next = new NextFrame(() => (calls += 1));
  next.request();
  next.cancel();
  frames.run();
  assert.equal(calls, 0);
  next.request();
  frames.run();
  assert.equal(calls, 1);
});
