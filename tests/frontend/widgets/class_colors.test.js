import assert from "node:assert/strict";
import { test } from "node:test";
import { CLASSES, toRgb } from "../../../ui/frontend/widgets/palette.js";

/** The pages' colors in `.streamlit/config.toml`. */
const GROUNDS = { light: "#fcfbf9", dark: "#14171a" };
const MIN_CONTRAST = 3;
const MIN_DELTA_E = 20; // CIE 1976, with deuteranopia
const MIN_OKLAB = { simulated: 9.4, normal: 12.9 }; // times 100

/** Full color blindness, in linear RGB (Machado, Oliveira & Fernandes 2009). */
const SIMULATIONS = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const TO_XYZ = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const WHITE = [0.95047, 1, 1.08883];
const TO_CONES = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_OKLAB = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

/** @param {number[][]} matrix @param {number[]} vector */
const times = (matrix, vector) =>
  matrix.map((row) => row.reduce((sum, value, k) => sum + value * vector[k], 0));

/** @param {string} hex @returns {number[]} linear RGB */
const linear = (hex) =>
  toRgb(hex)
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));

/** @param {number[]} rgb linear */
function cielab(rgb) {
  const [x, y, z] = times(TO_XYZ, rgb)
    .map((value, k) => value / WHITE[k])
    .map((value) => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** @param {number[]} rgb linear */
const oklab = (rgb) => times(TO_OKLAB, times(TO_CONES, rgb).map(Math.cbrt)).map((v) => 100 * v);

/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [low, high] = [a, b].map((hex) => times(TO_XYZ, linear(hex))[1]).sort((p, q) => p - q);
  return (high + 0.05) / (low + 0.05);
}

/** The least distance between any two. @param {number[][]} points */
function leastDistance(points) {
  const distances = points.flatMap((a, i) =>
    points.slice(i + 1).map((b) => Math.hypot(...a.map((value, k) => value - b[k]))),
  );
  return Math.min(...distances);
}

/** @param {number[][]} matrix @param {string} hex */
const simulated = (matrix, hex) =>
  times(matrix, linear(hex)).map((value) => Math.min(1, Math.max(0, value)));

for (const theme of /** @type {const} */ (["light", "dark"])) {
  test(`the class colors stand out from the ${theme} page`, () => {
    for (const color of CLASSES[theme]) assert.ok(contrast(color, GROUNDS[theme]) >= MIN_CONTRAST);
  });

  test(`any two class colors of the ${theme} theme differ with deuteranopia`, () => {
    const seen = CLASSES[theme].map((hex) => cielab(simulated(SIMULATIONS.deuteranopia, hex)));
    assert.ok(leastDistance(seen) >= MIN_DELTA_E, `${leastDistance(seen)}`);
  });

  test(`any two class colors of the ${theme} theme differ for everyone`, () => {
    for (const matrix of Object.values(SIMULATIONS)) {
      const seen = CLASSES[theme].map((hex) => oklab(simulated(matrix, hex)));
      assert.ok(leastDistance(seen) >= MIN_OKLAB.simulated, `${leastDistance(seen)}`);
    }
    const seen = CLASSES[theme].map((hex) => oklab(linear(hex)));
    assert.ok(leastDistance(seen) >= MIN_OKLAB.normal, `${leastDistance(seen)}`);
  });
}

test("the computation agrees with known values", () => {
  assert.ok(Math.abs(contrast("#000000", "#ffffff") - 21) < 1e-3);
  const [lightness, a, b] = cielab(linear("#ff0000"));
  assert.ok(Math.hypot(lightness - 53.24, a - 80.09, b - 67.2) < 0.05);
});
