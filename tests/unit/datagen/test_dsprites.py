from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

import latent_core as lc
from datagen import dsprites
from latent_core.errors import InvalidInputError


def test_shipped_shapes_have_position_and_scale_of_their_factors():
    data = lc.load_dataset("dsprites")
    white = data.images_uint8[:, 0] > 0
    assert data.images_uint8.shape == (10_000, 1, 64, 64)
    assert set(np.unique(data.images_uint8)) == {0, 255}
    area = white.sum((1, 2))
    pixels = np.arange(64)
    for name, axis in (("x", 1), ("y", 2)):
        center = (white.sum(axis) * pixels).sum(1) / area
        assert np.corrcoef(center, data.factors[name])[0, 1] > 0.99
    squares = data.labels == 0
    assert np.corrcoef(area[squares], data.factors["scale"][squares] ** 2)[0, 1] > 0.99
    np.testing.assert_array_equal(data.labels, data.factors["shape"])


def test_training_images_exclude_the_shipped_ones():
    shipped = dsprites.sample_indices(10_000, 0, train=False)
    training = dsprites.sample_indices(50_000, 1, train=True)
    assert len(set(shipped) | set(training)) == 60_000
    with pytest.raises(InvalidInputError, match="727,280 such images, not 730,000"):
        dsprites.sample_indices(730_000, 1, train=True)
    np.testing.assert_array_equal(
        dsprites.factors_at(shipped)["scale"], lc.load_dataset("dsprites").factors["scale"]
    )


def test_a_file_that_is_not_dsprites_is_refused(tmp_path):
    np.savez(tmp_path / "some.npz", imgs=np.zeros((3, 64, 64), np.uint8))
    for path in (tmp_path / "some.npz", tmp_path / "none.npz"):
        with pytest.raises(InvalidInputError, match=r"dSprites'"):
            dsprites.read_images(path, np.arange(2))


def test_a_truncated_file_is_refused_and_not_read_forever(tmp_path):
    header = io.BytesIO()
    shape = (dsprites.N_IMAGES, 64, 64)
    fields = {"descr": "|u1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(header, fields)
    with zipfile.ZipFile(tmp_path / "short.npz", "w") as archive:
        archive.writestr("imgs.npy", header.getvalue() + bytes(64 * 64))
    with pytest.raises(InvalidInputError, match="ends too early"):
        dsprites.read_images(tmp_path / "short.npz", np.array([700_000]))
