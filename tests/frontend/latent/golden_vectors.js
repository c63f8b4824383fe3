import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

/** @param {string} name */
export function readVectors(name) {
  const url = new URL(`../../golden/vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"));
}

/**
 * An array with its shape.
 * @param {{shape: number[], float32?: string, float64?: string}} text
 */
export function arrayOf({ shape, float32, float64 }) {
  const { buffer } = Uint8Array.from(Buffer.from(float32 ?? float64 ?? "", "base64"));
  const values = float32 ? new Float32Array(buffer) : new Float64Array(buffer);
  const width = shape.length > 1 ? shape[shape.length - 1] : 1;
  return { values, width, rows: rowsOf(values, width) };
}

/** @param {Float32Array | Float64Array} values @param {number} width */
function rowsOf(values, width) {
  return Array.from({ length: values.length / width }, (_, i) =>
    values.subarray(i * width, (i + 1) * width),
  );
}

/** The table whose rows are the columns. @param {ReturnType<typeof arrayOf>} table */
export function transposed({ rows, width }) {
  return Float32Array.from({ length: rows.length * width }, (_, k) => {
    return rows[k % rows.length][Math.floor(k / rows.length)];
  });
}

/**
 * Relative to the larger of the expected value and 1.
 * @param {ArrayLike<number>} found @param {ArrayLike<number>} expected @param {string} name @param {number} [scale]
 */
export function assertEqual(found, expected, name, scale = 1) {
  assert.equal(found.length, expected.length, name);
  for (let i = 0; i < expected.length; i++) {
    const tolerance = 2e-5 * Math.max(scale, Math.abs(expected[i]));
    const isClose = Math.abs(found[i] - expected[i]) <= tolerance;
    assert.ok(isClose, `${name}: ${found[i]} is not ${expected[i]}`);
  }
}
