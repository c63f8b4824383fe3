import assert from "node:assert/strict";
import { test } from "node:test";

import {
  curveHeight,
  supportCurvePaths,
} from "../../../../ui/frontend/morph/player/curve_geometry.js";
import { SampledPath } from "../../../../ui/frontend/morph/player/sampled_path.js";
import { pathSpec } from "./sample_paths.js";

const LIMITS = { near: 1, sparse: 3 };
const RANGE = { from: 0, to: 1, positionOf: (time) => time };

/** A path whose nodes have these distances. */
function pathWith(times, distances) {
  const nodes = distances.map((distance) => ({ code: [0, 0], distance }));
  return new SampledPath(pathSpec("linear", times, nodes), 2);
}

test("the height falls with the distance: one half at the limit of near data", () => {
  assert.equal(curveHeight(0, 2), 1);
  assert.equal(curveHeight(2, 2), 0.5);
  assert.ok(curveHeight(4, 2) < 0.06);
});

test("each segment is an area of the level of its mean distance", () => {
  const path = pathWith([0, 0.25, 0.5, 0.75, 1], [0, 0, 2, 3.5, 3.5]);
  const { areas } = supportCurvePaths(path, LIMITS, RANGE);
  assert.equal(areas["near data"], "M0.0 100V0.0L250.0 0.0V100ZM250.0 100V0.0L500.0 94.1V100Z");
  assert.equal(areas.sparse, "M500.0 100V0H750.0V100Z");
  assert.equal(areas["far from data"], "M750.0 100V0H1000.0V100Z");
});

test("the edge goes through all nodes", () => {
  const { edge } = supportCurvePaths(pathWith([0, 0.5, 1], [0, 1, 0]), LIMITS, RANGE);
  assert.equal(edge, "M0.0 0.0L500.0 50.0L1000.0 0.0");
});

test("only the wanted times are drawn, where the scale puts them", () => {
  const path = pathWith([-1, 0, 1, 2], [0, 1, 1, 0]);
  const range = { from: -0.5, to: 0.5, positionOf: (time) => time + 0.5 };
  const { edge } = supportCurvePaths(path, LIMITS, range);
  assert.equal(edge, "M0.0 5.9L500.0 50.0L1000.0 50.0");
});
