"""The JavaScript implementation gives the same codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from latent_core.interpolation import (
    LatentPath,
    bilinear,
    slerp,
)
from latent_core.types import Array
from tests.unit.interpolation.data import RNG

REPOSITORY = Path(__file__).parents[3]
JS = REPOSITORY / "ui" / "frontend" / "latent/paths.js"

SCRIPT = """
import { bilinear, codeAt, slerp } from %s;
let text = "";
for await (const part of process.stdin) text += part;
const { times, codes, dim, times_to_sample, weights, u, v } = JSON.parse(text);
const table = Float32Array.from(codes.flat());
const path = { times, codes: table, dim };
const in_place = new Float32Array(dim);
const list = (code) => Array.from(code);
console.log(JSON.stringify({
  at: times_to_sample.map((t) => list(codeAt(path, t))),
  in_place: times_to_sample.map((t) => list(codeAt(path, t, in_place))),
  slerp: weights.map((t, i) => list(slerp(codes[i], codes[i + 1], t))),
  linear: u.map((_, i) => list(bilinear(table, dim, u[i], v[i], "linear"))),
  spherical: u.map((_, i) => list(bilinear(table, dim, u[i], v[i], "spherical"))),
}));
"""


def run_javascript(**given: Array) -> dict[str, Array]:
    script = SCRIPT % json.dumps(JS.as_uri())
    done = subprocess.run(
        [Path(sys.executable).with_name("node"), "--input-type=module", "--eval", script],
        input=json.dumps({k: np.asarray(v).tolist() for k, v in given.items()}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {k: np.array(v) for k, v in json.loads(done.stdout).items()}


def test_javascript_equals_python():
    codes = RNG.normal(size=(40, 16)).astype(np.float32)
    codes[5], codes[6], codes[8], codes[11] = 0, 2 * codes[7], -0.37 * codes[9], 0
    times = np.sort(RNG.uniform(-0.5, 1.5, 40))
    times_to_sample = np.concatenate([RNG.uniform(-1, 2, 60), times[[0, 7, 39]]])
    weights = RNG.uniform(-0.5, 1.5, 39)
    codes[15], weights[15] = 6 * codes[15], 1.5  # its norm would fall below 0
    u, v = np.concatenate([RNG.random((2, 40)), [[0, 1, 0, 1], [0, 0, 1, 1]]], axis=1)
    found = run_javascript(
        times=times, codes=codes, dim=16, times_to_sample=times_to_sample, weights=weights, u=u, v=v
    )
    path = LatentPath(kind="linear", times=times, codes=codes)
    expected = {
        "at": path.at(times_to_sample),
        "in_place": path.at(times_to_sample),
        "slerp": slerp(codes[:-1], codes[1:], weights),
        "linear": bilinear(codes[:4], u, v, "linear"),
        "spherical": bilinear(codes[:4], u, v, "spherical"),
    }
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=0, atol=1e-6, err_msg=name)
