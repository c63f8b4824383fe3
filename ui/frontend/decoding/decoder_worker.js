// @ts-check
/**
 * The decoder, in a worker thread so that it never blocks the page.
 *
 * Urgent requests come before background ones (a grid of images), and a
 * long batch is decoded a few codes at a time, so that an urgent request can come in between.
 */

const MAX_BATCH = 16; // codes decoded at once, at most
const BUDGET_MS = 8; // target duration of a batch, since an urgent request may be waiting

/** @typedef {{url: string, bytes: number}} Fetched */
/** @typedef {{id: number, codes: Float32Array, urgent: boolean}} WorkerRequest */
/**
 * @typedef {object} OpenMessage
 * @property {Fetched} onnx
 * @property {{script: Fetched, glue: Fetched, wasm: Fetched}} runtime
 * @property {number} dim
 */

/** @type {any} */ let runtime = null;
/** @type {any} */ let session = null;
let dim = 0;
let msPerCode = BUDGET_MS / 2; // moving average
/** @type {WorkerRequest[]} */ const queue = [];
let busy = false;

self.onmessage = ({ data }) => {
  if (data.opening)
    open(data.opening).catch((error) => post({ failed: String(error?.message ?? error) }));
  else if (data.cancel !== undefined) cancel(data.cancel);
  else enqueue(data.ask);
};

/** @param {any} message @param {Transferable[]} [moved] */
function post(message, moved = []) {
  /** @type {any} */ (self).postMessage(message, moved);
}

/** @param {OpenMessage} opening */
async function open(opening) {
  const { script, glue, wasm } = opening.runtime;
  const total = wasm.bytes + opening.onnx.bytes;
  let received = 0;
  const onProgress = (/** @type {number} */ size) =>
    post({ progress: Math.min(1, (received += size) / total) });
  const [module, engine, model] = await Promise.all([
    import(script.url),
    download(wasm.url, onProgress),
    download(opening.onnx.url, onProgress),
  ]);
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

/** @param {WorkerRequest} request @param {boolean} [first] before others of the same urgency */
function enqueue(request, first = false) {
  const after = (/** @type {WorkerRequest} */ other) =>
    first ? other.urgent <= request.urgent : other.urgent < request.urgent;
  const at = queue.findIndex(after);
  queue.splice(at < 0 ? queue.length : at, 0, request);
  if (!busy) void work();
}

/** @param {number} id */
function cancel(id) {
  const at = queue.findIndex((request) => request.id === id);
  if (at >= 0) queue.splice(at, 1);
}

/** Decode batch after batch, urgent requests first. */
async function work() {
  busy = true;
  for (let request = queue.shift(); request; request = queue.shift()) {
    const count = Math.min(
      MAX_BATCH,
      request.codes.length / dim,
      Math.max(1, Math.floor(BUDGET_MS / msPerCode)),
    );
    const began = performance.now();
    try {
      const images = new Float32Array(await decode(request.codes.slice(0, count * dim)));
      const rest = request.codes.subarray(count * dim);
      msPerCode += 0.3 * ((performance.now() - began) / count - msPerCode);
      post({ id: request.id, images, last: rest.length === 0 }, [images.buffer]);
      if (rest.length) enqueue({ ...request, codes: rest }, true);
    } catch (error) {
      post({ id: request.id, failed: String(error) });
    }
    if (queue.length) await yieldToMessages();
  }
  busy = false;
}

const { port1, port2 } = new MessageChannel();

/** Lets new messages in; a timer would wait four milliseconds. @returns {Promise<void>} */
function yieldToMessages() {
  return new Promise((done) => {
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
}
