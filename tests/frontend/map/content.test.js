import assert from "node:assert/strict";
import test from "node:test";

import { PointColors } from "../../../ui/frontend/map/scene/point_colors.js";

// core/images.js observes canvases, of which there are none here.
Object.assign(globalThis, { ResizeObserver: class {} });
const { MapContent } = await import("../../../ui/frontend/map/content.js");

/** @param {Uint8Array} bytes */
const dataUrl = (bytes) =>
  `data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`;
/** @param {number[]} values */
const uint16Url = (values) => dataUrl(new Uint8Array(Uint16Array.from(values).buffer));

/** Two samples. @param {object} changes */
function payload(changes = {}) {
  const points = {
    url: uint16Url([0, 0, 65535, 65535]),
    count: 2,
    dims: 2,
    lo: [0, 0],
    hi: [1, 1],
  };
  const color = {
    kind: "class",
    url: dataUrl(Uint8Array.of(1, 0)),
    names: ["zero", "one"],
    n_colored: 2,
  };
  const base = { points, color, labels: null, names: null, sheet: null, computing: false };
  return /** @type {any} */ ({ ...base, ...changes });
}

function setUp() {
  /** @type {unknown[][]} */ const calls = [];
  const scene = /** @type {any} */ ({
    view: null,
    colors: new PointColors(),
    setOrder: () => {},
    setPoints(/** @type {any} */ { dims }, /** @type {Float32Array} */ table) {
      this.view = { nDims: dims };
      calls.push(["setPoints", [...table]]);
    },
  });
  const legend = /** @type {any} */ ({
    showClasses: (/** @type {any} */ { names }, /** @type {number[]} */ counts) =>
      calls.push(["showClasses", names, counts]),
    showScale: (/** @type {any} */ { title }) => calls.push(["showScale", title]),
  });
  const content = new MapContent(scene, legend, {
    beforePoints: (nDims) => calls.push(["beforePoints", nDims]),
    afterPoints: () => calls.push(["afterPoints"]),
    filter: () => calls.push(["filter"]),
    sheetLoaded: () => calls.push(["sheetLoaded"]),
  });
  return { content, scene, calls };
}

test("points are shown first, then their colors", async () => {
  const { content, calls } = setUp();
  const table = await content.load(payload());
  assert.deepEqual(table, Float32Array.of(0, 0, 1, 1));
  assert.deepEqual(calls, [
    ["beforePoints", 2],
    ["setPoints", [0, 0, 1, 1]],
    ["afterPoints"],
    ["showClasses", ["zero", "one"], [1, 1]],
    ["filter"],
  ]);
  assert.deepEqual(content.caption(0), { name: "one", detail: "#0" });
});

test("the same payload again changes nothing", async () => {
  const { content, calls } = setUp();
  await content.load(payload());
  calls.length = 0;
  await content.load(payload());
  assert.deepEqual(calls, []);
});

test("another color leaves the points alone", async () => {
  const { content, scene, calls } = setUp();
  await content.load(payload());
  calls.length = 0;
  const color = {
    kind: "scale",
    url: uint16Url([0, 65535]),
    title: "z1",
    lo: 2,
    hi: 3,
    range: [2, 3],
  };
  await content.load(payload({ color }));
  assert.deepEqual(calls, [["showScale", "z1"], ["filter"]]);
  assert.deepEqual(scene.colors.values, Float32Array.of(2, 3));
  assert.deepEqual(scene.colors.scale, { lo: 2, hi: 3 });
});

test("another theme draws the colors again", async () => {
  const { content, scene, calls } = setUp();
  await content.load(payload());
  calls.length = 0;
  scene.colors.setPageColors([0, 0, 0], [255, 255, 255]);
  await content.load(payload());
  assert.deepEqual(
    calls.map(([name]) => name),
    ["showClasses", "filter"],
  );
});

test("the same bytes with another range are other points", async () => {
  const { content, calls } = setUp();
  const { points } = payload();
  await content.load(payload());
  calls.length = 0;
  await content.load(payload({ points: { ...points, hi: [2, 4] } }));
  assert.deepEqual(calls[1], ["setPoints", [0, 0, 2, 4]]);
});

test("a load that a later one overtakes shows nothing", async () => {
  const { content, calls } = setUp();
  const early = content.load(payload());
  const color = {
    kind: "scale",
    url: uint16Url([0, 65535]),
    title: "late",
    lo: 0,
    hi: 1,
    range: [0, 1],
  };
  const late = content.load(payload({ color }));
  assert.equal(await early, null);
  assert.notEqual(await late, null);
  assert.deepEqual(
    calls.filter(([name]) => name === "showScale"),
    [["showScale", "late"]],
  );
  assert.equal(calls.filter(([name]) => name === "showClasses").length, 0);
});

test("missing data is an error that names the status", async (context) => {
  context.mock.method(globalThis, "fetch", async () => ({ ok: false, status: 404 }));
  const { content } = setUp();
  const points = { ...payload().points, url: "/missing" };
  await assert.rejects(content.load(payload({ points })), /404/);
});

test("a sheet is loaded once; after a failure the next payload tries again", async (context) => {
  let attempts = 0;
  Object.assign(globalThis, {
    createImageBitmap: async () => {
      attempts += 1;
      if (attempts === 1) throw new Error("not an image");
      return { width: 8, height: 4 };
    },
  });
  context.after(() => Reflect.deleteProperty(globalThis, "createImageBitmap"));
  const { content, calls } = setUp();
  const settled = () => new Promise((done) => setTimeout(done, 20));
  const sheet = { url: dataUrl(Uint8Array.of(0)), columns: 4, width: 2, height: 2 };
  await content.load(payload({ sheet }));
  await settled();
  assert.equal(content.sheet, null);
  for (let k = 0; k < 2; k++) {
    await content.load(payload({ sheet }));
    await settled();
  }
  assert.equal(content.sheet?.count, 8);
  assert.equal(attempts, 2);
  assert.equal(calls.filter(([name]) => name === "sheetLoaded").length, 1);
});
