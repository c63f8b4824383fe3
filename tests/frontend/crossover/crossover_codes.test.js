import assert from "node:assert/strict";
import { test } from "node:test";

import {
  CrossoverCodes,
  randomShares,
  roundState,
  splitRows,
  withShare,
} from "../../../ui/frontend/crossover/crossover_codes.js";
import { SPEC } from "./sample_crossover.js";

const codes = new CrossoverCodes(SPEC, 3);
const state = { shares: [0.5, 0], amount: 0, seed: 1, child: 0 };

test("a table is split into rows", () => {
  assert.deepEqual(
    splitRows(Float32Array.of(1, 2, 3, 4), 2).map((row) => [...row]),
    [
      [1, 2],
      [3, 4],
    ],
  );
});

test("each group comes from the parents by its share", () => {
  assert.deepEqual([...codes.code(state, 0)], [5, 0, 5]);
  assert.deepEqual([...codes.code({ ...state, shares: [0, 1] }, 0)], [0, 10, 0]);
});

test("a variation with amount 0 is the crossover, with amount 1 independent of it", () => {
  assert.deepEqual([...codes.code({ ...state, amount: 0 }, 1)], [5, 0, 5]);
  const first = codes.code({ ...state, amount: 1 }, 2);
  assert.deepEqual([...first], [...codes.code({ ...state, amount: 1, shares: [1, 1] }, 2)]);
  assert.deepEqual([...first], [1 + 4, 1 + 5, 1 + 6]); // mean + noise
});

test("the selected code is that of the child", () => {
  const selected = { ...state, amount: 0.5, child: 2 };
  assert.deepEqual(codes.selected(selected), codes.code(selected, 2));
  assert.notDeepEqual(codes.selected(selected), codes.code(selected, 1));
});

test("one group can be taken from one parent", () => {
  assert.deepEqual([...codes.withGroup(state, 1, 1)], [5, 10, 5]);
  assert.deepEqual(state.shares, [0.5, 0]);
});

test("all codes: the crossover, its variations, then both ends of each group", () => {
  const all = codes.all(state);
  assert.equal(codes.count, 3);
  assert.equal(all.length, 3 + 2 * 2);
  assert.deepEqual([...all[0]], [5, 0, 5]);
  assert.deepEqual([...all[3]], [0, 0, 0]);
  assert.deepEqual([...all[4]], [10, 0, 10]);
  assert.deepEqual([...all[6]], [5, 10, 5]);
});

test("inactive dimensions do not count in the mean share, unless there are no others", () => {
  assert.equal(codes.meanShare([0.5, 0]), 0.25);
  const inactive = new CrossoverCodes({ ...SPEC, last_inactive: true }, 3);
  assert.equal(inactive.meanShare([0.5, 0]), 0.5);
  assert.equal(inactive.meanShare([0.25]), 0.25);
});

test("random shares are 0, a half or 1, and not those before", () => {
  const draws = [0, 0.5, 0.4, 0.9];
  const next = randomShares([0, 0.5], () => draws.shift());
  assert.deepEqual(next, [0.5, 1]);
  for (let k = 0; k < 20; k += 1)
    assert.ok(randomShares([0, 1]).every((share) => [0, 0.5, 1].includes(share)));
});

test("one share is replaced", () => {
  assert.deepEqual(withShare([0, 0.5, 1], 1, 0.25), [0, 0.25, 1]);
});

test("the reported state has four digits", () => {
  assert.deepEqual(roundState({ shares: [1 / 3, 1], amount: 2 / 3, seed: 7, child: 2 }), {
    shares: [0.3333, 1],
    amount: 0.6667,
    seed: 7,
    child: 2,
  });
});
