import assert from "node:assert/strict";
import { test } from "node:test";

class FakeInput extends EventTarget {
  value = "0";
  /** @type {Record<string, string>} */ attributes = {};

  /** @param {string} name @param {string} value */
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
}
const style = { textContent: "" };
Object.assign(globalThis, {
  document: { getElementById: () => style, createElement: () => new FakeInput() },
});
const { createRange } = await import("../../../ui/frontend/widgets/range.js");

test("a slider from 0 to 1 reports numbers while it moves, and its release", () => {
  /** @type {any[]} */ const calls = [];
  const input = /** @type {any} */ (
    createRange("amount", {
      move: (value) => calls.push(value),
      release: () => calls.push("release"),
    })
  );
  assert.deepEqual([input.type, input.min, input.max], ["range", "0", "1"]);
  assert.equal(input.attributes["aria-label"], "amount");
  input.value = "0.25";
  input.dispatchEvent(new Event("input"));
  input.dispatchEvent(new Event("change"));
  assert.deepEqual(calls, [0.25, "release"]);
});
