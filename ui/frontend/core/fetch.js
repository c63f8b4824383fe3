// @ts-check
/** Binary data by URL: fetched once, decoded into typed arrays. */

import { QUANTIZATION_LEVELS } from "./constants.js";
import { memoizeAsync } from "./lru.js";

/** @param {string} url */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok)
    throw new Error(`the data at ${url} can't be fetched (${response.status}); reload the page`);
  return response.arrayBuffer();
}

/** The bytes at a URL; a URL names its content, so the bytes never change. */
export const fetchBytes = memoizeAsync(24, download);

/**
 * Little-endian 16-bit values, on machines of any byte order.
 * @param {ArrayBuffer} buffer
 * @returns {Uint16Array}
 */
function uint16FromBytes(buffer) {
  const values = new Uint16Array(buffer);
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1) return values;
  const view = new DataView(buffer);
  return values.map((_, i) => view.getUint16(2 * i, true));
}

/** Columns quantized to 16 bits, still as integers from 0 to 65535. @param {string} url */
export async function fetchUint16(url) {
  return uint16FromBytes(await fetchBytes(url));
}

/**
 * A table quantized to 16 bits per value, row after row.
 * @param {{url: string, lo: number[], hi: number[]}} spec lowest and highest of each column
 * @returns {Promise<Float32Array>}
 */
export async function fetchTable({ url, lo, hi }) {
  const stored = await fetchUint16(url);
  const columns = lo.length;
  const step = lo.map((low, k) => (hi[k] - low) / QUANTIZATION_LEVELS);
  const values = new Float32Array(stored.length);
  for (let i = 0; i < stored.length; i++) {
    const k = i % columns;
    values[i] = lo[k] + stored[i] * step[k];
  }
  return values;
}

/**
 * Numbers quantized to 16 bits, of which some may be missing: NaN, stored as the last level.
 * @param {{url: string, lo: number, hi: number, n_missing: number}} spec lowest and highest that are known
 * @returns {Promise<Float32Array>}
 */
export async function fetchScale({ url, lo, hi, n_missing: nMissing }) {
  if (!nMissing) return fetchTable({ url, lo: [lo], hi: [hi] });
  const step = (hi - lo) / (QUANTIZATION_LEVELS - 1);
  return Float32Array.from(await fetchUint16(url), (stored) =>
    stored === QUANTIZATION_LEVELS ? NaN : lo + stored * step,
  );
}

/**
 * Class indices, one byte per sample.
 * @param {{url: string}} spec
 * @returns {Promise<Uint8Array>}
 */
export async function fetchClasses({ url }) {
  return new Uint8Array(await fetchBytes(url));
}
