// @ts-check
/**
 * Decodes codes to images: in this browser where possible, else on the server.
 *
 * `openDecoder` returns one decoder per model, shared by all components of a page.  Until it is
 * loaded, and where it cannot be, the server decodes, one request at a time.
 * The images are the same.
 */

/**
 * @typedef {object} DecoderSpec what Python sends
 * @property {string} model
 * @property {[number, number, number]} shape channels, height, width
 * @property {number} dim
 * @property {{url: string, bytes: number} | null} onnx null where the browser does not get it
 * @property {string} server_reason why not, in a few words
 * @property {Record<"script" | "glue" | "wasm", {url: string, bytes: number}>} runtime
 * @property {string} server_url where to send codes to
 */

/** @typedef {{mode: "browser" | "loading" | "server", progress: number, reason: string}} DecoderState */
/** @typedef {{resolve: (images: Float32Array) => void, reject: (error: Error) => void, parts: Float32Array[]}} PendingRequest */

const SERVER_BATCH = 64; // codes of one request

export class Decoder {
  /** @type {DecoderState} */ state = { mode: "loading", progress: 0, reason: "" };
  /** @type {Worker | null} */ #worker = null;
  /** @type {Map<number, PendingRequest>} */ #pending = new Map();
  /** @type {Set<(state: DecoderState) => void>} */ #listeners = new Set();
  #lastId = 0;
  /** @type {Promise<unknown>} */ #serverQueue = Promise.resolve(); // one request to the server at a time

  /** @param {DecoderSpec} spec */
  constructor(spec) {
    this.spec = spec;
    this.size = spec.shape[0] * spec.shape[1] * spec.shape[2]; // values per image
    if (!spec.onnx) this.#useServer(spec.server_reason);
    else if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
      this.#useServer("this browser has no WebAssembly");
    } else this.#startWorker();
  }

  /** Calls the listener now and whenever the state changes. @param {(state: DecoderState) => void} listener @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    listener(this.state);
    return () => this.#listeners.delete(listener);
  }

  /** @param {Partial<DecoderState>} change */
  #setState(change) {
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener(this.state);
  }

  #startWorker() {
    const { onnx, runtime, dim } = this.spec;
    const absolute = (/** @type {{url: string, bytes: number} | null} */ file) =>
      file && { ...file, url: new URL(file.url, document.baseURI).href };
    try {
      this.#worker = new Worker(new URL("./decoder_worker.js", import.meta.url), {
        type: "module",
      });
    } catch (error) {
      this.#useServer(String(error));
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#onMessage(data);
    this.#worker.onerror = (event) => this.#useServer(event.message || "its worker can't start");
    const files = {
      script: absolute(runtime.script),
      glue: absolute(runtime.glue),
      wasm: absolute(runtime.wasm),
    };
    this.#worker.postMessage({ opening: { onnx: absolute(onnx), runtime: files, dim } });
  }

  /** The server decodes from now on. @param {string} reason */
  #useServer(reason) {
    this.#worker?.terminate();
    this.#worker = null;
    const error = new Error(reason);
    for (const { reject: fail } of this.#pending.values()) fail(error);
    this.#pending.clear();
    this.#setState({ mode: "server", reason });
  }

  /** @param {any} data a message of the worker */
  #onMessage(data) {
    if (data.progress !== undefined) this.#setState({ progress: data.progress });
    else if (data.opened) this.#setState({ mode: "browser", progress: 1 });
    else if (data.id === undefined) this.#useServer(data.failed);
    else this.#onImages(data);
  }

  /** @param {{id: number, images?: Float32Array, last?: boolean, failed?: string}} data */
  #onImages({ id, images, last, failed }) {
    const waiting = this.#pending.get(id);
    if (!waiting) return;
    if (images) waiting.parts.push(images);
    if (images && !last) return;
    this.#pending.delete(id);
    if (failed !== undefined) waiting.reject(new Error(failed));
    else waiting.resolve(joined(waiting.parts));
  }

  /**
   * Images of codes, one after the other, (C, H, W) each, in [0, 1].
   * @param {Float32Array} codes any number of them
   * @param {{urgent?: boolean, signal?: AbortSignal}} [how] urgent: a person waits for it
   * @returns {Promise<Float32Array>}
   */
  async decode(codes, { urgent = true, signal } = {}) {
    if (this.state.mode !== "browser") return this.#fromServer(codes, signal);
    try {
      return await this.#fromWorker(codes, urgent, signal);
    } catch (error) {
      if (signal?.aborted || this.#worker) throw error;
      return this.#fromServer(codes, signal);
    }
  }

  /** @param {Float32Array} codes @param {boolean} urgent @param {AbortSignal} [signal] @returns {Promise<Float32Array>} */
  #fromWorker(codes, urgent, signal) {
    const id = ++this.#lastId;
    return new Promise((answer, fail) => {
      this.#pending.set(id, { resolve: answer, reject: fail, parts: [] });
      signal?.addEventListener("abort", () => {
        this.#pending.delete(id);
        this.#worker?.postMessage({ cancel: id });
        fail(new DOMException("overtaken", "AbortError"));
      });
      this.#worker?.postMessage({ ask: { id, codes, urgent } });
    });
  }

  /** @param {Float32Array} codes @param {AbortSignal} [signal] */
  async #fromServer(codes, signal) {
    const parts = [];
    const step = SERVER_BATCH * this.spec.dim;
    for (let start = 0; start < codes.length; start += step) {
      const turn = this.#serverQueue.then(() =>
        this.#request(codes.slice(start, start + step), signal),
      );
      this.#serverQueue = turn.catch(() => {});
      parts.push(await turn);
    }
    return joined(parts);
  }

  /** @param {Float32Array} codes @param {AbortSignal} [signal] */
  async #request(codes, signal) {
    signal?.throwIfAborted();
    const answer = await fetch(new URL(this.spec.server_url, document.baseURI), {
      method: "POST",
      body: littleEndian(codes),
      signal,
    });
    if (!answer.ok)
      throw new Error(
        (await answer.text()).slice(0, 300) || `the server answered ${answer.status}`,
      );
    return Float32Array.from(new Uint8Array(await answer.arrayBuffer()), (byte) => byte / 255);
  }
}

/** @param {Float32Array} codes @returns {ArrayBuffer} */
function littleEndian(codes) {
  const bytes = new ArrayBuffer(4 * codes.length);
  const view = new DataView(bytes);
  codes.forEach((value, k) => view.setFloat32(4 * k, value, true));
  return bytes;
}

/** @param {Float32Array[]} parts */
function joined(parts) {
  if (parts.length === 1) return parts[0];
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @type {Map<string, Decoder>} */
const decoders = new Map();

/** The decoder of a model; one per page. @param {DecoderSpec} spec */
export function openDecoder(spec) {
  const name = `${spec.server_url} ${spec.onnx?.url ?? ""}`;
  let decoder = decoders.get(name);
  if (!decoder) {
    decoder = new Decoder(spec);
    decoders.set(name, decoder);
  }
  return decoder;
}
