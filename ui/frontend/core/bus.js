// @ts-check
/** Publish and subscribe between the components of a page, such as the current code. */

/** @type {Map<string, Set<(value: any) => void>>} */
const listeners = new Map();
/** @type {Map<string, any>} */
const lastValues = new Map();

/**
 * Send a value to all listeners of a channel; later listeners receive it when they subscribe.
 * @param {string} name of the channel
 * @param {any} value
 */
export function publish(name, value) {
  lastValues.set(name, value);
  for (const listener of listeners.get(name) ?? []) listener(value);
}

/**
 * Listen to a channel; its last value is delivered at once.
 * @param {string} name of the channel
 * @param {(value: any) => void} listener
 * @returns {() => void} unsubscribes
 */
export function subscribe(name, listener) {
  const channelListeners = listeners.get(name) ?? new Set();
  listeners.set(name, channelListeners.add(listener));
  if (lastValues.has(name)) listener(lastValues.get(name));
  return () => channelListeners.delete(listener);
}
