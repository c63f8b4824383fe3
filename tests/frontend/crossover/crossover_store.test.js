import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { subscribe } from "../../../ui/frontend/core/bus.js";
import { CrossoverStore } from "../../../ui/frontend/crossover/crossover_store.js";
import { SPEC } from "./sample_crossover.js";

/** Images are the codes themselves, as bytes; the data set has one code. */
async function answer(url, options) {
  const isDecoder = String(url).includes("decode");
  const bytes = isDecoder ? Uint8Array.from(new Float32Array(options.body)) : new Uint8Array(6);
  return { ok: true, arrayBuffer: async () => bytes.buffer };
}
mock.method(globalThis, "fetch", answer);
globalThis.document = { baseURI: "http://localhost/" };

const STATE = { shares: [0, 1], amount: 0, seed: 1, child: 0 };
const data = (change = {}) => ({
  ...SPEC,
  decoder: {
    model: "m",
    shape: [1, 1, 3],
    dim: 3,
    onnx: null,
    server_reason: "test",
    runtime: {},
    server_url: "decode",
  },
  space: {
    codes: { url: "codes", count: 1, dims: 3, lo: [0, 0, 0], hi: [1, 1, 1] },
    code_dims: [],
    active_dims: [0, 1, 2],
    distance_quantiles: [0, 1],
    prior_norm_quantiles: [],
    near_limit: 0.9,
    sparse_limit: 0.99,
  },
  sheet: {},
  state: STATE,
  channel: "crossover",
  ...change,
});

function createStore() {
  const events = { rest: [], changed: [], decoded: [], decodedSmall: new Set(), groups: 0 };
  const store = new CrossoverStore({
    rest: (state) => events.rest.push(state),
    failed: (error) => assert.fail(error),
    groupsChanged: () => (events.groups += 1),
    changed: (state, share) => events.changed.push([structuredClone(state), share]),
    decoded: (images, code) => events.decoded.push([[...images], [...code]]),
    decodedSmall: (index) => events.decodedSmall.add(index),
  });
  return { store, events };
}

async function idle(store) {
  while (!store.latest.idle || !store.background.idle || store.space === null)
    await new Promise((resolve) => setImmediate(resolve));
}

test("a payload is shown, decoded and published", async () => {
  const { store, events } = createStore();
  store.update(data());
  assert.deepEqual(events.changed[0], [STATE, 0.5]);
  assert.equal(events.groups, 1);
  await idle(store);
  assert.deepEqual(events.decoded[0][1], [0, 10, 0]);
  assert.deepEqual([...events.decodedSmall].sort(), [0, 1, 2, 3, 4, 5, 6]);
  let published;
  subscribe("crossover", (value) => (published = value))();
  assert.deepEqual([...published.code], [0, 10, 0]);
  store.dispose();
  subscribe("crossover", (value) => (published = value))();
  assert.equal(published, null);
});

test("the same payload again changes nothing; other groups are announced", async () => {
  const { store, events } = createStore();
  store.update(data());
  await idle(store);
  const changes = events.changed.length;
  store.update(data());
  assert.deepEqual([events.changed.length, events.groups], [changes, 1]);
  store.update(data({ groups: [{ dims: [0] }, { dims: [1, 2] }] }));
  assert.deepEqual([events.changed.length, events.groups], [changes + 1, 2]);
});

test("a local change wins until it is reported, 250 ms after the last one", async (context) => {
  const { store, events } = createStore();
  store.update(data());
  await idle(store);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  store.setShare(0, 1 / 3);
  store.report.schedule();
  store.update(data({ state: { ...STATE, seed: 2 } }));
  assert.equal(store.state.seed, 1);
  context.mock.timers.tick(249);
  assert.deepEqual(events.rest, []);
  context.mock.timers.tick(1);
  assert.deepEqual(events.rest, [{ ...STATE, shares: [0.3333, 1] }]);
});

test("a cancelled report is not sent, and the server's next state is taken over", async (context) => {
  const { store, events } = createStore();
  store.update(data());
  await idle(store);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  store.setAllShares(1);
  store.report.schedule();
  store.report.cancel();
  context.mock.timers.tick(1000);
  assert.deepEqual(events.rest, []);
  store.update(data({ state: { ...STATE, shares: [0.5, 0.5], seed: 9 } }));
  assert.deepEqual(store.state.shares, [0.5, 0.5]);
});

test("randomized groups differ from those before", async () => {
  const { store } = createStore();
  store.update(data());
  store.randomize();
  assert.notDeepEqual(store.state.shares, [0, 1]);
  await idle(store);
});
