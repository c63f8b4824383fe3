import assert from "node:assert/strict";
import { test } from "node:test";

import { findSamples, suggestions } from "../../../../ui/frontend/map/search/find_samples.js";

const DIGITS = {
  count: 40,
  names: null,
  classNames: ["0", "1", "2", "Ankle boot"],
  classes: Uint8Array.from({ length: 40 }, (_, i) => i % 4),
};
const WORDS = { count: 3, names: ["king", "queen", "kingdom"], classNames: [], classes: null };

test("a label selects all samples of its class, before a number of the same digits", () => {
  const found = findSamples("2", DIGITS);
  assert.equal(found.kind, "region");
  assert.ok(found.kind === "region" && found.count === 10 && found.inside[2] === 1);
  assert.deepEqual(findSamples("#2", DIGITS), { kind: "sample", id: 2 });
  assert.deepEqual(findSamples("12", DIGITS), { kind: "sample", id: 12 });
});

test("a part of a label or of a name is enough, an exact name comes first", () => {
  const boots = findSamples(" BOOT ", DIGITS);
  assert.ok(boots.kind === "region" && boots.inside[3] === 1 && boots.inside[0] === 0);
  assert.deepEqual(findSamples("King", WORDS), { kind: "sample", id: 0 });
  const kings = findSamples("ing", WORDS);
  assert.ok(kings.kind === "region" && kings.count === 2);
  assert.deepEqual(findSamples("quee", WORDS), { kind: "sample", id: 1 });
});

test("what does not exist is not found", () => {
  for (const query of ["", "  ", "#40", "4711", "shoe"])
    assert.deepEqual(findSamples(query, DIGITS), { kind: "none" }, query);
});

test("suggestions begin with the text before they contain it", () => {
  assert.deepEqual(suggestions("d", { ...WORDS, names: ["kingdom", "duke"] }), ["duke", "kingdom"]);
});
