// @ts-check
/** What one component of a page tells another at once, such as the code that a slider is at. */

/** @type {Map<string, Set<(value: any) => void>>} */
const ears = new Map();
/** @type {Map<string, any>} */
const last = new Map();

/** @param {string} name @param {any} value heard now, and at once by those who come later */
export function tell(name, value) {
  last.set(name, value);
  for (const ear of ears.get(name) ?? []) ear(value);
}

/** @param {string} name @param {(value: any) => void} ear @returns {() => void} stops listening */
export function hear(name, ear) {
  const listening = ears.get(name) ?? new Set();
  ears.set(name, listening.add(ear));
  if (last.has(name)) ear(last.get(name));
  return () => listening.delete(ear);
}
