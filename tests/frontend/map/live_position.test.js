import assert from "node:assert/strict";
import test from "node:test";

import { publish } from "../../../ui/frontend/core/bus.js";
import { LivePosition } from "../../../ui/frontend/map/live_position.js";

function counted() {
  const state = { changes: 0 };
  const position = new LivePosition(() => (state.changes += 1));
  return { position, state };
}

test("a published point is the point on any map", () => {
  const { position, state } = counted();
  position.follow("live.point");
  publish("live.point", { point: [1, 2] });
  assert.deepEqual(position.pointOn(null), [1, 2]);
  assert.equal(state.changes, 2);
});

test("a published code needs the map's transform", () => {
  const { position } = counted();
  position.follow("live.code");
  publish("live.code", { code: Float32Array.of(3, 4, 5) });
  assert.equal(position.pointOn(null), null);
  const transform = {
    transform: (/** @type {ArrayLike<number>} */ code) =>
      /** @type {[number, number]} */ ([code[0], code[2]]),
  };
  assert.deepEqual(position.pointOn(transform), [3, 5]);
});

test("what was published before is received at once", () => {
  publish("live.earlier", { point: [7, 8] });
  const { position } = counted();
  position.follow("live.earlier");
  assert.deepEqual(position.pointOn(null), [7, 8]);
});

test("null, another channel and no channel remove the position", () => {
  const { position, state } = counted();
  position.follow("live.a");
  publish("live.a", { point: [1, 1] });
  publish("live.a", null);
  assert.equal(position.pointOn(null), null);
  publish("live.a", { point: [1, 1] });
  position.follow("");
  assert.equal(position.pointOn(null), null);
  const { changes } = state;
  publish("live.a", { point: [2, 2] });
  assert.equal(state.changes, changes);
});

test("following the same channel again changes nothing", () => {
  const { position, state } = counted();
  position.follow("live.same");
  publish("live.same", { point: [1, 1] });
  position.follow("live.same");
  assert.deepEqual(position.pointOn(null), [1, 1]);
  assert.equal(state.changes, 2);
});

test("after disposal nothing is received", () => {
  const { position, state } = counted();
  position.follow("live.disposed");
  position.dispose();
  publish("live.disposed", { point: [1, 1] });
  assert.equal(position.pointOn(null), null);
  assert.equal(state.changes, 1);
});
