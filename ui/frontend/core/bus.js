// @ts-check
/** What one component of a page tells another at once, such as the code that a slider is at. */

/** @type {Map<string, Set<(value: any) => void>>} */
const listeners = new Map();
/** @type {Map<string, any>} */
const lastValues = new Map();

/** @param {string} name @param {any} value heard now, and at once by those who come later */
export function publish(name, value) {
  lastValues.set(name, value);
  for (const listener of listeners.get(name) ?? []) listener(value);
}

/** @param {string} name @param {(value: any) => void} listener @returns {() => void} stops listening */
export function subscribe(name, listener) {
  const ofChannel = listeners.get(name) ?? new Set();
  listeners.set(name, ofChannel.add(listener));
  if (lastValues.has(name)) listener(lastValues.get(name));
  return () => ofChannel.delete(listener);
}
