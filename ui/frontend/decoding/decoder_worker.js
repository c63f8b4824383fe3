// @ts-check
/**
 * The decoder, in a worker thread so that it never blocks the page.
 *
 * Urgent requests are decoded before background ones (a grid of images), and a
 * long request is decoded a few codes at a time, so that an urgent one never waits long.
 */

import { OnnxSession } from "./onnx_session.js";
import { RequestQueue } from "./request_queue.js";

/** @typedef {import("./request_queue.js").WorkerRequest} WorkerRequest */

const session = new OnnxSession();
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

/** @param {import("./onnx_session.js").SessionFiles} files */
async function open(files) {
  dim = files.dim;
  await session.open(files, (progress) => post({ progress }));
  post({ opened: { msPerCode: session.msPerCode } });
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
  const decoded = await session.decode(request.codes.slice(0, count * dim));
  const [images, realism] = [decoded.images, decoded.realism].map((data) => new Float32Array(data));
  const rest = request.codes.subarray(count * dim);
  queue.recordDuration(count, performance.now() - startTime);
  const last = rest.length === 0;
  post({ id: request.id, decoded: { images, realism }, last }, [images.buffer, realism.buffer]);
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
