import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import {
  fetchBytes,
  fetchClasses,
  fetchTable,
  fetchUint16,
} from "../../../ui/frontend/core/fetch.js";

afterEach(() => mock.restoreAll());

/** Answers every request with these bytes. @param {number[]} bytes */
function serve(bytes, status = 200) {
  return mock.method(
    globalThis,
    "fetch",
    async () => new Response(Uint8Array.from(bytes), { status }),
  );
}

test("the bytes at a URL are fetched once", async () => {
  const requests = serve([1, 2, 3]);
  await fetchBytes("/blob/a");
  assert.deepEqual(new Uint8Array(await fetchBytes("/blob/a")), Uint8Array.of(1, 2, 3));
  assert.equal(requests.mock.callCount(), 1);
});

test("an error names the URL, the status and the remedy, and is not cached", async () => {
  serve([], 404);
  await assert.rejects(fetchBytes("/blob/gone"), /\/blob\/gone .*404.*reload/);
  mock.restoreAll();
  serve([7]);
  assert.deepEqual(new Uint8Array(await fetchBytes("/blob/gone")), Uint8Array.of(7));
});

test("16-bit values are read as little-endian", async () => {
  serve([0x01, 0x02, 0xff, 0xff]);
  assert.deepEqual(await fetchUint16("/blob/u16"), Uint16Array.of(0x0201, 65535));
});

test("a table is scaled to the range of each column", async () => {
  serve([0, 0, 255, 255, 255, 255, 0, 0]);
  const table = await fetchTable({ url: "/blob/table", lo: [-1, 10], hi: [1, 30] });
  assert.deepEqual(table, Float32Array.of(-1, 30, 1, 10));
});

test("a class is one byte", async () => {
  serve([3, 255]);
  assert.deepEqual(await fetchClasses({ url: "/blob/classes" }), Uint8Array.of(3, 255));
});
