import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CLASSES,
  GRAY,
  classColor,
  pointColors,
  scaleColor,
  scaleGradient,
  themeOf,
  toRgb,
} from "../../../ui/frontend/widgets/palette.js";

test("hexadecimal colors are read as numbers", () => {
  assert.deepEqual(toRgb("#0a10FF"), [10, 16, 255]);
});

test("the theme follows the luminance of the page's color", () => {
  assert.equal(themeOf([255, 255, 255]), "light");
  assert.equal(themeOf([14, 17, 23]), "dark");
  assert.equal(themeOf([0, 255, 0]), "light");
  assert.equal(themeOf([0, 0, 255]), "dark");
});

test("class colors are distinct, and classes after the last one are gray", () => {
  for (const theme of /** @type {const} */ (["light", "dark"])) {
    assert.equal(new Set(CLASSES[theme]).size, 10);
    assert.equal(classColor(theme, 9), CLASSES[theme][9]);
    for (const [index, nColored] of [[10], [255], [3, 3]]) {
      assert.equal(classColor(theme, index, nColored), GRAY[theme]);
    }
  }
});

test("the scale is viridis, clipped to its ends", () => {
  assert.deepEqual(scaleColor("light", 0), [68, 1, 84]);
  assert.deepEqual(scaleColor("dark", 1), [253, 231, 37]);
  assert.deepEqual(scaleColor("light", -3), scaleColor("light", 0));
  assert.deepEqual(scaleColor("dark", 3), scaleColor("dark", 1));
});

test("neither theme uses the end of the scale that resembles its page", () => {
  const luminance = (/** @type {number[]} */ [r, g, b]) => 0.299 * r + 0.587 * g + 0.114 * b;
  assert.ok(luminance(scaleColor("light", 1)) < luminance([253, 231, 37]));
  assert.ok(luminance(scaleColor("dark", 0)) > luminance([68, 1, 84]));
});

test("the gradient of the legend has the colors of the scale", () => {
  const gradient = scaleGradient("light");
  assert.ok(gradient.includes(`rgb(${scaleColor("light", 0).join(",")})`));
  assert.ok(gradient.includes(`rgb(${scaleColor("light", 1).join(",")})`));
});

const DIMMED = /** @type {[number, number, number]} */ ([1, 2, 3]);

test("points have the color of their class; hidden ones are transparent, others outside dimmed", () => {
  const rgba = pointColors({
    theme: "light",
    dimmed: DIMMED,
    values: Uint8Array.of(4, 4, 4),
    visible: Uint8Array.of(1, 0, 1),
    region: Uint8Array.of(1, 1, 0),
  });
  const color = toRgb(classColor("light", 4));
  assert.deepEqual([...rgba], [...color, 255, 0, 0, 0, 0, ...DIMMED, 70]);
});

test("values are colored by their position between lo and hi", () => {
  const rgba = pointColors({
    theme: "dark",
    dimmed: DIMMED,
    values: Float32Array.of(-1, 3),
    lo: -1,
    hi: 3,
    visible: Uint8Array.of(1, 1),
    region: null,
  });
  const expected = [...scaleColor("dark", 0), 255, ...scaleColor("dark", 1), 255];
  assert.deepEqual([...rgba], expected);
});

test("a missing value is gray", () => {
  const rgba = pointColors({
    theme: "light",
    dimmed: DIMMED,
    values: Float32Array.of(NaN, 0),
    lo: 0,
    hi: 1,
    visible: Uint8Array.of(1, 1),
    region: null,
  });
  assert.deepEqual([...rgba.slice(0, 4)], [...toRgb(GRAY.light), 255]);
  assert.deepEqual([...rgba.slice(4)], [...scaleColor("light", 0), 255]);
});

test("equal values have a color", () => {
  const rgba = pointColors({
    theme: "dark",
    dimmed: DIMMED,
    values: Float32Array.of(2),
    lo: 2,
    hi: 2,
    visible: Uint8Array.of(1),
    region: null,
  });
  assert.deepEqual([...rgba], [...scaleColor("dark", 0), 255]);
});
