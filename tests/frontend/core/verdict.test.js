import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SUPPORT_SLUGS } from "../../../ui/frontend/core/support_level.js";
import {
  realismLevel,
  verdict,
  verdictHelp,
  verdictWords,
} from "../../../ui/frontend/core/verdict.js";
import { readVectors } from "../latent/golden_vectors.js";

const LIMITS = { like: 1, unlike: -1 };
const LEVELS = /** @type {const} */ (["like the data", "doubtful", "unlike the data"]);

test("the levels are those of the library", () => {
  const source = readFileSync(
    new URL("../../../latent_core/models/realism.py", import.meta.url),
    "utf8",
  );
  for (const level of LEVELS) assert.ok(source.includes(`"${level}"`), level);
  assert.deepEqual(
    [1, 0.99, -1, -1.01].map((realism) => realismLevel(realism, LIMITS)),
    ["like the data", "doubtful", "doubtful", "unlike the data"],
  );
});

test("the verdict is the worse of support and image", () => {
  assert.equal(verdict("near data", 2, LIMITS).slug, "near");
  assert.equal(verdict("near data", 0, LIMITS).slug, "sparse");
  assert.equal(verdict("near data", -2, LIMITS).slug, "far");
  assert.equal(verdict("far from data", 2, LIMITS).slug, "far");
  assert.equal(verdict("sparse", -2, LIMITS).slug, "far");
});

test("it says which of the two decides", () => {
  assert.equal(verdictWords(verdict("near data", -2, LIMITS)), "image unlike data");
  assert.match(verdictHelp(verdict("near data", -2, LIMITS)), /near data.*image.*unlike/);
  assert.equal(verdictWords(verdict("far from data", -2, LIMITS)), "far from data");
  assert.equal(verdictWords(verdict("sparse", 2, LIMITS)), "sparse");
});

test("without a realism network support decides alone", () => {
  assert.deepEqual(verdict("sparse", undefined, LIMITS), {
    slug: "sparse",
    support: "sparse",
    image: null,
  });
  assert.equal(verdict("near data", -9, null).slug, "near");
});

test("verdicts equal the library's", () => {
  const { limits, cases } = readVectors("verdicts");
  for (const { support, realism, image, combined } of cases) {
    const slug = SUPPORT_SLUGS[/** @type {keyof typeof SUPPORT_SLUGS} */ (combined)];
    assert.deepEqual(verdict(support, realism, limits), { slug, support, image });
  }
});
