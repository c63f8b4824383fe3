// @ts-check
/**
 * The decoder, in a thread of its own: the page never waits for it.
 *
 * What a hand does is answered before what is only useful later (a grid of pictures), and a
 * long batch is taken a few codes at a time, so that a hand gets its turn in between.
 */

const PIECE = 16; // codes of a long batch at once, at the most
const HAND_MS = 8; // and for about so long, since a hand waits meanwhile

/** @typedef {{url: string, bytes: number}} Fetched */
/** @typedef {{id: number, codes: Float32Array, urgent: boolean}} Ask */
/**
 * @typedef {object} Opening
 * @property {Fetched} onnx
 * @property {{script: Fetched, glue: Fetched, wasm: Fetched}} runtime
 * @property {number} dim
 */

/** @type {any} */ let runtime = null;
/** @type {any} */ let session = null;
let dim = 0;
let pace = HAND_MS / 2; // milliseconds that a code takes, as seen lately
/** @type {Ask[]} */ const asked = [];
let busy = false;

self.onmessage = ({ data }) => {
  if (data.opening) open(data.opening).catch((error) => post({ failed: String(error?.message ?? error) }));
  else if (data.cancel !== undefined) forget(data.cancel);
  else enqueue(data.ask);
};

/** @param {any} message @param {Transferable[]} [moved] */
function post(message, moved = []) {
  /** @type {any} */ (self).postMessage(message, moved);
}

/** @param {Opening} opening */
async function open(opening) {
  const { script, glue, wasm } = opening.runtime;
  const total = wasm.bytes + opening.onnx.bytes;
  let got = 0;
  const tell = (/** @type {number} */ size) => post({ progress: Math.min(1, (got += size) / total) });
  const [module, engine, model] = await Promise.all([
    import(script.url), download(wasm.url, tell), download(opening.onnx.url, tell),
  ]);
  runtime = module;
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { mjs: glue.url, wasm: wasm.url };
  runtime.env.wasm.wasmBinary = engine.buffer;
  runtime.env.logLevel = "error";
  session = await runtime.InferenceSession.create(model, { executionProviders: ["wasm"], graphOptimizationLevel: "all" });
  dim = opening.dim;
  await decode(new Float32Array(dim)); // the first run is slow: nobody's hand should wait for it
  post({ opened: true });
}

/** @param {string} url @param {(size: number) => void} tell @returns {Promise<Uint8Array>} */
async function download(url, tell) {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) throw new Error(`${url} can't be fetched (${answer.status})`);
  const parts = [];
  const reader = answer.body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    parts.push(step.value);
    tell(step.value.length);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** @param {Float32Array} codes @returns {Promise<Float32Array>} */
async function decode(codes) {
  const input = new runtime.Tensor("float32", codes, [codes.length / dim, dim]);
  const { images } = await session.run({ codes: input });
  return images.data;
}

/** @param {Ask} ask @param {boolean} [first] of its kind */
function enqueue(ask, first = false) {
  const after = (/** @type {Ask} */ other) => (first ? other.urgent <= ask.urgent : other.urgent < ask.urgent);
  const at = asked.findIndex(after);
  asked.splice(at < 0 ? asked.length : at, 0, ask);
  if (!busy) void work();
}

/** @param {number} id */
function forget(id) {
  const at = asked.findIndex((ask) => ask.id === id);
  if (at >= 0) asked.splice(at, 1);
}

/** Answer one piece after the other, the most urgent first. */
async function work() {
  busy = true;
  for (let ask = asked.shift(); ask; ask = asked.shift()) {
    const count = Math.min(PIECE, ask.codes.length / dim, Math.max(1, Math.floor(HAND_MS / pace)));
    const began = performance.now();
    try {
      const images = new Float32Array(await decode(ask.codes.slice(0, count * dim)));
      const rest = ask.codes.subarray(count * dim);
      pace += 0.3 * ((performance.now() - began) / count - pace);
      post({ id: ask.id, images, last: rest.length === 0 }, [images.buffer]);
      if (rest.length) enqueue({ ...ask, codes: rest }, true);
    } catch (error) {
      post({ id: ask.id, failed: String(error) });
    }
    if (asked.length) await breath();
  }
  busy = false;
}

const { port1, port2 } = new MessageChannel();

/** Lets a new ask or a cancellation in; a timer would wait four milliseconds. @returns {Promise<void>} */
function breath() {
  return new Promise((done) => {
    port1.onmessage = () => done();
    port2.postMessage(null);
  });
}
