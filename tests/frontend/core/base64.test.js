import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bitsToBase64,
  float32FromBase64,
  float64FromBase64,
} from "../../../ui/frontend/core/base64.js";

/** @param {(view: DataView) => void} write @param {number} size in bytes */
function encode(size, write) {
  const view = new DataView(new ArrayBuffer(size));
  write(view);
  return Buffer.from(view.buffer).toString("base64");
}

test("float32 values are read as little-endian", () => {
  const text = encode(12, (view) =>
    [1.5, -0.1, 3e38].forEach((x, i) => view.setFloat32(4 * i, x, true)),
  );
  assert.deepEqual(float32FromBase64(text), Float32Array.of(1.5, -0.1, 3e38));
});

test("float64 values keep their precision", () => {
  const text = encode(16, (view) =>
    [Math.PI, -1e-300].forEach((x, i) => view.setFloat64(8 * i, x, true)),
  );
  assert.deepEqual(float64FromBase64(text), Float64Array.of(Math.PI, -1e-300));
});

test("the bit of sample i is bit i mod 8 of byte i div 8", () => {
  const inside = new Uint8Array(17);
  for (const i of [0, 3, 7, 8, 16]) inside[i] = 1;
  assert.deepEqual([...Buffer.from(bitsToBase64(inside), "base64")], [0b10001001, 1, 1]);
});

test("more bits than one call of fromCharCode takes", () => {
  const inside = new Uint8Array(8 * 20_000).fill(1);
  const bytes = Buffer.from(bitsToBase64(inside), "base64");
  assert.equal(bytes.length, 20_000);
  assert.ok(bytes.every((byte) => byte === 255));
});
