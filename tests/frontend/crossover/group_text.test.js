import assert from "node:assert/strict";
import { test } from "node:test";

import { effectText, groupName, shareText } from "../../../ui/frontend/crossover/group_text.js";

test("groups are numbered from 1; the inactive one has no number", () => {
  assert.equal(groupName(0, false), "group 1");
  assert.equal(groupName(5, true), "inactive");
});

test("from which parent, or from both in percent", () => {
  assert.deepEqual([0, 1, 0.25].map(shareText), ["from A", "from B", "75 % A, 25 % B"]);
});

test("size and effect, in one decimal where the effect is small", () => {
  assert.equal(effectText({ dims: [0], effect: 0.004 }).short, "1 dimension, 0.4 %");
  const { short, long } = effectText({ dims: [1, 3], effect: 0.456 });
  assert.equal(short, "2 dimensions, 46 %");
  assert.match(long, /^z2, z4: 46 %/);
});
