import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SUPPORT_SLUGS } from "../../../ui/frontend/core/support_level.js";

test("the levels are those of the library", () => {
  const source = readFileSync(
    new URL("../../../latent_core/analysis/support.py", import.meta.url),
    "utf8",
  );
  for (const level of Object.keys(SUPPORT_SLUGS)) assert.ok(source.includes(`"${level}"`), level);
});

test("slugs are distinct and can be used as attribute selectors", () => {
  const slugs = Object.values(SUPPORT_SLUGS);
  assert.equal(new Set(slugs).size, 3);
  for (const slug of slugs) assert.match(slug, /^[a-z]+$/);
});
