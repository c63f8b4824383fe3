import assert from "node:assert/strict";
import { test } from "node:test";

import {
  CELLS,
  copyRow,
  rowCodes,
  sheetShape,
} from "../../../../ui/frontend/morph/corners/corner_codes.js";

const CORNERS = Float32Array.of(0, 0, 10, 0, 0, 10, 10, 10); // four codes of two dimensions

test("the first and last row go from corner to corner", () => {
  const first = rowCodes(CORNERS, 2, 0, "linear");
  assert.equal(first.length, 2 * CELLS);
  assert.deepEqual([...first.subarray(0, 2)], [0, 0]);
  assert.deepEqual([...first.subarray(-2)], [10, 0]);
  const last = rowCodes(CORNERS, 2, CELLS - 1, "linear");
  assert.deepEqual([...last.subarray(0, 2)], [0, 10]);
  assert.deepEqual([...last.subarray(-2)], [10, 10]);
});

test("the middle of the middle row is the mean of the corners", () => {
  const middle = (CELLS - 1) / 2;
  const row = rowCodes(CORNERS, 2, middle, "linear");
  assert.deepEqual([...row.subarray(2 * middle, 2 * middle + 2)], [5, 5]);
});

test("spherical interpolation keeps the norm of corners of equal norm", () => {
  const corners = Float32Array.of(3, 0, 0, 3, 0, 3, 3, 0);
  const row = rowCodes(corners, 2, 0, "spherical");
  for (let k = 0; k < CELLS; k += 1)
    assert.ok(Math.abs(Math.hypot(row[2 * k], row[2 * k + 1]) - 3) < 1e-5);
});

test("a row of images is copied to its place in every channel of the sheet", () => {
  const shape = [2, 1, 2]; // channels, height, width
  assert.deepEqual(sheetShape(shape), [2, CELLS, 2 * CELLS]);
  const sheet = new Float32Array(2 * CELLS * 2 * CELLS);
  const images = Float32Array.from({ length: CELLS * 4 }, (_, i) => i + 1);
  copyRow(sheet, images, shape, 3);
  const [sheetWidth, channelSize] = [2 * CELLS, CELLS * 2 * CELLS];
  const rowStart = 3 * sheetWidth;
  assert.deepEqual([...sheet.subarray(rowStart, rowStart + 4)], [1, 2, 5, 6]);
  const second = channelSize + rowStart;
  assert.deepEqual([...sheet.subarray(second, second + 4)], [3, 4, 7, 8]);
  assert.equal(sheet.filter((value) => value !== 0).length, images.length);
});
