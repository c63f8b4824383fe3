import assert from "node:assert/strict";
import { test } from "node:test";

import {
  captionText,
  percentText,
  roundPosition,
} from "../../../../ui/frontend/morph/player/position.js";

test("percent of the path, or beyond an endpoint", () => {
  assert.deepEqual([0, 0.304, 1, -0.25, 1.5, -0.001].map(percentText), [
    "0 %",
    "30 %",
    "100 %",
    "25 % before A",
    "50 % beyond B",
    "0 %",
  ]);
});

test("the caption says which path is shown meanwhile", () => {
  assert.equal(captionText({ kind: "geodesic", time: 0.5 }, "geodesic"), "50 %");
  assert.match(captionText({ kind: "geodesic", time: 0.5 }, "linear"), /^50 % of the linear path/);
});

test("the reported time has four digits", () => {
  assert.deepEqual(roundPosition({ kind: "linear", time: 1 / 3 }), {
    kind: "linear",
    time: 0.3333,
  });
});
