/** A crossover of three-dimensional codes, as Python sends it. */

const base64 = (...values) => Buffer.from(Float32Array.from(values).buffer).toString("base64");

/** Two groups, two variations. */
export const SPEC = {
  parents: base64(0, 0, 0, 10, 10, 10),
  mean: base64(1, 1, 1),
  noise: base64(1, 2, 3, 4, 5, 6),
  groups: [{ dims: [0, 2] }, { dims: [1] }],
  last_inactive: false,
};
