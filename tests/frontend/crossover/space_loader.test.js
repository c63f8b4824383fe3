import assert from "node:assert/strict";
import { test } from "node:test";

import { SpaceLoader } from "../../../ui/frontend/crossover/space_loader.js";

const spec = (url) => ({
  codes: { url, count: 1, dims: 1, lo: [0], hi: [1] },
  code_dims: [],
  active_dims: [],
  distance_quantiles: [0, 1],
});

/** Answers of the server, each given when the test wants it. */
function holdAnswers(context) {
  const answers = new Map();
  context.mock.method(globalThis, "fetch", (url) => {
    return new Promise((resolve) => {
      const response = { arrayBuffer: async () => new ArrayBuffer(2), status: 404 };
      answers.set(url, (ok = true) => resolve({ ...response, ok }));
    });
  });
  return answers;
}

const afterAnswers = () => new Promise((resolve) => setTimeout(resolve, 5));

test("the space is there once it is loaded", async (context) => {
  const answers = holdAnswers(context);
  let loads = 0;
  const loader = new SpaceLoader(() => (loads += 1), assert.fail);
  loader.load(spec("space-a"));
  loader.load(spec("space-a"));
  assert.equal(loader.space, null);
  answers.get("space-a")();
  await afterAnswers();
  assert.equal(loader.space.dim, 1);
  assert.equal(loads, 1);
});

test("a space that is no longer wanted is dropped", async (context) => {
  const answers = holdAnswers(context);
  const loader = new SpaceLoader(() => {}, assert.fail);
  loader.load(spec("space-b"));
  loader.load(spec("space-c"));
  answers.get("space-c")();
  await afterAnswers();
  answers.get("space-b")();
  await afterAnswers();
  assert.equal(loader.space.spec.codes.url, "space-c");
});

test("a failure is reported", async (context) => {
  const answers = holdAnswers(context);
  const errors = [];
  const loader = new SpaceLoader(assert.fail, (error) => errors.push(error.message));
  loader.load(spec("space-d"));
  answers.get("space-d")(false);
  await afterAnswers();
  assert.match(errors[0], /404/);
});
