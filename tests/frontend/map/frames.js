/** Animation frames that a test runs one by one. */

/** @param {import("node:test").TestContext} context restored at its end */
export function fakeFrames(context) {
  const names = ["requestAnimationFrame", "cancelAnimationFrame"];
  const before = names.map((name) => Reflect.get(globalThis, name));
  /** @type {Map<number, () => void>} */ const waiting = new Map();
  let last = 0;
  Object.assign(globalThis, {
    requestAnimationFrame: (/** @type {() => void} */ callback) => {
      waiting.set(++last, callback);
      return last;
    },
    cancelAnimationFrame: (/** @type {number} */ id) => waiting.delete(id),
  });
  context.after(() => names.forEach((name, k) => Reflect.set(globalThis, name, before[k])));
  return {
    get count() {
      return waiting.size;
    },
    /** Run the callbacks that wait now. */
    run() {
      const callbacks = [...waiting.values()];
      waiting.clear();
      for (const callback of callbacks) callback();
    },
  };
}
