import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { LatestOnly } from "../../../ui/frontend/decoding/latest_only.js";
import { FakeDecoder, flushPromises } from "./fake_decoder.js";

afterEach(() => mock.timers.reset());

/** A consumer that records the images it shows and the failures. */
function createConsumer() {
  const decoder = new FakeDecoder();
  /** @type {number[][]} */ const shown = [];
  /** @type {string[]} */ const failures = [];
  const latest = new LatestOnly(
    () => /** @type {any} */ (decoder),
    (error) => failures.push(error.message),
  );
  const request = (/** @type {number} */ code) =>
    latest.request(Float32Array.of(code), (images) => shown.push([...images]));
  return { decoder, latest, request, shown, failures };
}

test("requests in between are dropped", async () => {
  const { decoder, latest, request, shown } = createConsumer();
  [1, 2, 3].forEach(request);
  assert.equal(latest.idle, false);
  await decoder.answer(0);
  await decoder.answer(1);
  assert.deepEqual(
    decoder.requests.map(({ codes }) => codes),
    [[1], [3]],
  );
  assert.deepEqual(shown, [
    [1, -1],
    [3, -3],
  ]);
  assert.equal(latest.idle, true);
});

test("after a cancellation nothing older is shown", async () => {
  const { decoder, latest, request, shown } = createConsumer();
  request(1);
  request(2);
  latest.cancel();
  await decoder.answer(0);
  assert.deepEqual([shown, latest.idle], [[], true]);
  request(4);
  await decoder.answer(1);
  assert.deepEqual(shown, [[4, -4]]);
});

test("after a failure the waiting request is tried following a pause", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { decoder, request, shown, failures } = createConsumer();
  request(1);
  request(2);
  await decoder.fail(0, new Error("offline"));
  assert.deepEqual([failures, decoder.requests.length], [["offline"], 1]);
  mock.timers.tick(250);
  await flushPromises();
  await decoder.answer(1);
  assert.deepEqual(shown, [[2, -2]]);
});
