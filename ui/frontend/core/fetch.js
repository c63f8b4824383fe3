// @ts-check
/** Typed binary data by address: fetched once, decoded into typed arrays, and bits sent back. */

const HELD = 24;
const LEVELS = 65535;

/** @type {Map<string, Promise<ArrayBuffer>>} */
const fetched = new Map();

/** @param {string} url */
async function download(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the map's data is gone (${answer.status})`);
  return answer.arrayBuffer();
}

/**
 * The bytes at an address; addresses name their content, so they never change.
 * @param {string} url
 * @returns {Promise<ArrayBuffer>}
 */
export function fetchBytes(url) {
  const known = fetched.get(url);
  const bytes = known ?? download(url);
  if (!known) bytes.catch(() => fetched.delete(url)); // the next asker tries again
  fetched.delete(url);
  fetched.set(url, bytes); // the most recently used is last
  if (fetched.size > HELD) fetched.delete(/** @type {string} */ (fetched.keys().next().value));
  return bytes;
}

/**
 * 16-bit little-endian numbers, whatever this machine's own order is.
 * @param {ArrayBuffer} buffer
 * @returns {Uint16Array}
 */
function words(buffer) {
  const own = new Uint16Array(buffer);
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1) return own;
  const view = new DataView(buffer);
  return own.map((_, i) => view.getUint16(2 * i, true));
}

/**
 * A table of numbers that was packed in 16 bits each, row after row.
 * @param {{url: string, lo: number[], hi: number[]}} spec lowest and highest of each column
 * @returns {Promise<Float32Array>}
 */
export async function readTable({ url, lo, hi }) {
  const stored = words(await fetchBytes(url));
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
export async function readClasses({ url }) {
  return new Uint8Array(await fetchBytes(url));
}

/**
 * Which samples are inside, one bit each, little-endian, in base64.
 * @param {Uint8Array} inside one byte per sample, 0 or 1
 * @returns {string}
 */
export function packBits(inside) {
  const bits = new Uint8Array(Math.ceil(inside.length / 8));
  for (let i = 0; i < inside.length; i++) if (inside[i]) bits[i >> 3] |= 1 << (i & 7);
  let text = "";
  for (let i = 0; i < bits.length; i += 8192) {
    text += String.fromCharCode(...bits.subarray(i, i + 8192));
  }
  return btoa(text);
}
