from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from PIL import Image

from latent_core.interpolation import linear_path
from latent_core.io.export import codes_csv, codes_npz, codes_parquet, images_zip, path_npz
from latent_core.types import Posterior

RNG = np.random.default_rng(0)
CODES = Posterior(
    mean=RNG.normal(size=(3, 4)).astype(np.float32), log_var=np.zeros((3, 4), np.float32)
)
NAMES = ["a.png", "=1+1", "ü"]


def test_npz_needs_no_pickle():
    arrays = np.load(io.BytesIO(codes_npz(NAMES, CODES)), allow_pickle=False)
    np.testing.assert_array_equal(arrays["mean"], CODES.mean)
    np.testing.assert_array_equal(arrays["log_var"], CODES.log_var)
    assert arrays["name"].tolist() == NAMES


def test_csv_has_the_codes_and_no_formula():
    frame = pd.read_csv(io.BytesIO(codes_csv(NAMES, CODES)))
    np.testing.assert_allclose(frame[[f"z{i + 1}" for i in range(4)]], CODES.mean, rtol=1e-6)
    assert frame["name"].tolist() == ["a.png", "'=1+1", "ü"]


def test_parquet_has_the_codes():
    table = pq.read_table(io.BytesIO(codes_parquet(NAMES, CODES)))
    assert table["name"].to_pylist() == NAMES
    np.testing.assert_array_equal(table["z3"].to_numpy(), CODES.mean[:, 2])


def test_the_zip_has_numbered_images():
    images = RNG.integers(0, 256, (2, 1, 5, 4)) / np.float32(255)
    with zipfile.ZipFile(io.BytesIO(images_zip(images.astype(np.float32)))) as archive:
        assert archive.namelist() == ["001.png", "002.png"]
        pixels = np.asarray(Image.open(io.BytesIO(archive.read("002.png"))))
    np.testing.assert_array_equal(pixels, np.rint(images[1, 0] * 255))


def test_a_path_is_exported_with_its_metadata():
    path = linear_path(RNG.normal(size=4), RNG.normal(size=4))
    meta = {"model": "digits-vae-16", "title": "Ü → 8", "fps": 12.5}
    arrays = np.load(io.BytesIO(path_npz(path.codes, path.times, meta)), allow_pickle=False)
    np.testing.assert_array_equal(arrays["codes"], path.codes)
    np.testing.assert_array_equal(arrays["times"], path.times)
    assert json.loads(str(arrays["meta"])) == meta
