// @ts-check
/** One code store and one decoding queue per latent space, shared by all components of all pages. */

import { deferReport } from "../../core/deferred_report.js";
import { BackgroundQueue } from "../../decoding/background.js";
import { CodeStore } from "./code_store.js";

/** @type {Map<string, CodeStore>} */
const stores = new Map();
/** @type {WeakMap<CodeStore, BackgroundQueue>} */
const queues = new WeakMap();

/** The store of a latent space. @param {string} name */
export function getCodeStore(name) {
  const store = stores.get(name) ?? new CodeStore(name, deferReport);
  stores.set(name, store);
  return store;
}

/** The background queue of a store. @param {CodeStore} store @param {() => import("../../decoding/decoder.js").Decoder} decoder of the component that is on the page now */
export function getDecodeQueue(store, decoder) {
  const queue =
    queues.get(store) ?? new BackgroundQueue(decoder, { dragging: () => store.dragging });
  queue.decoder = decoder;
  queues.set(store, queue);
  return queue;
}
