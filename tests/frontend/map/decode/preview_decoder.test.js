import assert from "node:assert/strict";
import { test } from "node:test";

import { subscribePreviews } from "../../../../ui/frontend/core/sample_preview.js";
import { PreviewDecoder } from "../../../../ui/frontend/map/decode/preview_decoder.js";

const SHEET = { url: "sheet", columns: 2, width: 1, height: 1, image: null, count: 3 };
const CODES = { table: Float32Array.from([0, 1, 10, 11, 20, 21, 30, 31]), dim: 2 };

/** Answers each request when asked to; an image is the sum of its code. */
function createSource() {
  const answers = [];
  const decoder = {
    spec: { shape: [1, 1, 1] },
    decode: (code) =>
      new Promise((done) =>
        answers.push(() => done({ images: Float32Array.of(code[0] + code[1]) })),
      ),
  };
  return { source: { transform: { space: { codes: CODES, dim: 2 } }, decoder }, answers };
}

function collect() {
  const seen = [];
  return { seen, stop: subscribePreviews(({ id, images }) => seen.push([id, images[0]])) };
}

test("the code of the selected sample is decoded and published", async () => {
  const { source, answers } = createSource();
  const { seen, stop } = collect();
  const shown = new PreviewDecoder(source).show(2, "seven", SHEET);
  answers[0]();
  await shown;
  assert.deepEqual(seen, [[2, 41]]);
  stop();
});

test("a late image of an earlier sample is not published", async () => {
  const { source, answers } = createSource();
  const preview = new PreviewDecoder(source);
  const { seen, stop } = collect();
  const before = seen.length;
  const both = [preview.show(0, "", SHEET), preview.show(1, "", SHEET)];
  answers[1]();
  answers[0]();
  await Promise.all(both);
  assert.deepEqual(seen.slice(before), [[1, 21]]);
  stop();
});

test("nothing is published for a sample without an image in the sheet, or without a decoder", async () => {
  const { source, answers } = createSource();
  const { seen, stop } = collect();
  const before = seen.length;
  await new PreviewDecoder(source).show(3, "", SHEET);
  await new PreviewDecoder(source).show(0, "", null);
  await new PreviewDecoder({ ...source, transform: null }).show(0, "", SHEET);
  assert.equal(answers.length, 0);
  assert.equal(seen.length, before);
  stop();
});
