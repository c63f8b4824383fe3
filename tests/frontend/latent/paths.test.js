import assert from "node:assert/strict";
import { test } from "node:test";
import { bilinear, codeAt, slerp } from "../../../ui/frontend/latent/paths.js";

/** @param {ArrayLike<number>} found @param {ArrayLike<number>} expected */
function assertClose(found, expected, tolerance = 1e-6) {
  assert.equal(found.length, expected.length);
  Array.from(expected).forEach((value, i) =>
    assert.ok(Math.abs(found[i] - value) <= tolerance, `${found} is not ${expected}`),
  );
}

/** @param {ArrayLike<number>} code */
const norm = (code) => Math.hypot(...Array.from(code));

test("slerp starts and ends at its codes, with a linear norm", () => {
  const [a, b] = [
    [2, 0, 0],
    [0, 3, 4],
  ];
  assertClose(slerp(a, b, 0), a);
  assertClose(slerp(a, b, 1), b);
  for (const t of [0.2, 0.5, 0.9]) {
    assert.ok(Math.abs(norm(slerp(a, b, t)) - (2 + 3 * t)) < 1e-6);
  }
});

test("slerp has a constant angular velocity", () => {
  const code = slerp([1, 0], [0, 1], 1 / 3);
  assertClose(code, [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]);
});

test("slerp of parallel codes and of zero is linear", () => {
  assertClose(slerp([1, 1], [3, 3], 0.5), [2, 2]);
  assertClose(slerp([1, 0], [-1, 0], 0.25), [0.5, 0]);
  assertClose(slerp([0, 0], [2, 4], 0.5), [1, 2]);
});

test("beyond its ends the norm of slerp does not fall below 0", () => {
  assertClose(slerp([1, 0], [0, 0.1], 2), [0, 0]);
});

test("a path is interpolated between its times and constant beyond them", () => {
  const path = { times: [0, 1, 3], codes: Float32Array.of(0, 5, 2, 5, 6, -1), dim: 2 };
  assertClose(codeAt(path, 0.5), [1, 5]);
  assertClose(codeAt(path, 2), [4, 2]);
  assertClose(codeAt(path, 1), [2, 5]);
  assertClose(codeAt(path, -9), [0, 5]);
  assertClose(codeAt(path, 9), [6, -1]);
});

test("a code of a path is written to the array that is given", () => {
  const out = new Float32Array(2);
  const path = { times: [0, 1], codes: Float32Array.of(0, 0, 2, 4), dim: 2 };
  assert.equal(codeAt(path, 0.5, out), out);
  assertClose(out, [1, 2]);
});

const CORNERS = Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1);

for (const kind of /** @type {const} */ (["linear", "spherical"])) {
  test(`${kind} interpolation between corners ends at them`, () => {
    [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ].forEach(([u, v], i) =>
      assertClose(bilinear(CORNERS, 2, u, v, kind), CORNERS.subarray(2 * i, 2 * i + 2)),
    );
  });
}

test("the kinds of interpolation between corners differ in the norm", () => {
  assertClose(bilinear(CORNERS, 2, 0.5, 0, "linear"), [0.5, 0.5]);
  assertClose(bilinear(CORNERS, 2, 0.5, 0, "spherical"), [Math.SQRT1_2, Math.SQRT1_2]);
});
