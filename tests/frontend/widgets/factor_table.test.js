import assert from "node:assert/strict";
import { test } from "node:test";
import { rowPositions } from "../../../ui/frontend/widgets/factor_table.js";

test("the bar of a factor spans from its start to its value", () => {
  const up = rowPositions({ at: 0.75, start: 0.25 });
  assert.deepEqual(up, { "--at": "75%", "--start": "25%", "--from": "25%", "--size": "50%" });
  const down = rowPositions({ at: 0.25, start: 0.75 });
  assert.deepEqual([down["--from"], down["--size"]], ["25%", "50%"]);
});

test("without a start the bar is empty", () => {
  const { "--from": from, "--size": size } = rowPositions({ at: 0.5, start: null });
  assert.deepEqual([from, size], ["50%", "0%"]);
});
