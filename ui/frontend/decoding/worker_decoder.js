// @ts-check
/** Decodes codes in a worker thread of this browser. */

import { joinDecoded } from "./decoded.js";

/** @typedef {import("./onnx_session.js").Decoded} Decoded */
/** @typedef {{resolve: (decoded: Decoded) => void, reject: (error: Error) => void, parts: Decoded[]}} PendingRequest */
/**
 * @typedef {object} WorkerHandlers
 * @property {(progress: number) => void} progress of the download, in [0, 1]
 * @property {(msPerCode: number) => void} opened the worker can decode from now on
 * @property {(reason: string) => void} failed the worker cannot decode
 */

export class WorkerDecoder {
  /** @type {Map<number, PendingRequest>} */ #pending = new Map();
  #lastId = 0;

  /** @param {import("./onnx_session.js").SessionFiles} files @param {WorkerHandlers} handlers */
  constructor(files, handlers) {
    this.handlers = handlers;
    this.worker = new Worker(new URL("./decoder_worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.#onMessage(data);
    this.worker.onerror = (event) => handlers.failed(event.message || "its worker can't start");
    this.worker.postMessage({ opening: files });
  }

  /** Stop the worker; pending requests are rejected. @param {string} reason */
  terminate(reason) {
    this.worker.terminate();
    const error = new Error(reason);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  /** @param {any} data a message of the worker */
  #onMessage(data) {
    if (data.progress !== undefined) this.handlers.progress(data.progress);
    else if (data.opened) this.handlers.opened(data.opened.msPerCode);
    else if (data.id === undefined) this.handlers.failed(data.failed);
    else this.#onDecoded(data);
  }

  /** @param {{id: number, decoded?: Decoded, last?: boolean, failed?: string}} data */
  #onDecoded({ id, decoded, last, failed }) {
    const request = this.#pending.get(id);
    if (!request) return;
    if (decoded) request.parts.push(decoded);
    if (decoded && !last) return;
    this.#pending.delete(id);
    if (failed !== undefined) request.reject(new Error(failed));
    else request.resolve(joinDecoded(request.parts));
  }

  /**
   * @param {Float32Array} codes (N, D)
   * @param {boolean} urgent
   * @param {AbortSignal} [signal]
   * @returns {Promise<Decoded>}
   */
  decode(codes, urgent, signal) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, parts: [] });
      signal?.addEventListener("abort", () => {
        this.#pending.delete(id);
        this.worker.postMessage({ cancel: id });
        reject(new DOMException("replaced by a newer request", "AbortError"));
      });
      this.worker.postMessage({ ask: { id, codes, urgent } });
    });
  }
}
