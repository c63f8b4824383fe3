import assert from "node:assert/strict";
import { test } from "node:test";

import { Frames, blend } from "../../../../ui/frontend/morph/player/frames.js";
import { SampledPath } from "../../../../ui/frontend/morph/player/sampled_path.js";
import { verdict } from "../../../../ui/frontend/core/verdict.js";
import { pathSpec } from "./sample_paths.js";

const LIMITS = { near: 1, sparse: 2 };

/** A decoder whose image of a code is the code itself, divided by 10, and its realism its first value, negative. */
function fakeDecoder() {
  const requests = [];
  return {
    requests,
    spec: { dim: 2, shape: [1, 1, 2] },
    decode: async (codes, options) => {
      requests.push({ codes: [...codes], options });
      const realism = codes.filter((_, i) => i % 2 === 0).map((value) => -value);
      return { images: codes.map((value) => value / 10), realism };
    },
    verdict: (support, realism, index = 0) =>
      verdict(support, realism[index], { like: -1, unlike: -7 }),
  };
}

function linearFrames(decoder = fakeDecoder()) {
  const frames = new Frames(decoder, assert.fail);
  const nodes = [
    { code: [0, 2], distance: 0.5 },
    { code: [10, 4], distance: 3 },
  ];
  frames.set(decoder, [new SampledPath(pathSpec("linear", [0, 1], nodes), 2)], LIMITS);
  return { frames, decoder };
}

const isClose = (actual, expected) =>
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-6, `${[...actual]}`));

test("a blend is linear in each pixel and clipped to [0, 1]", () => {
  const pair = Float32Array.of(0, 0.8, 1, 0.4);
  isClose(blend(pair, 0.25), [0.25, 0.7]);
  isClose(blend(pair, 1.5), [1, 0.2]);
  isClose(blend(pair, -1), [0, 1]);
});

test("a cross-fade is there where the linear path is, but has no code", () => {
  const { frames } = linearFrames();
  assert.equal(frames.has("linear"), true);
  assert.equal(frames.has("cross-fade"), true);
  assert.equal(frames.has("geodesic"), false);
  assert.equal(frames.first, "linear");
  assert.deepEqual(frames.sampleAt("cross-fade", 0.5), { sample: null, level: null });
});

test("a sample has the level of its distance", () => {
  const { frames } = linearFrames();
  assert.equal(frames.sampleAt("linear", 0).level, "near data");
  assert.equal(frames.sampleAt("linear", 1).level, "far from data");
});

test("images of a path are decoded from its codes, at low priority", async () => {
  const { frames, decoder } = linearFrames();
  const { signal } = new AbortController();
  const { images, realism } = await frames.frames("linear", [0, 0.5], signal);
  isClose(images, [0, 0.2, 0.5, 0.3]);
  isClose(realism, [0, -5]);
  assert.deepEqual(decoder.requests[0].codes, [0, 2, 5, 3]);
  assert.equal(decoder.requests[0].options.urgent, false);
  assert.equal(decoder.requests[0].options.signal, signal);
});

test("images of a cross-fade are blends of the endpoints, which are decoded once", async () => {
  const { frames, decoder } = linearFrames();
  const { images, realism } = await frames.frames("cross-fade", [0, 0.5, 1]);
  assert.equal(realism.length, 0);
  isClose(images, [0, 0.2, 0.5, 0.3, 1, 0.4]);
  await frames.frames("cross-fade", [0.1]);
  assert.equal(decoder.requests.length, 1);
});

test("the image at a time is shown once it is decoded", async () => {
  const { frames } = linearFrames();
  const linear = await new Promise((resolve) => frames.show("linear", 0.5, resolve));
  isClose(linear, [0.5, 0.3]);
  const faded = await new Promise((resolve) => frames.show("cross-fade", 0.5, resolve));
  isClose(faded, [0.5, 0.3]);
});

test("the image of an earlier decoder is not shown", async () => {
  const { frames } = linearFrames();
  let isShown = false;
  frames.show("linear", 0.5, () => (isShown = true));
  frames.set(fakeDecoder(), [...frames.paths.values()], LIMITS);
  while (!frames.latest.idle) await new Promise((resolve) => setTimeout(resolve));
  assert.equal(isShown, false);
});

test("the verdict is the worse of support and image; a cross-fade has none", () => {
  const { frames } = linearFrames();
  const realism = Float32Array.of(0, -5);
  assert.equal(frames.verdictAt("linear", 0, realism)?.slug, "near");
  assert.equal(frames.verdictAt("linear", 0, realism, 1)?.slug, "sparse");
  assert.equal(frames.verdictAt("linear", 1, realism)?.slug, "far");
  assert.equal(frames.verdictAt("cross-fade", 0, realism), null);
});
