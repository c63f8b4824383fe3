import assert from "node:assert/strict";
import { test } from "node:test";
import {
  axisFractions,
  dotStyle,
  quantizedPosition,
  squarePosition,
} from "../../../ui/frontend/panels/pipeline/map_geometry.js";
import { sizeTexts, stepSide, zeroCode } from "../../../ui/frontend/panels/pipeline/sizes.js";

test("the sizes of a gray image and its code", () => {
  const texts = sizeTexts([1, 28, 28], 16, true);
  assert.deepEqual([texts.pixels, texts.pixelUnit], ["784", " pixels"]);
  assert.deepEqual([texts.dims, texts.dimUnit], ["16", " dimensions"]);
  assert.equal(texts.encoder, "784 → 16");
  assert.equal(texts.decoder, "16 → 784");
  assert.match(texts.code, /^16 dimensions, .*map/);
});

test("the sizes of a color image with one dimension and no map", () => {
  const texts = sizeTexts([3, 64, 32], 1, false);
  assert.equal(texts.pixels + texts.pixelUnit, "2,048 pixels × 3 colors");
  assert.equal(texts.dims + texts.dimUnit, "1 dimension");
  assert.equal(texts.code, "1 dimension");
});

test("images in a row share the width; in a column they are at most half of it", () => {
  assert.ok(Math.abs(stepSide(774) - 100) < 1e-9);
  assert.equal(stepSide(4000), 224);
  assert.equal(stepSide(760), 150);
  assert.equal(stepSide(216), 100);
});

test("an empty code has a bar per dimension in its middle", () => {
  assert.deepEqual(zeroCode(2), {
    values: [0, 0],
    low: [-1, -1],
    high: [1, 1],
    active: null,
    std: null,
  });
});

const MAP = { url: "", dims: 2, lo: [-10, 0], hi: [10, 10] };

test("the longer axis fills the square and the other one has the same scale", () => {
  assert.deepEqual(axisFractions(MAP), [1, 0.5]);
  assert.deepEqual(axisFractions({ ...MAP, lo: [1, 1], hi: [1, 1] }), [0, 0]);
});

test("a point is placed in the centered map and clipped to the square", () => {
  assert.deepEqual(squarePosition(MAP, [-10, 0]), [0, 0.25]);
  assert.deepEqual(squarePosition(MAP, [5, 10]), [0.75, 0.75]);
  assert.deepEqual(squarePosition(MAP, [1000, -1000]), [1, 0]);
  assert.deepEqual(squarePosition(MAP, null), [0.5, 0.5]);
});

test("quantized points agree with points in map coordinates", () => {
  const fractions = axisFractions(MAP);
  const points = Uint16Array.of(9, 9, 0, 65535); // the second is (-10, 10)
  const [x, y] = squarePosition(MAP, [-10, 10]);
  assert.deepEqual(quantizedPosition(points, 2, fractions), [x, 1 - y]);
});

test("many points are smaller and more transparent", () => {
  assert.deepEqual(dotStyle(500), { size: 4, opacity: 0.6 });
  assert.deepEqual(dotStyle(5200), { size: 2, opacity: 0.5 });
  assert.deepEqual(dotStyle(70_000), { size: 2, opacity: 0.12 });
});
