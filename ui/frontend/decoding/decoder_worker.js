// @ts-check
/**
 * The decoder, in a worker thread so that it never blocks the page.
 *
 * Urgent requests are decoded before background ones (a grid of images), and a
 * long request is decoded a few codes at a time, so that an urgent one never waits long.
 */

import { RequestQueue } from "./request_queue.js";

/** @typedef {{url: string, bytes: number}} RemoteFile */
/** @typedef {import("./request_queue.js").WorkerRequest} WorkerRequest */
/**
 * @typedef {object} OpenMessage
 * @property {RemoteFile} onnx
 * @property {{script: RemoteFile, glue: RemoteFile, wasm: RemoteFile}} runtime
 * @property {number} dim
 */

/** @type {any} */ let runtime = null;
/** @type {any} */ let session = null;
let dim = 0;
const queue = new RequestQueue();
let busy = false;

self.onmessage = ({ data }) => {
  if (data.opening)
    open(data.opening).catch((error) => post({ failed: String(error?.message ?? error) }));
  else if (data.cancel !== undefined) queue.cancel(data.cancel);
  else enqueue(data.ask);
};

/** @param {any} message @param {Transferable[]} [moved] */
function post(message, moved = []) {
  /** @type {any} */ (self).postMessage(message, moved);
}

/** @param {OpenMessage} opening */
async function open(opening) {
  const { glue, wasm } = opening.runtime;
  const [module, engine, model] = await downloadAll(opening);
  runtime = module;
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { mjs: glue.url, wasm: wasm.url };
  runtime.env.wasm.wasmBinary = engine.buffer;
  runtime.env.logLevel = "error";
  session = await runtime.InferenceSession.create(model, {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
  });
  dim = opening.dim;
  await decode(new Float32Array(dim)); // the first run is slow
  post({ opened: true });
}

/** Runtime module, WebAssembly binary and ONNX model. @param {OpenMessage} opening */
function downloadAll({ runtime: { script, wasm }, onnx }) {
  const total = wasm.bytes + onnx.bytes;
  let received = 0;
  const onProgress = (/** @type {number} */ size) =>
    post({ progress: Math.min(1, (received += size) / total) });
  return Promise.all([
    import(script.url),
    download(wasm.url, onProgress),
    download(onnx.url, onProgress),
  ]);
}

/** @param {string} url @param {(size: number) => void} onProgress @returns {Promise<Uint8Array>} */
async function download(url, onProgress) {
  const response = await fetch(url);
  if (!response.ok || !response.body)
    throw new Error(`${url} can't be fetched (${response.status})`);
  const parts = [];
  const reader = response.body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    onProgress(step.value.length);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** @param {Float32Array} codes @returns {Promise<Float32Array>} */
async function decode(codes) {
  const input = new runtime.Tensor("float32", codes, [codes.length / dim, dim]);
  const { images } = await session.run({ codes: input });
  return images.data;
}

/** @param {WorkerRequest} request */
function enqueue(request) {
  queue.add(request);
  if (!busy) void work();
}

/** Decode batch after batch until the queue is empty. */
async function work() {
  busy = true;
  for (let request = queue.take(); request; request = queue.take()) {
    try {
      await decodeBatch(request);
    } catch (error) {
      post({ id: request.id, failed: String(error) });
    }
    if (queue.size) await yieldToMessages();
  }
  busy = false;
}

/** Decode the first codes of a request and put the rest back. @param {WorkerRequest} request */
async function decodeBatch(request) {
  const count = queue.batchSize(request.codes.length / dim);
  const startTime = performance.now();
  const images = new Float32Array(await decode(request.codes.slice(0, count * dim)));
  const rest = request.codes.subarray(count * dim);
  queue.recordDuration(count, performance.now() - startTime);
  post({ id: request.id, images, last: rest.length === 0 }, [images.buffer]);
  if (rest.length) queue.putBack({ ...request, codes: rest });
}

const { port1, port2 } = new MessageChannel();

/** Lets new messages in; a timer would wait four milliseconds. @returns {Promise<void>} */
function yieldToMessages() {
  return new Promise((done) => {
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
}
