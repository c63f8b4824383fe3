// @ts-check
/** Codes on a path and between four corners, computed as `latent_core.paths` computes them. */

/** @typedef {{readonly length: number, readonly [index: number]: number}} Numbers */
/** @typedef {Float32Array | Float64Array} Out */
/**
 * @typedef {object} Path codes at times, and straight on between them
 * @property {Numbers} times ascending, at least two
 * @property {Float32Array} codes one after the other, `dim` numbers each
 * @property {number} dim
 */
/** @typedef {"line" | "sphere"} Mix */

/** Two codes whose angle has a smaller sine point the same way, or opposite ways. */
const FLAT = 1e-6;

/**
 * The straight mixture: `a` at 0, `b` at 1.
 * @param {Numbers} a
 * @param {Numbers} b
 * @param {number} t
 * @param {Out} out
 */
function lerp(a, b, t, out) {
  for (let i = 0; i < out.length; i++) out[i] = (1 - t) * a[i] + t * b[i];
  return out;
}

/** @param {Numbers} code */
function norm(code) {
  let sum = 0;
  for (let i = 0; i < code.length; i++) sum += code[i] * code[i];
  return Math.sqrt(sum);
}

/**
 * The angle between two codes of these norms, exact for small ones too.
 * @param {Numbers} a
 * @param {Numbers} b
 * @param {number} normA
 * @param {number} normB
 */
function angleBetween(a, b, normA, normB) {
  let apart = 0;
  let together = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] / normA, b[i] / normB];
    apart += (x - y) ** 2;
    together += (x + y) ** 2;
  }
  return 2 * Math.atan2(Math.sqrt(apart), Math.sqrt(together));
}

/**
 * The mixture on the great circle: the direction turns at constant speed, the norm goes evenly
 * from one to the other and never below 0. Straight where the two point the same way or opposite
 * ways, or one is zero.
 * @param {Numbers} a at 0
 * @param {Numbers} b at 1
 * @param {number} t
 * @param {Out} [out]
 * @returns {Out}
 */
export function slerp(a, b, t, out = new Float32Array(a.length)) {
  const [normA, normB] = [norm(a), norm(b)];
  if (normA === 0 || normB === 0) return lerp(a, b, t, out);
  const angle = angleBetween(a, b, normA, normB);
  const sine = Math.sin(angle);
  if (sine < FLAT) return lerp(a, b, t, out);
  const length = Math.max((1 - t) * normA + t * normB, 0);
  const ofA = (Math.sin((1 - t) * angle) / sine / normA) * length;
  const ofB = (Math.sin(t * angle) / sine / normB) * length;
  for (let i = 0; i < out.length; i++) out[i] = ofA * a[i] + ofB * b[i];
  return out;
}

/**
 * The code at time `t`; beyond either end of the path, the code at that end.
 * @param {Path} path
 * @param {number} t finite
 * @param {Float32Array} [out] to write it to
 */
export function at({ times, codes, dim }, t, out = new Float32Array(dim)) {
  let before = 0;
  let after = times.length - 1;
  const wanted = Math.min(Math.max(t, times[before]), times[after]);
  while (after - before > 1) {
    const middle = (before + after) >> 1;
    if (times[middle] <= wanted) before = middle;
    else after = middle;
  }
  const share = (wanted - times[before]) / (times[after] - times[before]);
  for (let i = 0; i < dim; i++) {
    out[i] = (1 - share) * codes[before * dim + i] + share * codes[after * dim + i];
  }
  return out;
}

/**
 * The code between four corners.
 * @param {Float32Array} codes top left, top right, bottom left, bottom right, `dim` numbers each
 * @param {number} dim
 * @param {number} u how far to the right, in [0, 1]
 * @param {number} v how far down, in [0, 1]
 * @param {Mix} kind
 */
export function corners(codes, dim, u, v, kind) {
  const mix = kind === "sphere" ? slerp : lerp;
  const [topLeft, topRight, bottomLeft, bottomRight] = [0, 1, 2, 3].map((i) =>
    codes.subarray(i * dim, (i + 1) * dim));
  const top = mix(topLeft, topRight, u, new Float64Array(dim));
  const bottom = mix(bottomLeft, bottomRight, u, new Float64Array(dim));
  return /** @type {Float32Array} */ (mix(top, bottom, v, new Float32Array(dim)));
}
