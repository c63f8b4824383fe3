import assert from "node:assert/strict";
import { test } from "node:test";

import { boundsOf } from "../../../../ui/frontend/map/axes/axes_layer.js";
import { axesShapes2d } from "../../../../ui/frontend/map/axes/shapes_2d.js";
import { boxEdges, boxShapes3d } from "../../../../ui/frontend/map/axes/shapes_3d.js";
import { roundTicks } from "../../../../ui/frontend/map/axes/ticks.js";

test("ticks are round, inside, and about as many as asked for", () => {
  assert.deepEqual(roundTicks(-3.2, 3.1, 6).values, [-2, 0, 2]);
  assert.deepEqual(roundTicks(0, 0.05, 5), {
    values: [0, 0.01, 0.02, 0.03, 0.04, 0.05],
    digits: 2,
  });
  assert.deepEqual(roundTicks(1, 1, 5).values, []);
  assert.equal(roundTicks(0, 4000, 4).digits, 0);
});

test("a 2D map has a line at each tick where its value is, and the names of the axes", () => {
  const view = {
    width: 400,
    height: 300,
    x: /** @type {[number, number]} */ ([-2, 2]),
    y: /** @type {[number, number]} */ ([0, 3]),
  };
  const { lines, texts } = axesShapes2d(view, [
    { title: "z1", has_ticks: true },
    { title: "z2", has_ticks: false },
  ]);
  const zero = lines.find(({ x1, strong }) => strong && x1 === 200);
  assert.deepEqual(zero, { x1: 200, y1: 0, x2: 200, y2: 300, strong: true });
  assert.ok(lines.every(({ x1, x2 }) => x1 === x2));
  assert.deepEqual(
    texts.filter(({ strong }) => strong).map(({ text }) => text),
    ["z1 →", "↑ z2"],
  );
});

test("a box has four edges along each axis", () => {
  const edges = boxEdges([0, 0, 0], [1, 2, 3]);
  assert.equal(edges.length, 12);
  for (const { axis, from, to } of edges) {
    const differing = [0, 1, 2].filter((k) => from[k] !== to[k]);
    assert.deepEqual(differing, [axis]);
  }
  assert.equal(new Set(edges.map((edge) => JSON.stringify([edge.from, edge.to]))).size, 12);
});

test("a 3D map has a box, a name per axis beside it, and numbers of the map's coordinates", () => {
  const project = (/** @type {ArrayLike<number>} */ { 0: x, 1: y, 2: z }) => ({
    x: 200 + 80 * (x - y),
    y: 200 + 40 * (x + y) - 90 * z,
    depth: 1,
  });
  const axes = ["a", "b", "c"].map((title) => ({ title, has_ticks: true }));
  const box = { low: [-1, -1, -1], high: [1, 1, 1] };
  const tenfold = (/** @type {number[]} */ at) => at.map((value) => 10 * value);
  const { lines, texts } = boxShapes3d(project, box, tenfold, axes);
  assert.equal(lines.length, 12);
  assert.deepEqual(
    texts.filter(({ strong }) => strong).map(({ text }) => text),
    ["a", "b", "c"],
  );
  assert.ok(texts.some(({ text }) => text === "10") && texts.some(({ text }) => text === "−10"));
});

test("bounds are those of all positions", () => {
  const { low, high } = boundsOf(Float32Array.from([0, 1, 2, -1, 4, 0.5]));
  assert.deepEqual(
    [low, high],
    [
      [-1, 1, 0.5],
      [0, 4, 2],
    ],
  );
});
