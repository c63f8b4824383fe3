import assert from "node:assert/strict";
import { test } from "node:test";
import { LRU, memoizeAsync } from "../../../ui/frontend/core/lru.js";

test("the least recently used entry is evicted", () => {
  const cache = new LRU(2);
  cache.set("a", 1);
  cache.set("b", 2);
  cache.get("a");
  cache.set("c", 3);
  assert.deepEqual(
    ["a", "b", "c"].map((key) => cache.get(key)),
    [1, undefined, 3],
  );
});

test("setting an entry again renews it and does not evict another", () => {
  const cache = new LRU(2);
  cache.set("a", 1);
  cache.set("b", 2);
  cache.set("a", 4);
  assert.equal(cache.get("b"), 2);
  cache.set("a", 5);
  cache.set("c", 3);
  assert.deepEqual(
    ["a", "b", "c"].map((key) => cache.get(key)),
    [5, undefined, 3],
  );
});

test("deleted entries are gone", () => {
  const cache = new LRU(3);
  for (const key of ["a", "b", "c"]) cache.set(key, key);
  cache.delete("b");
  assert.deepEqual(
    ["a", "b", "c"].map((key) => cache.get(key)),
    ["a", undefined, "c"],
  );
  cache.clear();
  assert.equal(cache.get("a"), undefined);
});

test("a memoized function loads once per key, also while the first call is pending", async () => {
  const calls = [];
  const load = memoizeAsync(4, async (url) => calls.push(url));
  assert.equal(load("x"), load("x"));
  await load("x");
  await load("y");
  await load("x");
  assert.deepEqual(calls, ["x", "y"]);
});

test("the key can be a part of the argument", async () => {
  let calls = 0;
  const load = memoizeAsync(
    4,
    async () => ++calls,
    ({ url }) => url,
  );
  assert.equal(await load({ url: "x" }), 1);
  assert.equal(await load({ url: "x" }), 1);
  assert.equal(await load({ url: "y" }), 2);
});

test("after a failure the next call tries again", async () => {
  let calls = 0;
  const load = memoizeAsync(4, async () => {
    if (++calls === 1) throw new Error("offline");
    return calls;
  });
  await assert.rejects(load("x"), /offline/);
  assert.equal(await load("x"), 2);
});
