import assert from "node:assert/strict";
import { test } from "node:test";

import { CommitReporter } from "../../../../ui/frontend/dimensions/code/commit_reporter.js";

const STATE = { z: [1, 2], start: "s0", label: "image 0", locked: [] };

function reporterWith(defer) {
  const reporter = new CommitReporter(defer);
  const sent = [];
  reporter.send = (_, message) => sent.push(message);
  return { reporter, sent };
}

test("a state is sent once per revision", () => {
  const { reporter, sent } = reporterWith((send) => send());
  reporter.revision = 3;
  reporter.report(STATE);
  reporter.report({ ...STATE });
  assert.deepEqual(sent, [{ revision: 3, ...STATE }]);
  reporter.revision = 4;
  reporter.report(STATE);
  assert.equal(sent.length, 2);
});

test("a state that Python has is not sent, unless it is forgotten", () => {
  const { reporter, sent } = reporterWith((send) => send());
  reporter.markReported(STATE);
  reporter.report(STATE);
  assert.deepEqual(sent, []);
  reporter.forget();
  reporter.report(STATE);
  assert.equal(sent.length, 1);
});

test("a discarded report is sent by the next call", () => {
  const { reporter, sent } = reporterWith((_, discard) => discard());
  reporter.report(STATE);
  reporter.defer = (send) => send();
  reporter.report(STATE);
  assert.equal(sent.length, 1);
});

test("a delayed report goes where reports went when it was made", () => {
  let release = () => {};
  const { reporter, sent } = reporterWith((send) => (release = send));
  reporter.report(STATE);
  reporter.send = () => assert.fail("sent to another component");
  release();
  assert.equal(sent.length, 1);
});
