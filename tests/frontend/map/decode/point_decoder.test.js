import assert from "node:assert/strict";
import test from "node:test";

import { PointDecoder, roundPoint } from "../../../../ui/frontend/map/decode/point_decoder.js";

/** Each decoding waits for `respond`; the code of a point is its double. */
function setUp() {
  /** @type {((decoded: any) => void)[]} */ const waiting = [];
  const decode = () => new Promise((done) => waiting.push(done));
  const transform = {
    inverseTransform: (/** @type {number[]} */ point) =>
      Float32Array.from(point, (value) => 2 * value),
    support: (/** @type {number[]} */ _point, /** @type {Float32Array} */ code) => ({
      level: code[0] > 10 ? "far from data" : "near data",
    }),
  };
  const source = /** @type {any} */ ({ transform, decoder: { decode } });
  const decoder = new PointDecoder(source, () => {});
  const respond = async () => {
    waiting.shift()?.({ images: Float32Array.of(0.5), realism: Float32Array.of(2) });
    await new Promise((done) => setTimeout(done));
  };
  return { decoder, source, waiting, respond };
}

test("a decoded point has its code, support level and image", async () => {
  const { decoder, respond } = setUp();
  /** @type {unknown[]} */ const shown = [];
  decoder.request([6, 1], (decoded) => shown.push(decoded));
  await respond();
  const code = Float32Array.of(12, 2);
  const images = Float32Array.of(0.5);
  const realism = Float32Array.of(2);
  assert.deepEqual(shown, [{ point: [6, 1], code, level: "far from data", images, realism }]);
});

test("of several requests during one decoding only the newest is decoded next", async () => {
  const { decoder, waiting, respond } = setUp();
  /** @type {number[]} */ const shown = [];
  for (const x of [1, 2, 3]) decoder.request([x, 0], ({ point }) => shown.push(point[0]));
  await respond();
  await respond();
  assert.deepEqual(shown, [1, 3]);
  assert.equal(waiting.length, 0);
});

test("a cancelled request is not shown", async () => {
  const { decoder, respond } = setUp();
  let shown = 0;
  decoder.request([1, 1], () => (shown += 1));
  decoder.cancel();
  await respond();
  assert.equal(shown, 0);
});

test("the support level is null while nothing can be decoded", () => {
  const { decoder, source } = setUp();
  assert.equal(decoder.levelAt([1, 1]), "near data");
  source.transform = null;
  assert.equal(decoder.levelAt([1, 1]), null);
});

test("points keep six significant digits", () => {
  assert.deepEqual(roundPoint([1234.56789, -0.000123456789]), [1234.57, -0.000123457]);
});
