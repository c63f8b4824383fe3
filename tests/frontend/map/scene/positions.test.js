import assert from "node:assert/strict";
import test from "node:test";

import { PointPositions } from "../../../../ui/frontend/map/scene/positions.js";

function moving() {
  const positions = new PointPositions();
  positions.set(Float32Array.of(2, 4, 0, 1, 1, 1), Float32Array.of(0, 0, 0, 1, 1, 1));
  return positions;
}

test("during a transition positions are interpolated", () => {
  const positions = moving();
  positions.progress = 0.25;
  assert.equal(positions.moving, true);
  assert.deepEqual(positions.at(0), [0.5, 1, 0]);
  assert.deepEqual([...positions.current()], [0.5, 1, 0, 1, 1, 1]);
});

test("after a transition the target is returned without a copy", () => {
  const positions = moving();
  assert.equal(positions.moving, false);
  assert.equal(positions.current(), positions.target);
  assert.deepEqual(positions.at(0), [2, 4, 0]);
});

test("there is no position without a sample", () => {
  const positions = moving();
  assert.equal(positions.count, 2);
  assert.equal(positions.at(null), null);
  assert.equal(positions.at(2), null);
  assert.notEqual(positions.at(1), null);
});
