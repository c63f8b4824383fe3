import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

const style = { textContent: "" };
Object.assign(globalThis, {
  document: { getElementById: () => style, querySelector: () => null },
});
const { defineComponent } = await import("../../../ui/frontend/core/component.js");

/** @type {string[]} */
let calls = [];
beforeEach(() => {
  calls = [];
});

/** A component that records its calls. @param {boolean} isConnected whether it is on the page */
function recordingComponent(isConnected) {
  return defineComponent((send) => {
    calls.push("build");
    return {
      root: /** @type {any} */ ({ isConnected }),
      update: (payload) => {
        calls.push(`update ${payload}`);
        send("updated", payload);
      },
      dispose: () => calls.push("dispose"),
    };
  });
}

/** @param {any} data @param {any} parentElement */
function streamlitCall(data, parentElement) {
  return {
    data,
    parentElement,
    setTriggerValue: (name, value) => calls.push(`${name} ${value} in call ${data}`),
    setStateValue: () => {},
  };
}

test("a component is built once per parent and updated at every call", () => {
  const mount = recordingComponent(true);
  const parent = { append: () => calls.push("append") };
  mount(streamlitCall("a", parent));
  mount(streamlitCall("b", parent));
  assert.deepEqual(calls, [
    "build",
    "append",
    "update a",
    "updated a in call a",
    "update b",
    "updated b in call b",
  ]);
});

for (const isConnected of [true, false]) {
  test(`clean-up ${isConnected ? "keeps" : "disposes of"} a root that is ${isConnected ? "" : "not "}on the page`, async () => {
    const cleanUp = recordingComponent(isConnected)(streamlitCall("a", { append: () => {} }));
    cleanUp();
    await wait(5);
    assert.equal(calls.includes("dispose"), !isConnected);
  });
}
