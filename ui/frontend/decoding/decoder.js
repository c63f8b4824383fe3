// @ts-check
/**
 * Decodes codes to images: in this browser where possible, else on the server.
 *
 * `openDecoder` returns one decoder per model, shared by all components of a page.  Until it is
 * loaded, and where it cannot be, the server decodes, one request at a time.  A decoder that takes
 * less than a quarter of a frame also decodes single codes in the page's own thread.
 * The images are the same.
 */

import { verdict } from "../core/verdict.js";
import { PageDecoder } from "./page_decoder.js";
import { ServerDecoder } from "./server_decoder.js";
import { WorkerDecoder } from "./worker_decoder.js";

/** @typedef {import("../core/payloads.js").RemoteFile} RemoteFile */
/** @typedef {import("../core/payloads.js").DecoderSpec} DecoderSpec */

/** @typedef {import("./onnx_session.js").Decoded} Decoded */
/** @typedef {import("../core/support_level.js").SupportLevel} SupportLevel */
/** @typedef {{mode: "browser" | "loading" | "server", progress: number, reason: string}} DecoderState */

export class Decoder {
  /** @type {DecoderState} */ state = { mode: "loading", progress: 0, reason: "" };
  /** @type {WorkerDecoder | null} */ #worker = null;
  /** @type {PageDecoder | null} */ page = null; // as well, for single codes
  /** @type {Set<(state: DecoderState) => void>} */ #listeners = new Set();

  /** @param {DecoderSpec} spec */
  constructor(spec) {
    this.spec = spec;
    this.size = spec.shape[0] * spec.shape[1] * spec.shape[2]; // values per image
    this.server = new ServerDecoder(spec.server_url, spec.dim, this.size);
    if (!spec.onnx) this.#useServer(spec.server_reason);
    else if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
      this.#useServer("this browser has no WebAssembly");
    } else this.#startWorker();
  }

  /**
   * Calls the listener now and whenever the state changes.
   * @param {(state: DecoderState) => void} listener
   * @returns {() => void} unsubscribes
   */
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
    try {
      const files = sessionFiles(this.spec);
      this.#worker = new WorkerDecoder(files, {
        progress: (progress) => this.#setState({ progress }),
        opened: (msPerCode) => {
          this.page = new PageDecoder(files, msPerCode);
          this.#setState({ mode: "browser", progress: 1 });
        },
        failed: (reason) => this.#useServer(reason),
      });
    } catch (error) {
      this.#useServer(String(error));
    }
  }

  /** The server decodes from now on. @param {string} reason */
  #useServer(reason) {
    this.#worker?.terminate(reason);
    this.#worker = this.page = null;
    this.#setState({ mode: "server", reason });
  }

  /**
   * Decode codes.
   * @param {Float32Array} codes (N, D)
   * @param {{urgent?: boolean, signal?: AbortSignal}} [options] urgent: a person waits for it
   * @returns {Promise<Decoded>}
   */
  async decode(codes, { urgent = true, signal } = {}) {
    if (this.state.mode !== "browser" || !this.#worker) return this.server.decode(codes, signal);
    if (urgent && this.page?.accepts(codes.length / this.spec.dim)) return this.page.decode(codes);
    try {
      return await this.#worker.decode(codes, urgent, signal);
    } catch (error) {
      if (signal?.aborted || this.#worker) throw error;
      return this.server.decode(codes, signal);
    }
  }

  /**
   * The verdict on a decoded image: its code's support and its own realism.
   * @param {SupportLevel} support of its code
   * @param {ArrayLike<number>} realism of the decoded images @param {number} [index] which of them
   */
  verdict(support, realism, index = 0) {
    return verdict(support, realism[index], this.spec.realism);
  }
}

/** @param {DecoderSpec} spec with a decoder for the browser @returns {import("./onnx_session.js").SessionFiles} */
function sessionFiles({ onnx, runtime, dim }) {
  const { script, glue, wasm } = runtime;
  return {
    onnx: absolute(/** @type {RemoteFile} */ (onnx)),
    runtime: { script: absolute(script), glue: absolute(glue), wasm: absolute(wasm) },
    dim,
  };
}

/** A worker resolves relative URLs against its own. @param {RemoteFile} file */
function absolute(file) {
  return { ...file, url: new URL(file.url, document.baseURI).href };
}

/** @type {Map<string, Decoder>} */
const decoders = new Map();

/** The decoder of a model; one per page. @param {DecoderSpec} spec */
export function openDecoder(spec) {
  const key = `${spec.server_url} ${spec.onnx?.url ?? ""}`;
  let decoder = decoders.get(key);
  if (!decoder) {
    decoder = new Decoder(spec);
    decoders.set(key, decoder);
  }
  return decoder;
}
