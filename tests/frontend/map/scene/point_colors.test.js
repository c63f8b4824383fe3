import assert from "node:assert/strict";
import test from "node:test";

import { PointColors, dimmedColor } from "../../../../ui/frontend/map/scene/point_colors.js";
import { CLASSES } from "../../../../ui/frontend/widgets/palette.js";

function threeSamples() {
  const colors = new PointColors();
  colors.values = Uint8Array.of(0, 1, 0);
  colors.filter(new Set());
  return colors;
}
/** @param {Uint8Array} rgba @param {number} id */
const hexOf = (rgba, id) => `#${Buffer.from(rgba.subarray(4 * id, 4 * id + 3)).toString("hex")}`;
/** @param {Uint8Array} rgba */
const alphas = (rgba) => [rgba[3], rgba[7], rgba[11]];

test("a class has its color of the palette, by the page's theme", () => {
  const colors = threeSamples();
  assert.equal(hexOf(colors.rgba(), 1), CLASSES.light[1]);
  colors.setPageColors([10, 10, 10], [240, 240, 240]);
  assert.equal(colors.theme, "dark");
  assert.equal(hexOf(colors.rgba(), 1), CLASSES.dark[1]);
});

test("samples of hidden classes are transparent", () => {
  const colors = threeSamples();
  colors.filter(new Set([0]));
  assert.deepEqual([...colors.visible], [0, 1, 0]);
  assert.deepEqual(alphas(colors.rgba()), [0, 255, 0]);
});

test("samples outside the region are dimmed", () => {
  const colors = threeSamples();
  colors.region = Uint8Array.of(1, 0, 0);
  const rgba = colors.rgba();
  assert.equal(alphas(rgba)[0], 255);
  assert.ok(alphas(rgba)[1] < 128);
  assert.deepEqual([...rgba.subarray(4, 7)], colors.dimmed);
});

test("the dimmed color is between background and text, nearer to the background", () => {
  assert.deepEqual(dimmedColor([200, 0, 100], [0, 100, 100]), [144, 28, 100]);
});

test("the lowest and highest value have the ends of the scale", () => {
  const colors = new PointColors();
  colors.values = Float32Array.of(-3, 5, 1);
  colors.scale = { lo: -3, hi: 5 };
  colors.filter(new Set());
  const rgba = colors.rgba();
  assert.equal(hexOf(rgba, 0), "#440154"); // viridis at 0
  assert.equal(new Set([0, 1, 2].map((id) => hexOf(rgba, id))).size, 3);
});

test("colors match as many points as there are values and flags", () => {
  const colors = threeSamples();
  assert.equal(colors.match(3), true);
  assert.equal(colors.match(2), false);
  colors.values = Uint8Array.of(0, 1);
  assert.equal(colors.match(2), false);
});

test("steps go through the visible samples and wrap around", () => {
  const colors = threeSamples();
  colors.visible = Uint8Array.of(1, 0, 1);
  assert.equal(colors.nextVisible(null, 1), 0);
  assert.equal(colors.nextVisible(null, -1), 2);
  assert.equal(colors.nextVisible(0, 1), 2);
  assert.equal(colors.nextVisible(2, 1), 0);
  assert.equal(colors.nextVisible(0, -1), 2);
  colors.visible = Uint8Array.of(1, 1, 1, 1);
  assert.equal(colors.nextVisible(1, 1), 2);
  assert.equal(colors.nextVisible(1, -1), 0);
});

test("steps stay in the region, and lead nowhere when nothing is visible", () => {
  const colors = threeSamples();
  colors.region = Uint8Array.of(0, 1, 0);
  assert.equal(colors.nextVisible(0, 1), 1);
  assert.equal(colors.nextVisible(1, 1), 1);
  colors.filter(new Set([0, 1]));
  assert.equal(colors.nextVisible(0, 1), null);
});
