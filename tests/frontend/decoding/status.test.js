import assert from "node:assert/strict";
import { test } from "node:test";
import { describeStatus } from "../../../ui/frontend/decoding/status.js";

test("the status names where images are decoded, the progress, and the reason", () => {
  const reason = "the decoder has 40 MB";
  assert.match(describeStatus({ mode: "browser", progress: 1, reason: "" }), /browser/);
  assert.match(describeStatus({ mode: "loading", progress: 0.456, reason: "" }), /46 %/);
  assert.match(describeStatus({ mode: "server", progress: 0, reason }), /server.*40 MB/);
});
