import assert from "node:assert/strict";
import { test } from "node:test";

import {
  HistogramLoader,
  histogramPath,
} from "../../../../ui/frontend/dimensions/slider/histogram.js";

test("the outline has a step per bin, one unit wide, and is closed", () => {
  assert.equal(histogramPath(Uint8Array.of(0, 255, 55)), "M0 255V255H1V0H2V200H3V255Z");
});

test("histograms are loaded once per address, and a failure is tried again", async (context) => {
  const requests = [];
  let isBroken = true;
  context.mock.method(globalThis, "fetch", async (url) => {
    requests.push(url);
    return { ok: !isBroken, status: 404, arrayBuffer: async () => Uint8Array.of(1, 2).buffer };
  });
  const loader = new HistogramLoader();
  let loads = 0;
  const load = () => loader.load("histograms-a", () => (loads += 1));
  await load();
  assert.equal(loader.heights, null);
  isBroken = false;
  await load();
  await load();
  assert.deepEqual([...loader.heights], [1, 2]);
  assert.deepEqual([loads, requests.length], [1, 2]);
});

test("a late answer for another address is dropped", async (context) => {
  const answers = new Map();
  context.mock.method(globalThis, "fetch", (url) => {
    return new Promise((resolve) => {
      const bytes = Uint8Array.of(url.endsWith("slow") ? 9 : 5);
      answers.set(url, () => resolve({ ok: true, arrayBuffer: async () => bytes.buffer }));
    });
  });
  const loader = new HistogramLoader();
  const slow = loader.load("histograms-slow", () => assert.fail("the late answer was used"));
  const fast = loader.load("histograms-fast", () => {});
  answers.get("histograms-fast")();
  await fast;
  answers.get("histograms-slow")();
  await slow;
  assert.deepEqual([...loader.heights], [5]);
});
