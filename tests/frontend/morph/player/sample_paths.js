/** Sampled paths as Python sends them. */

const base64 = (array) => Buffer.from(array.buffer).toString("base64");

/**
 * A path of two-dimensional codes.
 * @param {string} kind @param {number[]} times
 * @param {{code: [number, number], distance: number, point?: [number, number]}[]} nodes
 */
export function pathSpec(kind, times, nodes) {
  const rows = nodes.flatMap(({ code, distance, point = [NaN, NaN] }) => [
    distance,
    ...point,
    ...code,
  ]);
  return { kind, times: base64(Float64Array.from(times)), rows: base64(Float32Array.from(rows)) };
}
