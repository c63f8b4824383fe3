import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { MAX_PAGE_MS, PageDecoder } from "../../../ui/frontend/decoding/page_decoder.js";

/** A runtime whose decoder doubles its codes; each run takes `globalThis.runMs`. */
const RUNTIME = `data:text/javascript,${encodeURIComponent(`
  export const env = { wasm: {} };
  export class Tensor { constructor(kind, data, dims) { Object.assign(this, { data, dims }); } }
  const run = async ({ codes }) => {
    globalThis.clock += globalThis.runMs;
    return { images: { data: codes.data.map((value) => 2 * value), dims: codes.dims } };
  };
  export const InferenceSession = { create: async () => ({ run }) };
`)}`;
const FILE = { url: "http://localhost/file", bytes: 3 };
const FILES = {
  onnx: FILE,
  runtime: { script: { ...FILE, url: RUNTIME }, glue: FILE, wasm: FILE },
  dim: 2,
};
const time = /** @type {{clock: number, runMs: number}} */ (/** @type {any} */ (globalThis));

beforeEach(() => {
  Object.assign(time, { clock: 0, runMs: 1 });
  Object.assign(globalThis, { requestIdleCallback: (/** @type {() => void} */ run) => run() });
  mock.method(performance, "now", () => time.clock);
  mock.method(globalThis, "fetch", async () => new Response("abc"));
});
afterEach(() => {
  mock.restoreAll();
  Reflect.deleteProperty(globalThis, "requestIdleCallback");
});

/** @param {number} [workerMs] */
async function open(workerMs = 1) {
  const page = new PageDecoder(FILES, workerMs);
  await page.opening;
  return page;
}

test("a fast decoder accepts as many codes as it can decode within a frame", async () => {
  const page = await open();
  assert.deepEqual(
    [1, 3, 4].map((count) => page.accepts(count)),
    [true, true, false],
  );
  const { images, realism } = await page.decode(Float32Array.of(1, 2));
  assert.deepEqual(images, Float32Array.of(2, 4));
  assert.equal(realism.length, 0); // this graph has no such output
});

test("the answer is there before the event's own frame: no timer, no message, only promises", async () => {
  const page = await open();
  let answered = false;
  void page.decode(Float32Array.of(1, 2)).then(() => (answered = true));
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  assert.equal(answered, true);
});

test("while it decodes it accepts nothing", async () => {
  const page = await open();
  const pending = page.decode(Float32Array.of(1, 2));
  assert.equal(page.accepts(1), false);
  await pending;
  assert.equal(page.accepts(1), true);
});

test("what is slow in the worker is not tried, what is slow here is not used", async () => {
  const slowThere = await open(MAX_PAGE_MS);
  assert.equal(slowThere.accepts(1), false);
  assert.equal(/** @type {any} */ (fetch).mock.callCount(), 0);
  time.runMs = MAX_PAGE_MS;
  const slowHere = await open(1);
  assert.equal(slowHere.accepts(1), false);
});

test("a decoder that cannot be opened here accepts nothing", async () => {
  mock.method(globalThis, "fetch", async () => new Response("", { status: 404 }));
  const page = await open();
  assert.equal(page.accepts(1), false);
});
