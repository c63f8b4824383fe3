"""Corruptions of known statistics, and restorations whose quality is known."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.uses import denoising
from latent_core.uses.corruptions import AMOUNTS
from latent_core.uses.denoising import (
    CLEAN_CODE,
    CODE,
    CORRUPTED,
    GAUSSIAN,
    MEDIAN,
    PCA,
    measure_denoising,
    restore_examples,
)
from latent_core.uses.image_filters import median_filter
from latent_core.uses.results import EncodedData
from tests.conftest import add_dataset, add_model


@pytest.fixture
def gray() -> np.ndarray:
    return np.full((20, 3, 32, 32), 0.25, np.float32)


@pytest.fixture
def encoded(four) -> EncodedData:
    model, data = lc.load_model("four"), lc.load_dataset("four")
    return EncodedData(model=model, data=data, encodings=workspace.encode(model, data))


def test_amounts_are_the_statistics_that_they_name(gray):
    assert (lc.corrupt(gray, "noise", 0.05) - gray).std() == pytest.approx(0.05, rel=0.02)
    speckled = lc.corrupt(gray, "salt-and-pepper", 0.2)
    is_replaced = (speckled != 0.25).any(axis=1)
    assert is_replaced.mean() == pytest.approx(0.2, abs=0.01)
    assert set(np.unique(speckled)) == {0, 0.25, 1}
    occluded = lc.corrupt(gray, "occlusion", 0.5)
    np.testing.assert_array_equal((occluded == 0.5).sum(axis=(1, 2, 3)), 3 * 16 * 16)
    point = np.zeros((1, 1, 65, 65), np.float32)
    point[0, 0, 32, 32] = 1
    row = lc.corrupt(point, "blur", 0.05)[0, 0].sum(axis=0)
    assert np.sqrt((row * (np.arange(65) - 32) ** 2).sum()) == pytest.approx(0.05 * 65, rel=0.02)


@pytest.mark.parametrize("kind", AMOUNTS)
def test_an_image_is_corrupted_alike_whichever_others_are_given(gray, kind):
    images = gray * np.linspace(0.2, 3, 20, dtype=np.float32)[:, None, None, None]
    all_ = lc.corrupt(images, kind, 0.3)
    some = lc.corrupt(images[[7, 3]], kind, 0.3, indices=[7, 3])
    np.testing.assert_array_equal(some, all_[[7, 3]])
    np.testing.assert_array_equal(lc.corrupt(images, kind, 0), images)
    assert all_.dtype == np.float32


def test_bad_corruptions_are_refused(gray):
    with pytest.raises(UnknownNameError, match="occlusion"):
        lc.corrupt(gray, "ocl", 0.3)
    with pytest.raises(InvalidInputError, match="not 1"):
        lc.corrupt(gray, "noise", 1.5)
    with pytest.raises(InvalidInputError, match="20 images"):
        lc.corrupt(gray, "noise", 0.5, indices=[1])


def test_a_median_removes_single_pixels(gray):
    speckled = gray.copy()
    speckled[:, :, 5, 5] = 1
    np.testing.assert_array_equal(median_filter(speckled, 3), gray)


def test_a_lossless_model_leaves_the_corruption(encoded):
    found = {r.method: r for r in measure_denoising(encoded, "noise", 0.2)}
    assert list(found) == [CORRUPTED, CODE, MEDIAN, GAUSSIAN, PCA, CLEAN_CODE]
    np.testing.assert_allclose(found[CODE].psnr, found[CORRUPTED].psnr, atol=1e-2)
    assert found[CLEAN_CODE].psnr.min() > 50
    assert all((r.rows % 2 == 1).all() for r in found.values()), "measured on test images"
    assert found[MEDIAN].n_choosing == denoising.MAX_CHOOSING
    images = restore_examples(encoded, tuple(found.values()), "noise", 0.2, found[CODE].rows)
    clean = encoded.data.images(found[CODE].rows)
    np.testing.assert_allclose(lc.psnr(clean, images[MEDIAN]), found[MEDIAN].psnr, atol=1e-4)
    again = measure_denoising(encoded, "noise", 0.2)
    np.testing.assert_array_equal(again[2].ssim, found[MEDIAN].ssim)


def test_what_cannot_be_restored_is_refused(four, encoded):
    add_model(four / "models" / "only", family="gan")
    with pytest.raises(InvalidInputError, match="autoencoder"):
        lc.denoise(lc.load_model("only"), encoded.data.images(slice(2)))
    add_dataset(four / "data" / "few", 3)
    few = lc.load_dataset("few")
    model = encoded.model
    with pytest.raises(InvalidInputError, match="restore"):
        measure_denoising(
            EncodedData(model=model, data=few, encodings=workspace.encode(model, few)), "blur", 0.1
        )
