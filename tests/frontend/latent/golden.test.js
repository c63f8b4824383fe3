import assert from "node:assert/strict";
import { test } from "node:test";

import { LinearDirections } from "../../../ui/frontend/dimensions/directions/linear_directions.js";
import { crossover, sampleVariation } from "../../../ui/frontend/latent/crossover.js";
import { bilinear, codeAt, slerp } from "../../../ui/frontend/latent/paths.js";
import { MapTransform, loadTransform } from "../../../ui/frontend/latent/projection.js";
import { CodeDistribution } from "../../../ui/frontend/latent/sampling.js";
import { LatentSpace } from "../../../ui/frontend/latent/support.js";
import { geodesicTransform } from "../../../ui/frontend/latent/transforms.js";
import { arrayOf, assertEqual, readVectors, transposed } from "./golden_vectors.js";

const SPACES = ["digits-vae-16", "digits-gan-32", "faces-vae-32", "swissroll-3", "words-glove-50"];

/** @param {string} name */
function readSpace(name) {
  const vectors = readVectors(name);
  const codes = arrayOf(vectors.codes);
  const spec = { ...vectors.space, codes: { dims: codes.width }, code_dims: [] };
  return { vectors, space: new LatentSpace(spec, Float32Array.from(codes.values)) };
}

/** @param {any} one @param {LatentSpace} space @param {MapTransform} map */
async function transformOf({ transform, arrays }, space, map) {
  if (transform.kind !== "geodesic") return loadTransform(transform, space, map.points);
  return geodesicTransform(space.codes, transposed(arrayOf(arrays.geodesics)), {
    k: transform.k,
    meanSquared: Float64Array.from(arrayOf(arrays.mean_sq).values),
    pseudoInverse: Float64Array.from(arrayOf(arrays.pseudo_inverse).values),
  });
}

for (const name of SPACES) {
  const { vectors, space } = readSpace(name);

  test(`support in ${name} equals the library's`, () => {
    const ranks = arrayOf(vectors.ranks).values;
    arrayOf(vectors.queries).rows.forEach((code, i) => {
      const { rank, level } = space.support(code);
      assertEqual([rank], [ranks[i]], `query ${i}`);
      assert.equal(level, vectors.levels[i]);
    });
  });

  for (const one of vectors.maps) {
    test(`${one.name} of ${name} equals the library's`, async () => {
      const points = Float32Array.from(arrayOf(one.arrays.points).values);
      const map = new MapTransform(one.inverse, space, points);
      const transform = await transformOf(one, space, map);
      const extent = Math.max(...points.map(Math.abs));
      const transformed = arrayOf(one.transformed).rows;
      arrayOf(vectors.queries).rows.forEach((code, i) =>
        assertEqual(transform(code), transformed[i], `query ${i}`, extent),
      );
      const inverted = arrayOf(one.inverted).rows;
      const ranks = arrayOf(one.place_ranks).values;
      arrayOf(one.places).rows.forEach((place, i) => {
        const code = map.inverseTransform(place);
        assertEqual(code, inverted[i], `place ${i}`);
        assertEqual([map.support(place, code).rank], [ranks[i]], `support of place ${i}`);
      });
    });
  }
}

const { given, answers, groups, amounts } = readVectors("paths");
const codes = arrayOf(given.codes);
/** @param {string} name */
const expected = (name) => arrayOf(answers[name]).rows;
/** @param {string} name */
const inputs = (name) => Array.from(arrayOf(given[name]).values);

test("paths equal the library's", () => {
  inputs("weights").forEach((t, i) =>
    assertEqual(slerp(codes.rows[i], codes.rows[i + 1], t), expected("slerp")[i], `slerp ${i}`),
  );
  const path = {
    times: inputs("times"),
    codes: Float32Array.from(codes.values),
    dim: codes.width,
  };
  inputs("sampled").forEach((t, i) => assertEqual(codeAt(path, t), expected("at")[i], `time ${t}`));
});

for (const kind of /** @type {const} */ (["linear", "spherical"])) {
  test(`${kind} interpolation between four corners equals the library's`, () => {
    const corners = Float32Array.from(codes.values).subarray(16 * codes.width, 20 * codes.width);
    const [u, v] = arrayOf(given.square).rows;
    u.forEach((_, i) =>
      assertEqual(bilinear(corners, codes.width, u[i], v[i], kind), expected(kind)[i], `${i}`),
    );
  });
}

test("crossover and variations equal the library's", () => {
  const [a, b] = codes.rows;
  const crossed = crossover(a, b, groups, inputs("group_weights"));
  assertEqual(crossed, arrayOf(answers.crossover).values, "crossover");
  const [mean, deviations] = [arrayOf(answers.mean).values, expected("deviations")];
  amounts.forEach((/** @type {number} */ amount, /** @type {number} */ n) =>
    deviations.forEach((noise, i) =>
      assertEqual(
        sampleVariation(a, mean, noise, amount),
        expected("variations")[n * deviations.length + i],
        `amount ${amount}`,
      ),
    ),
  );
});

test("attribute predictions and moved codes equal the library's", () => {
  const table = Float32Array.from([
    ...inputs("attribute_weights"),
    ...inputs("attribute_directions"),
    ...inputs("attribute_offsets"),
  ]);
  const values = inputs("attribute_values");
  const attributes = new LinearDirections(table, values.length);
  codes.rows.slice(0, 4).forEach((row, i) => {
    const code = Float32Array.from(row);
    const predicted = values.map((_, f) => attributes.predict(f, code));
    assertEqual(predicted, expected("predicted")[i], `predictions of code ${i}`, 10);
    values.forEach((value, f) =>
      assertEqual(
        attributes.moveTo(f, code, value, Infinity),
        expected("moved")[4 * f + i],
        `attribute ${f} of code ${i}`,
        10,
      ),
    );
  });
});

const drawn = readVectors("samples");
for (const name of Object.keys(drawn.distributions)) {
  test(`samples of the ${name} equal the library's`, () => {
    const { spec, means, factors, codes: answer } = drawn.distributions[name];
    const parameters = [...arrayOf(means).values, ...arrayOf(factors).values];
    const distribution = new CodeDistribution(spec, Float32Array.from(parameters));
    drawn.settings.forEach((/** @type {any} */ settings, /** @type {number} */ s) => {
      const { values } = arrayOf(answer[s]);
      drawn.indices.forEach((/** @type {number} */ index, /** @type {number} */ i) =>
        assertEqual(
          distribution.sample(index, settings),
          values.subarray(i * spec.dim, (i + 1) * spec.dim),
          `sample ${index} with seed ${settings.seed}`,
          10,
        ),
      );
    });
  });
}
