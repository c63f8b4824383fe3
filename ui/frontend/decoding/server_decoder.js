// @ts-check
/** Decodes codes on the server, one request at a time. */

import { MAX_SERVER_CODES } from "../core/constants.js";
import { joinDecoded, parseDecoded } from "./decoded.js";

/** @typedef {import("./onnx_session.js").Decoded} Decoded */

const MAX_MESSAGE_LENGTH = 300;

export class ServerDecoder {
  /** @type {Promise<unknown>} */ #lastRequest = Promise.resolve();

  /** @param {string} url @param {number} dim latent dimensions @param {number} size values per image */
  constructor(url, dim, size) {
    this.url = url;
    this.dim = dim;
    this.size = size;
  }

  /**
   * @param {Float32Array} codes (N, D)
   * @param {AbortSignal} [signal]
   * @returns {Promise<Decoded>}
   */
  async decode(codes, signal) {
    const parts = [];
    const step = MAX_SERVER_CODES * this.dim;
    for (let start = 0; start < codes.length; start += step) {
      parts.push(await this.#enqueue(codes.slice(start, start + step), signal));
    }
    return joinDecoded(parts);
  }

  /** @param {Float32Array} codes @param {AbortSignal} [signal] */
  #enqueue(codes, signal) {
    const request = this.#lastRequest.then(() => this.#send(codes, signal));
    this.#lastRequest = request.catch(() => {});
    return request;
  }

  /** @param {Float32Array} codes @param {AbortSignal} [signal] */
  async #send(codes, signal) {
    signal?.throwIfAborted();
    const response = await fetch(new URL(this.url, document.baseURI), {
      method: "POST",
      body: littleEndian(codes),
      signal,
    });
    if (!response.ok) throw new Error(await errorMessage(response));
    const pixels = (codes.length / this.dim) * this.size;
    return parseDecoded(await response.arrayBuffer(), pixels);
  }
}

/** @param {Response} response */
async function errorMessage(response) {
  const text = (await response.text()).slice(0, MAX_MESSAGE_LENGTH);
  return text || `the server answered ${response.status}`;
}

/** The bytes of float32 values, on machines of any byte order. @param {Float32Array} codes */
function littleEndian(codes) {
  const bytes = new ArrayBuffer(4 * codes.length);
  const view = new DataView(bytes);
  codes.forEach((value, k) => view.setFloat32(4 * k, value, true));
  return bytes;
}
