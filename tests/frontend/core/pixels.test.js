import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { fitSide, integerScale, rgbaFromImages } from "../../../ui/frontend/core/pixels.js";

afterEach(() => {
  delete globalThis.devicePixelRatio;
});

test("a gray image has three equal channels and is opaque", () => {
  const rgba = rgbaFromImages(Float32Array.of(0, 0.5), [1, 1, 2]);
  assert.deepEqual([...rgba], [0, 0, 0, 255, 128, 128, 128, 255]);
});

test("the channels of a color image are interleaved", () => {
  const image = Float32Array.of(1, 0, 0, 1, 0.2, 0.4); // red, green, blue of two pixels
  assert.deepEqual([...rgbaFromImages(image, [3, 1, 2])], [255, 0, 51, 255, 0, 255, 102, 255]);
});

test("one of several images is chosen and values are clipped", () => {
  const images = Float32Array.of(0, 0, 2, -1);
  assert.deepEqual([...rgbaFromImages(images, [1, 1, 2], 1)], [255, 255, 255, 255, 0, 0, 0, 255]);
});

test("the scale is whole and covers the displayed size", () => {
  assert.equal(integerScale(112, 28), 4);
  assert.equal(integerScale(113, 28), 5);
  assert.equal(integerScale(10, 28), 1);
  assert.equal(integerScale(10_000, 28), 16);
});

test("a side is a whole multiple of the pixels where that wastes little space", () => {
  assert.equal(fitSide(140, 28), 140);
  assert.equal(fitSide(139, 32), 128);
  assert.equal(fitSide(150.7, 100), 150);
});

test("a side counts device pixels", () => {
  globalThis.devicePixelRatio = 2;
  assert.equal(fitSide(139, 28), 126); // 252 device pixels, 9 each
  globalThis.devicePixelRatio = 1.5;
  assert.equal(fitSide(139, 28), 196 / 1.5); // 7 device pixels each
});
