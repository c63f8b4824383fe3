// @ts-check
/** Finds samples by number, name, text of a name, or class. */

/**
 * @typedef {object} Searched
 * @property {number} count of samples
 * @property {string[] | null} names of the samples
 * @property {string[]} classNames
 * @property {Uint8Array | null} classes of the samples
 */

/** @typedef {{kind: "sample", id: number} | {kind: "region", inside: Uint8Array, count: number} | {kind: "none"}} Found */

const MAX_SUGGESTIONS = 12;
const NONE = /** @type {Found} */ ({ kind: "none" });

/** @param {string} text */
const normalized = (text) => text.trim().toLowerCase();

/** The sample of a number such as "#12" or "12"; null if there is none. @param {string} text @param {number} count */
function numberOf(text, count) {
  const digits = /^#?\s*(\d{1,9})$/.exec(text)?.[1];
  return digits !== undefined && Number(digits) < count ? Number(digits) : null;
}

/** One sample or a region. @param {Uint8Array} inside @returns {Found} */
function foundInside(inside) {
  const count = inside.reduce((sum, bit) => sum + bit, 0);
  if (count === 0) return NONE;
  return count === 1
    ? { kind: "sample", id: inside.indexOf(1) }
    : { kind: "region", inside, count };
}

/** @param {Searched} searched @param {(name: string) => boolean} matches */
function ofClasses({ classes, classNames }, matches) {
  const chosen = classNames.map((name) => matches(normalized(name)));
  return foundInside(Uint8Array.from(classes ?? [], (k) => Number(chosen[k])));
}

/** @param {Searched} searched @param {(name: string) => boolean} matches */
function ofNames({ names }, matches) {
  return foundInside(Uint8Array.from(names ?? [], (name) => Number(matches(normalized(name)))));
}

/**
 * The first of these that exists: the sample of a number with "#", of a name, the class of that
 * name, the sample of a number, the names or classes that contain the text.
 * @param {string} query @param {Searched} searched @returns {Found}
 */
export function findSamples(query, searched) {
  const text = normalized(query);
  if (text === "") return NONE;
  const id = numberOf(text, searched.count);
  if (id !== null && text.startsWith("#")) return { kind: "sample", id };
  const equals = (/** @type {string} */ name) => name === text;
  const contains = (/** @type {string} */ name) => name.includes(text);
  for (const search of [() => ofNames(searched, equals), () => ofClasses(searched, equals)]) {
    const found = search();
    if (found.kind !== "none") return found;
  }
  if (id !== null) return { kind: "sample", id };
  const named = ofNames(searched, contains);
  return named.kind === "none" ? ofClasses(searched, contains) : named;
}

/** Names that contain the text, those that begin with it first. @param {string} query @param {Searched} searched */
export function suggestions(query, { names, classNames }) {
  const text = normalized(query);
  const all = [...classNames, ...(names ?? [])];
  const containing = all.filter((name) => normalized(name).includes(text));
  const rank = (/** @type {string} */ name) => Number(!normalized(name).startsWith(text));
  return containing.sort((a, b) => rank(a) - rank(b)).slice(0, MAX_SUGGESTIONS);
}
