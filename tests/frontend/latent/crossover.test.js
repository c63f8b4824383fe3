import assert from "node:assert/strict";
import { test } from "node:test";
import { crossover, sampleVariation } from "../../../ui/frontend/latent/crossover.js";

test("each dimension group comes from a, from b, or from the line between them", () => {
  const [a, b] = [
    [1, 2, 3, 4],
    [10, 20, 30, 40],
  ];
  const code = crossover(a, b, [[3, 0], [1], [2]], [0, 1, 0.5]);
  assert.deepEqual(code, Float32Array.of(1, 20, 16.5, 4));
});

test("a variation of amount 0 is the center, and of amount 1 independent of it", () => {
  const [mean, noise] = [
    [1, 1],
    [0.5, -2],
  ];
  assert.deepEqual(sampleVariation([3, 5], mean, noise, 0), Float32Array.of(3, 5));
  assert.deepEqual(sampleVariation([3, 5], mean, noise, 1), Float32Array.of(1.5, -1));
  assert.deepEqual(sampleVariation([-7, 0], mean, noise, 1), Float32Array.of(1.5, -1));
});

test("variations keep the variance: the weights of center and noise have the norm 1", () => {
  const [ofCenter] = sampleVariation([1], [0], [0], 0.6);
  const [ofNoise] = sampleVariation([0], [0], [1], 0.6);
  assert.ok(Math.abs(ofCenter - 0.8) < 1e-6);
  assert.ok(Math.abs(ofNoise - 0.6) < 1e-6);
});
