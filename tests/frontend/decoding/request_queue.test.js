import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestQueue } from "../../../ui/frontend/decoding/request_queue.js";

/** @param {number} id @param {boolean} urgent */
function request(id, urgent) {
  return { id, codes: new Float32Array(1), urgent };
}

/** The ids in the order in which they are taken. @param {RequestQueue} queue */
function takeAll(queue) {
  const ids = [];
  for (let next = queue.take(); next; next = queue.take()) ids.push(next.id);
  return ids;
}

test("urgent requests come first, those of the same urgency in order", () => {
  const queue = new RequestQueue();
  [request(1, false), request(2, true), request(3, false), request(4, true)].forEach((each) =>
    queue.add(each),
  );
  assert.equal(queue.size, 4);
  assert.deepEqual(takeAll(queue), [2, 4, 1, 3]);
});

test("the rest of a request comes before others of its urgency, after more urgent ones", () => {
  const queue = new RequestQueue();
  [request(1, false), request(2, true)].forEach((each) => queue.add(each));
  queue.putBack(request(3, false));
  assert.deepEqual(takeAll(queue), [2, 3, 1]);
});

test("a cancelled request is not taken", () => {
  const queue = new RequestQueue();
  [request(1, true), request(2, true)].forEach((each) => queue.add(each));
  queue.cancel(1);
  queue.cancel(9);
  assert.deepEqual(takeAll(queue), [2]);
});

test("the size of a batch follows the measured speed, between 1 and 16", () => {
  const queue = new RequestQueue();
  assert.equal(queue.batchSize(100), 2);
  assert.equal(queue.batchSize(1), 1);
  for (let i = 0; i < 30; i++) queue.recordDuration(10, 20); // 2 ms per code
  assert.equal(queue.batchSize(100), 3); // the average is still a little above 2 ms
  for (let i = 0; i < 60; i++) queue.recordDuration(16, 1);
  assert.equal(queue.batchSize(100), 16);
  for (let i = 0; i < 60; i++) queue.recordDuration(1, 500);
  assert.equal(queue.batchSize(100), 1);
});
