// @ts-check
/** Typed arrays. */

/** The values of several arrays, one array after the other; a single array is not copied.
 * @param {Float32Array[]} parts */
export function concatenate(parts) {
  if (parts.length === 1) return parts[0];
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}
