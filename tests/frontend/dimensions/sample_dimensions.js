/** Latent dimensions of the tests in this folder. */

/** Three dimensions; the second is inactive. */
export const DIMS = {
  listed: [0, 1, 2],
  order: [0, 2, 1],
  kl_or_variance: [1.234, 0.0046, 0.5],
  unit: "nats",
  inactive: [false, true, false],
  inactive_reason: "their KL is below 0.01 nats",
  mean: [0, 0, 0],
  low: [-2, -1, 0],
  high: [2, 1, 10],
  limit: 20,
  correlates: [{ name: "age", value: -0.434 }, null, null],
  histograms: { url: "histograms", bins: 2 },
};

/** What Python sends first. @param {Partial<{revision: number, z: number[], start: any, locked: number[]}>} [change] */
export const serverState = (change) => ({
  revision: 1,
  z: [0.5, 0.25, 3],
  start: { code: [0.5, 0.25, 3], name: "s0", label: "image 0" },
  locked: [],
  ...change,
});
