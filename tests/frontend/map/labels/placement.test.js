import assert from "node:assert/strict";
import { test } from "node:test";

import { Occupancy } from "../../../../ui/frontend/map/labels/occupancy.js";
import { placeClassLabels, placeNames } from "../../../../ui/frontend/map/labels/placement.js";

const [WIDTH, HEIGHT] = [400, 300];

function emptyScreen() {
  const occupancy = new Occupancy();
  occupancy.reset(WIDTH, HEIGHT);
  return occupancy;
}

/** @param {import("../../../../ui/frontend/map/labels/placement.js").Label[]} labels */
function assertApart(labels) {
  labels.forEach((a, i) =>
    labels.slice(i + 1).forEach((b) => {
      const apartX = Math.abs(a.x - b.x) >= (a.width + b.width) / 2;
      const apartY = Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
      assert.ok(apartX || apartY, `${a.text} is on ${b.text}`);
    }),
  );
}

test("a taken box is not taken again, and none reaches beyond the screen", () => {
  const occupancy = emptyScreen();
  assert.equal(occupancy.take(10, 10, 40, 20), true);
  assert.equal(occupancy.take(45, 25, 40, 20), false);
  assert.equal(occupancy.take(60, 10, 40, 20), true);
  assert.equal(occupancy.take(-5, 100, 40, 20), false);
  assert.equal(occupancy.take(WIDTH - 20, 100, 40, 20), false);
  occupancy.block({ left: -50, top: 200, width: 1000, height: 1000 });
  assert.equal(occupancy.take(100, 250, 10, 10), false);
  assert.equal(occupancy.take(100, 150, 10, 10), true);
});

test("a class whose densest place is taken or out of view stands at its next one", () => {
  const project = (/** @type {ArrayLike<number>} */ { 0: x, 1: y }) => ({ x, y, depth: 1 });
  const place = (/** @type {number} */ x, /** @type {number} */ y) => ({
    position: /** @type {[number, number, number]} */ ([x, y, 0]),
    count: 1,
  });
  const classes = [
    { text: "first", width: 60, places: [place(200, 150)] },
    { text: "second", width: 60, places: [place(210, 155), place(100, 60)] },
    { text: "third", width: 60, places: [place(-200, 150), place(300, 250)] },
    { text: "fourth", width: 60, places: [place(205, 150)] },
  ];
  const placed = placeClassLabels(emptyScreen(), project, classes, 18);
  assert.deepEqual(
    placed.map(({ text, x, y }) => [text, x, y]),
    [
      ["first", 200, 150],
      ["second", 100, 60],
      ["third", 300, 250],
    ],
  );
  assertApart(placed);
});

/** Of a 2D view that is enlarged. @param {number} zoom */
const screen = (zoom) => ({
  matrix: [zoom, 0, 0, 0, 0, zoom, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  width: WIDTH,
  height: HEIGHT,
});

test("names never overlap, the first ones are shown, and zooming in shows more of them", () => {
  const count = 3000;
  const positions = Float32Array.from({ length: 3 * count }, (_, k) =>
    k % 3 === 2 ? 0 : 0.9 * Math.sin(k * k),
  );
  const names = { text: (/** @type {number} */ id) => `w${id}`, width: () => 50 };
  const visible = new Uint8Array(count).fill(1);
  const shownAt = (/** @type {number} */ zoom) =>
    placeNames(emptyScreen(), screen(zoom), positions, visible, names, 15, 12);
  for (const zoom of [1, 3, 12]) assertApart(shownAt(zoom));
  assert.equal(shownAt(1)[0].text, "w0");
  const inNearView = shownAt(6).map(({ text }) => Number(text.slice(1)));
  assert.ok(
    Math.max(...inNearView) > Math.max(...shownAt(1).map(({ text }) => Number(text.slice(1)))),
  );
});

test("names of hidden samples are not shown", () => {
  const names = { text: (/** @type {number} */ id) => `w${id}`, width: () => 50 };
  const visible = Uint8Array.from([0, 1]);
  const positions = Float32Array.from([0, 0, 0, 0.5, 0.5, 0]);
  const placed = placeNames(emptyScreen(), screen(1), positions, visible, names, 15, 12);
  assert.deepEqual(
    placed.map(({ text }) => text),
    ["w1"],
  );
});
