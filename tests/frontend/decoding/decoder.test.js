import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Decoder, openDecoder } from "../../../ui/frontend/decoding/decoder.js";
import { flushPromises } from "./fake_decoder.js";

const BASE = "http://localhost/app/";
const FILE = { url: "runtime", bytes: 1 };
/** @type {import("../../../ui/frontend/decoding/decoder.js").DecoderSpec} */
const SPEC = {
  model: "test",
  shape: [1, 1, 2],
  dim: 1,
  onnx: { url: "decoder.onnx", bytes: 10 },
  server_reason: "",
  runtime: { script: FILE, glue: FILE, wasm: FILE },
  server_url: "decode",
  realism: { like: 0, unlike: -2 },
};
const SERVER_ONLY = { ...SPEC, onnx: null, server_reason: "the decoder is too large" };

/** @type {FakeWorker[]} */
let workers = [];

class FakeWorker {
  /** @type {any[]} */ messages = [];
  terminated = false;
  /** @type {(event: any) => void} */ onmessage = () => {};

  constructor() {
    workers.push(this);
  }

  /** @param {any} message */
  postMessage(message) {
    this.messages.push(message);
  }

  terminate() {
    this.terminated = true;
  }

  /** @param {any} data */
  send(data) {
    this.onmessage({ data });
  }
}

/** Requests to the server, as float32 codes. @type {number[][]} */
let sent = [];

/** The server's image of code c is (c, c + 1). @param {URL} _url @param {any} request */
async function respond(_url, request) {
  const codes = [...new Float32Array(request.body)];
  sent.push(codes);
  return new Response(Uint8Array.from(codes.flatMap((code) => [code, code + 1])));
}

beforeEach(() => {
  workers = [];
  sent = [];
  Object.assign(globalThis, { Worker: FakeWorker, document: { baseURI: BASE } });
  mock.method(globalThis, "fetch", respond);
});
afterEach(() => mock.restoreAll());

/** A decoder whose worker is ready. */
function openInBrowser() {
  const decoder = new Decoder(SPEC);
  workers[0].send({ opened: { msPerCode: 9 } });
  return { decoder, worker: workers[0] };
}

test("the worker gets absolute URLs", () => {
  assert.equal(new Decoder(SPEC).state.mode, "loading");
  const { opening } = workers[0].messages[0];
  assert.equal(opening.onnx.url, `${BASE}decoder.onnx`);
  assert.equal(opening.runtime.wasm.url, `${BASE}runtime`);
  assert.equal(opening.dim, 1);
});

test("listeners follow the state until they unsubscribe", () => {
  const decoder = new Decoder(SPEC);
  /** @type {string[]} */ const states = [];
  const stop = decoder.subscribe(({ mode, progress }) => states.push(`${mode} ${progress}`));
  workers[0].send({ progress: 0.5 });
  workers[0].send({ opened: { msPerCode: 9 } });
  stop();
  workers[0].send({ failed: "lost" });
  assert.deepEqual(states, ["loading 0", "loading 0.5", "browser 1"]);
  assert.deepEqual([decoder.state.mode, decoder.state.reason], ["server", "lost"]);
});

test("without a decoder for the browser the server decodes, 64 codes per request", async () => {
  const decoder = new Decoder(SERVER_ONLY);
  assert.deepEqual([decoder.state.mode, workers.length], ["server", 0]);
  assert.equal(decoder.state.reason, "the decoder is too large");
  const { images } = await decoder.decode(Float32Array.from({ length: 70 }, (_, i) => i));
  assert.deepEqual(
    sent.map((codes) => codes.length),
    [64, 6],
  );
  assert.equal(images.length, 140);
  assert.equal(images[139], Math.fround(70 / 255));
});

test("an error of the server is reported in its words, or by its status", async () => {
  const decoder = new Decoder(SERVER_ONLY);
  mock.method(globalThis, "fetch", async () => new Response("3 codes expected", { status: 400 }));
  await assert.rejects(decoder.decode(new Float32Array(1)), /^Error: 3 codes expected$/);
  mock.method(globalThis, "fetch", async () => new Response("", { status: 502 }));
  await assert.rejects(decoder.decode(new Float32Array(1)), /502/);
});

test("the parts of an answer of the worker are joined", async () => {
  const { decoder, worker } = openInBrowser();
  const decoding = decoder.decode(Float32Array.of(1, 2), { urgent: false });
  const { id, urgent } = worker.messages[1].ask;
  assert.equal(urgent, false);
  const parts = [
    { images: Float32Array.of(1, 2), realism: Float32Array.of(0.5) },
    { images: Float32Array.of(3, 4), realism: Float32Array.of(-1) },
  ];
  parts.forEach((decoded, k) => worker.send({ id, decoded, last: k === 1 }));
  const { images, realism } = await decoding;
  assert.deepEqual(images, Float32Array.of(1, 2, 3, 4));
  assert.deepEqual(realism, Float32Array.of(0.5, -1));
  assert.deepEqual(sent, []);
});

test("a failed request is rejected while the worker stays", async () => {
  const { decoder, worker } = openInBrowser();
  const images = decoder.decode(Float32Array.of(1));
  worker.send({ id: worker.messages[1].ask.id, failed: "out of memory" });
  await assert.rejects(images, /out of memory/);
  assert.equal(decoder.state.mode, "browser");
});

test("an aborted request is cancelled in the worker", async () => {
  const { decoder, worker } = openInBrowser();
  const controller = new AbortController();
  const images = decoder.decode(Float32Array.of(1), { signal: controller.signal });
  controller.abort();
  await assert.rejects(images, { name: "AbortError" });
  assert.deepEqual(worker.messages.at(-1), { cancel: worker.messages[1].ask.id });
});

test("when the worker is lost the server decodes what is pending", async () => {
  const { decoder, worker } = openInBrowser();
  const images = decoder.decode(Float32Array.of(51));
  await flushPromises();
  worker.send({ failed: "lost" });
  assert.deepEqual((await images).images, Float32Array.of(51 / 255, 52 / 255));
  assert.equal(worker.terminated, true);
});

test("a model has one decoder per page", () => {
  assert.equal(openDecoder(SPEC), openDecoder({ ...SPEC }));
  assert.notEqual(openDecoder(SPEC), openDecoder({ ...SPEC, server_url: "other" }));
});
