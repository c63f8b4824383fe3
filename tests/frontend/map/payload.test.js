import assert from "node:assert/strict";
import test from "node:test";

import {
  fetchColumns,
  mapLabel,
  pointsKey,
  sampleCaption,
} from "../../../ui/frontend/map/payload.js";

/** @param {Uint8Array} bytes */
const dataUrl = (bytes) =>
  `data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`;
/** Little-endian. @param {number[]} values */
const uint16Url = (values) => dataUrl(new Uint8Array(Uint16Array.from(values).buffer));

const CLASSES = /** @type {const} */ ({
  kind: "class",
  url: "",
  names: ["zero", "one"],
  n_colored: 2,
});
const SCALE = /** @type {const} */ ({ kind: "scale", url: "", title: "z1", lo: -1, hi: 1 });
const NO_COLUMNS = { labels: null, names: null };

/** @param {object} changes */
function payload(changes) {
  const points = {
    url: uint16Url([0, 65535, 65535, 0]),
    count: 2,
    dims: 2,
    lo: [-2, 10],
    hi: [4, 20],
  };
  const color = { ...CLASSES, url: dataUrl(Uint8Array.of(1, 0)) };
  return /** @type {any} */ ({ points, color, labels: null, names: null, ...changes });
}

test("points are dequantized per column, between lo and hi", async () => {
  const { table } = await fetchColumns(payload({}));
  assert.deepEqual([...table], [-2, 20, 4, 10]);
});

test("classes are one byte per sample, a scale is dequantized", async () => {
  const classes = await fetchColumns(payload({}));
  assert.deepEqual(classes.values, Uint8Array.of(1, 0));
  const color = { ...SCALE, url: uint16Url([65535, 0]) };
  const scale = await fetchColumns(payload({ color }));
  assert.deepEqual(scale.values, Float32Array.of(1, -1));
});

test("a missing value is NaN, and the others span lo to hi", async () => {
  const color = { ...SCALE, n_missing: 1, url: uint16Url([65534, 65535, 0]) };
  const { values } = await fetchColumns(payload({ color }));
  assert.deepEqual(values, Float32Array.of(1, NaN, -1));
  const caption = sampleCaption(payload({ color }), values, NO_COLUMNS, 1);
  assert.equal(caption.detail, "not known · #1");
});

test("labels and names are fetched where the payload has them", async () => {
  const without = await fetchColumns(payload({}));
  assert.deepEqual([without.labels, without.names], [null, null]);
  const labels = { ...CLASSES, url: dataUrl(Uint8Array.of(0, 1)) };
  const names = { url: dataUrl(new TextEncoder().encode("été\nb")) };
  const columns = await fetchColumns(payload({ labels, names }));
  assert.deepEqual(columns.labels, Uint8Array.of(0, 1));
  assert.deepEqual(columns.names, ["été", "b"]);
});

test("a caption names the class that the color shows", () => {
  const caption = sampleCaption(
    { color: CLASSES, labels: null },
    Uint8Array.of(1, 0),
    NO_COLUMNS,
    0,
  );
  assert.deepEqual(caption, { name: "one", detail: "#0" });
});

test("a caption of a scale has the value and the class of the labels", () => {
  const values = Float32Array.of(0, -0.5);
  const columns = { labels: Uint8Array.of(1, 0), names: null };
  const caption = sampleCaption({ color: SCALE, labels: CLASSES }, values, columns, 1);
  assert.deepEqual(caption, { name: "zero", detail: "−0.500 · #1" });
});

test("a sample's own name precedes its class; without both the name is empty", () => {
  const own = { labels: null, names: ["first", "second"] };
  const data = { color: CLASSES, labels: null };
  assert.equal(sampleCaption(data, Uint8Array.of(1, 0), own, 1).name, "second");
  const scale = { color: SCALE, labels: null };
  assert.equal(sampleCaption(scale, Float32Array.of(0), NO_COLUMNS, 0).name, "");
  assert.equal(sampleCaption(data, Uint8Array.of(7), NO_COLUMNS, 0).name, "");
});

test("the key of the points depends on address and range", () => {
  const points = payload({}).points;
  assert.equal(pointsKey(points), pointsKey({ ...points }));
  assert.notEqual(pointsKey(points), pointsKey({ ...points, lo: [-3, 10] }));
  assert.notEqual(pointsKey(points), pointsKey({ ...points, url: "other" }));
});

test("the description explains the crosshair only where points are decoded", () => {
  const points = payload({}).points;
  const plain = mapLabel({ points, decode: null, sample_noun: "word" });
  assert.match(plain, /^Map of 2 words in 2D\./);
  assert.doesNotMatch(plain, /crosshair/);
  const decode = /** @type {any} */ ({});
  assert.match(mapLabel({ points, decode, sample_noun: "image" }), /images .*crosshair/);
});
