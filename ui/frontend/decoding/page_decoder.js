// @ts-check
/**
 * Decodes in the page's own thread, where the decoder is fast enough for that.
 *
 * An answer of a worker comes too late for the frame in which it was asked for; an answer of this
 * thread is there before the frame is drawn.
 */

import { OnnxSession } from "./onnx_session.js";

export const MAX_PAGE_MS = 4; // of a frame's 16; a slower decoder stays in the worker
const IDLE_TIMEOUT_MS = 3000;

/** Resolves when the page has nothing to do, or after a while. @returns {Promise<void>} */
function whenIdle() {
  return new Promise((done) => {
    if (typeof requestIdleCallback !== "function") setTimeout(done, IDLE_TIMEOUT_MS / 10);
    else requestIdleCallback(() => done(), { timeout: IDLE_TIMEOUT_MS });
  });
}

/**
 * A session in this thread; null where it is slow here or cannot be opened.
 * @param {import("./onnx_session.js").SessionFiles} files already in the browser's cache
 */
async function openWhenIdle(files) {
  await whenIdle();
  const session = new OnnxSession();
  try {
    await session.open(files);
  } catch {
    return null; // the worker decodes
  }
  return session.msPerCode < MAX_PAGE_MS ? session : null;
}

export class PageDecoder {
  /** @type {OnnxSession | null} */ #session = null;
  #busy = false;

  /** @param {import("./onnx_session.js").SessionFiles} files @param {number} workerMs per code, in the worker */
  constructor(files, workerMs) {
    this.opening = this.#open(files, workerMs);
  }

  /** @param {import("./onnx_session.js").SessionFiles} files @param {number} workerMs */
  async #open(files, workerMs) {
    if (workerMs < MAX_PAGE_MS) this.#session = await openWhenIdle(files);
  }

  /** Whether it decodes that many codes now without delaying a frame. @param {number} count */
  accepts(count) {
    return !this.#busy && !!this.#session && count * this.#session.msPerCode < MAX_PAGE_MS;
  }

  /** Decode codes that it accepts. @param {Float32Array} codes (N, D) @returns {Promise<import("./onnx_session.js").Decoded>} */
  async decode(codes) {
    this.#busy = true;
    try {
      return await /** @type {OnnxSession} */ (this.#session).decode(codes);
    } finally {
      this.#busy = false;
    }
  }
}
