// @ts-check
/** Binary data by address: fetched once, decoded into typed arrays. */

import { memoizeAsync } from "./lru.js";

const LEVELS = 65535;

/** @param {string} url */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the map's data is gone (${response.status})`);
  return response.arrayBuffer();
}

/** The bytes at an address (a string); addresses name their content, so they never change. */
export const fetchBytes = memoizeAsync(24, download);

/**
 * 16-bit little-endian numbers, on any machine.
 * @param {ArrayBuffer} buffer
 * @returns {Uint16Array}
 */
function uint16FromBytes(buffer) {
  const values = new Uint16Array(buffer);
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1) return values;
  const view = new DataView(buffer);
  return values.map((_, i) => view.getUint16(2 * i, true));
}

/**
 * A table quantized to 16 bits per value, row after row.
 * @param {{url: string, lo: number[], hi: number[]}} spec lowest and highest of each column
 * @returns {Promise<Float32Array>}
 */
export async function fetchTable({ url, lo, hi }) {
  const stored = uint16FromBytes(await fetchBytes(url));
  const columns = lo.length;
  const step = lo.map((low, k) => (hi[k] - low) / LEVELS);
  const values = new Float32Array(stored.length);
  for (let i = 0; i < stored.length; i++) {
    const k = i % columns;
    values[i] = lo[k] + stored[i] * step[k];
  }
  return values;
}

/**
 * One byte per sample.
 * @param {{url: string}} spec
 * @returns {Promise<Uint8Array>}
 */
export async function fetchClasses({ url }) {
  return new Uint8Array(await fetchBytes(url));
}
