// @ts-check
/** A decoder in ONNX Runtime Web: the same in the worker and in the page's own thread. */

/** @typedef {{url: string, bytes: number}} RemoteFile */
/**
 * @typedef {object} SessionFiles with absolute URLs
 * @property {RemoteFile} onnx
 * @property {{script: RemoteFile, glue: RemoteFile, wasm: RemoteFile}} runtime
 * @property {number} dim
 */

/**
 * @typedef {object} Decoded
 * @property {Float32Array} images (N, C, H, W) in [0, 1]
 * @property {Float32Array} realism (N) log-odds that an image looks like the data's; empty where the data set has no such network
 */

const TIMED_RUNS = 5;

export class OnnxSession {
  /** How long one code takes: the median of a few runs, the first of which is not counted. */
  msPerCode = Infinity;
  /** @type {any} */ #runtime;
  /** @type {any} */ #session;
  #dim = 0;

  /** @param {SessionFiles} files @param {(fraction: number) => void} [onProgress] of the download, in [0, 1] */
  async open(files, onProgress = () => {}) {
    const { glue, wasm } = files.runtime;
    const [runtime, engine, model] = await downloadAll(files, onProgress);
    this.#runtime = runtime;
    this.#dim = files.dim;
    runtime.env.wasm.numThreads = 1;
    runtime.env.wasm.wasmPaths = { mjs: glue.url, wasm: wasm.url };
    runtime.env.wasm.wasmBinary = engine.buffer;
    runtime.env.logLevel = "error";
    this.#session = await runtime.InferenceSession.create(model, {
      executionProviders: ["wasm"],
      graphOptimizationLevel: "all",
    });
    await this.#time();
  }

  async #time() {
    const code = new Float32Array(this.#dim);
    await this.decode(code); // the first run is slow
    const times = [];
    for (let run = 0; run < TIMED_RUNS; run++) {
      const start = performance.now();
      await this.decode(code);
      times.push(performance.now() - start);
    }
    this.msPerCode = times.sort((a, b) => a - b)[TIMED_RUNS >> 1];
  }

  /** @param {Float32Array} codes (N, D) @returns {Promise<Decoded>} */
  async decode(codes) {
    const shape = [codes.length / this.#dim, this.#dim];
    const { images, realism } = await this.#session.run({
      codes: new this.#runtime.Tensor("float32", codes, shape),
    });
    return { images: images.data, realism: realism?.data ?? new Float32Array(0) };
  }
}

/** Runtime module, WebAssembly binary and ONNX model. @param {SessionFiles} files @param {(fraction: number) => void} onProgress */
function downloadAll({ runtime: { script, wasm }, onnx }, onProgress) {
  const total = wasm.bytes + onnx.bytes;
  let received = 0;
  const onChunk = (/** @type {number} */ size) =>
    onProgress(Math.min(1, (received += size) / total));
  return Promise.all([
    import(script.url),
    download(wasm.url, onChunk),
    download(onnx.url, onChunk),
  ]);
}

/** @param {string} url @param {(size: number) => void} onChunk @returns {Promise<Uint8Array>} */
async function download(url, onChunk) {
  const response = await fetch(url);
  if (!response.ok || !response.body)
    throw new Error(`${url} can't be fetched (${response.status})`);
  const parts = [];
  const reader = response.body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    onChunk(step.value.length);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
