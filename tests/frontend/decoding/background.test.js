import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { BackgroundQueue } from "../../../ui/frontend/decoding/background.js";
import { FakeDecoder, flushPromises } from "./fake_decoder.js";

afterEach(() => mock.timers.reset());

/** @param {object} [options] of the queue */
function createQueue(options = {}) {
  let decoder = new FakeDecoder();
  /** @type {[string, number[]][]} */ const shown = [];
  const queue = new BackgroundQueue(() => /** @type {any} */ (decoder), options);
  /** @param {string} name @param {...number} codes */
  const request = (name, ...codes) =>
    queue.request(name, Float32Array.from(codes), (images) => shown.push([name, [...images]]));
  return {
    decoder,
    queue,
    shown,
    request,
    useOtherDecoder: () => {
      decoder = new FakeDecoder();
    },
    codes: () => decoder.requests.map((made) => made.codes),
  };
}

test("requests are batched in order and each requester gets its own images", async () => {
  const { decoder, queue, shown, request, codes } = createQueue();
  request("a", 1);
  request("b", 2);
  request("c", 3);
  request("d", 4);
  await decoder.answer(0);
  await decoder.answer(1);
  await decoder.answer(2);
  assert.deepEqual(codes(), [[1], [2, 3], [4]]);
  assert.deepEqual(shown[2], ["c", [3, -3]]);
  assert.equal(queue.idle, true);
  assert.ok(decoder.requests.every(({ options }) => options.urgent === false));
});

test("a request larger than a batch is decoded alone", async () => {
  const { decoder, request, codes } = createQueue();
  request("first", 0);
  request("row", 1, 2, 3);
  request("next", 4);
  await decoder.answer(0);
  await decoder.answer(1);
  assert.deepEqual(codes(), [[0], [1, 2, 3], [4]]);
});

test("batches for the server are larger", async () => {
  const { decoder, request, codes } = createQueue();
  decoder.state.mode = "server";
  request("first", 0);
  for (let i = 1; i <= 65; i++) request(`row ${i}`, i);
  await decoder.answer(0);
  assert.equal(codes()[1].length, 64);
});

test("a newer request replaces the waiting one of the same requester and keeps its position", async () => {
  const { decoder, request, codes } = createQueue();
  request("first", 0);
  request("a", 1);
  request("b", 2);
  request("a", 3);
  await decoder.answer(0);
  assert.deepEqual(codes()[1], [3, 2]);
});

test("cancelled requests are not decoded", async () => {
  const { decoder, queue, request, codes } = createQueue();
  request("first", 0);
  request("a", 1);
  request("b", 2);
  queue.cancel("a");
  await decoder.answer(0);
  assert.deepEqual(codes(), [[0], [2]]);
  request("c", 3);
  queue.clear();
  await decoder.answer(1);
  assert.equal(codes().length, 2);
});

test("images of another decoder are not shown", async () => {
  const { decoder, shown, request, useOtherDecoder } = createQueue();
  request("a", 1);
  useOtherDecoder();
  await decoder.answer(0);
  assert.deepEqual(shown, []);
});

test("a failure is reported and the next request is decoded", async () => {
  /** @type {string[]} */ const failures = [];
  const { decoder, shown, request } = createQueue({
    failed: (/** @type {Error} */ error) => failures.push(error.message),
  });
  request("a", 1);
  request("b", 2);
  await decoder.fail(0, new Error("offline"));
  await decoder.answer(1);
  assert.deepEqual([failures, shown], [["offline"], [["b", [2, -2]]]]);
});

test("during a drag the queue pauses after each batch", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { decoder, request, codes } = createQueue({ dragging: () => true });
  request("a", 1);
  request("b", 2);
  await decoder.answer(0);
  assert.equal(codes().length, 1);
  mock.timers.tick(40);
  await flushPromises();
  assert.equal(codes().length, 2);
});
