// @ts-check
/** Caches that evict the least recently used entry. */

/** @template K, V */
export class LRU {
  /** @type {Map<K, V>} the least recently used first */ #entries = new Map();

  /** @param {number} capacity number of entries */
  constructor(capacity) {
    this.capacity = capacity;
  }

  /** @param {K} key @returns {V | undefined} */
  get(key) {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** @param {K} key @param {V} value */
  set(key, value) {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.capacity)
      this.#entries.delete(/** @type {K} */ (this.#entries.keys().next().value));
  }

  /** @param {K} key */
  delete(key) {
    this.#entries.delete(key);
  }

  clear() {
    this.#entries.clear();
  }
}

/**
 * `load`, called once per key; after a failure the next call tries again.
 * @template A, V
 * @param {number} capacity number of results
 * @param {(argument: A) => Promise<V>} load
 * @param {(argument: A) => unknown} [keyOf] by default the argument itself
 * @returns {(argument: A) => Promise<V>}
 */
export function memoizeAsync(capacity, load, keyOf = (argument) => argument) {
  /** @type {LRU<unknown, Promise<V>>} */
  const cache = new LRU(capacity);
  return (argument) => {
    const key = keyOf(argument);
    const cached = cache.get(key);
    if (cached) return cached;
    const loading = load(argument);
    cache.set(key, loading);
    loading.catch(() => cache.delete(key));
    return loading;
  };
}
