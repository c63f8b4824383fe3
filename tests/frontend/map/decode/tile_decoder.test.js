import assert from "node:assert/strict";
import test from "node:test";

import { TileDecoder, tileCode } from "../../../../ui/frontend/map/decode/tile_decoder.js";
import { Normalizer } from "../../../../ui/frontend/map/scene/normalizer.js";

const NORMALIZER = new Normalizer([0, 0], [20, 20]); // half is 10
const SHAPE = /** @type {[number, number, number]} */ ([1, 1, 1]);

/** A transform whose code is the point; far from data where x > 15, at this distance from all points. @param {number} distance */
function fakeTransform(distance) {
  return /** @type {any} */ ({
    inverseTransform: (/** @type {number[]} */ point) => Float32Array.from(point),
    support: (/** @type {number[]} */ [x]) => ({ level: x > 15 ? "far from data" : "near data" }),
    points: { nearest: () => ({ distance: [distance] }) },
  });
}

/** @param {number} n */
const tiles = (n) =>
  Array.from({ length: n }, (_, k) => ({ name: `${k}`, x: -1 + k / n, y: 0, side: 0.1 }));

/** @param {{count: number, distance?: number, decode?: (codes: Float32Array, options: any) => Promise<Float32Array>}} options */
function setUp({ count, distance = 0, decode = async (codes) => codes }) {
  const state = { inView: tiles(count), batches: /** @type {number[]} */ ([]), notified: 0 };
  const decoder = {
    spec: { dim: 2, shape: SHAPE },
    decode: (/** @type {Float32Array} */ codes, /** @type {any} */ options) => {
      state.batches.push(codes.length / 2);
      assert.equal(options.urgent, false);
      return decode(codes, options).then((images) => ({ images, realism: new Float32Array(0) }));
    },
    verdict: (/** @type {any} */ support) => ({ slug: "near", support, image: null }),
  };
  const source = /** @type {any} */ ({ transform: fakeTransform(distance), decoder });
  const tileDecoder = new TileDecoder(source, {
    tilesInView: () => state.inView,
    normalizer: () => NORMALIZER,
    toCanvas: (images, _shape, k) => /** @type {any} */ (`x = ${images[2 * k]}`),
    decoded: () => (state.notified += 1),
  });
  return { state, tileDecoder };
}

/** @param {() => boolean} condition */
async function until(condition) {
  for (let k = 0; k < 500 && !condition(); k++) await new Promise((done) => setTimeout(done, 2));
  assert.ok(condition());
}

test("a tile's code is that of its center in map coordinates", () => {
  const tile = { name: "a", x: -0.5, y: 0.5, side: 0.1 };
  const code = tileCode(tile, fakeTransform(0), NORMALIZER);
  assert.deepEqual(code, { name: "a", code: Float32Array.of(5, 15), level: "near data" });
});

test("a tile far from data has a code only with a point within 1.6 tiles", () => {
  const tile = { name: "a", x: 0.9, y: 0, side: 0.1 }; // 1 in map coordinates
  assert.equal(tileCode(tile, fakeTransform(1.61), NORMALIZER), null);
  assert.equal(tileCode(tile, fakeTransform(1.59), NORMALIZER)?.level, "far from data");
});

test("all missing tiles are decoded, at most 24 at a time, in order", async () => {
  const { state, tileDecoder } = setUp({ count: 30 });
  tileDecoder.schedule(0);
  await until(() => state.notified === 2);
  assert.deepEqual(state.batches, [24, 6]);
  assert.deepEqual(tileDecoder.get("15"), {
    verdict: { slug: "near", support: "near data", image: null },
    image: "x = 5",
  });
  tileDecoder.schedule(0);
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(state.batches.length, 2); // nothing is missing
});

test("tiles far from all points are marked and not decoded", async () => {
  const { state, tileDecoder } = setUp({ count: 1, distance: 100 });
  state.inView[0].x = 0.9;
  tileDecoder.schedule(0);
  await until(() => state.notified === 1);
  assert.equal(tileDecoder.get("0"), "far");
  assert.deepEqual(state.batches, []);
});

test("images of a cancelled request are dropped, and missing tiles are requested again", async () => {
  /** @type {(() => void)[]} */ const waiting = [];
  const decode = (/** @type {Float32Array} */ codes) =>
    new Promise((/** @type {(images: Float32Array) => void} */ done) =>
      waiting.push(() => done(codes)),
    );
  const { state, tileDecoder } = setUp({ count: 2, decode });
  tileDecoder.schedule(0);
  await until(() => waiting.length === 1);
  tileDecoder.cancel();
  waiting[0]();
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(tileDecoder.get("0"), undefined);
  await until(() => waiting.length === 2);
  waiting[1]();
  await until(() => state.notified === 1);
  assert.notEqual(tileDecoder.get("0"), undefined);
});

test("after a failure the next schedule tries again", async () => {
  let failures = 0;
  const decode = async (/** @type {Float32Array} */ codes) => {
    if (failures++ === 0) throw new Error("no connection");
    return codes;
  };
  const { state, tileDecoder } = setUp({ count: 1, decode });
  tileDecoder.schedule(0);
  await until(() => failures === 1);
  await new Promise((done) => setTimeout(done, 5));
  tileDecoder.schedule(0);
  await until(() => state.notified === 1);
  assert.notEqual(tileDecoder.get("0"), undefined);
});

test("clear forgets the tiles", async () => {
  const { state, tileDecoder } = setUp({ count: 1 });
  tileDecoder.schedule(0);
  await until(() => state.notified === 1);
  tileDecoder.clear();
  assert.equal(tileDecoder.get("0"), undefined);
});
