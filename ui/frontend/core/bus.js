// @ts-check
/** Publish and subscribe between the components of a page, such as the current code. */

/** @type {Map<string, Set<(value: any) => void>>} */
const listeners = new Map();
/** @type {Map<string, any>} */
const lastValues = new Map();

/** @param {string} name @param {any} value sent to all listeners, and at once to later ones */
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
