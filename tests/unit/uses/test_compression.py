"""Bits of codes of known entropy, files of known size, and curves of a lossless model."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.uses.compression import (
    BITS_8,
    ENTROPY,
    FLOAT32,
    decoder_bytes,
    measure_compression,
)
from latent_core.uses.entropy_coding import fit_quantizer, quantize_8_bit
from latent_core.uses.image_codecs import (
    JPEG,
    QUALITIES,
    available_codecs,
    decode_file,
    encode_file,
    header_bytes,
    nearest_file,
)
from latent_core.uses.results import CODE, PCA, EncodedData
from tests.conftest import add_dataset


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.fixture
def smooth() -> np.ndarray:
    row = np.linspace(0, 255, 32)
    return ((row[:, None] + row) / 2)[None].astype(np.uint8)


def test_the_bits_of_a_normal_distribution_are_its_differential_entropy(rng):
    known, codes = rng.normal(size=(50_000, 3)), rng.normal(size=(5_000, 3))
    step = 0.1
    expected = 3 * (0.5 * np.log2(2 * np.pi * np.e) - np.log2(step))
    assert lc.code_bits(codes, known, step).mean() == pytest.approx(expected, rel=0.01)


def test_uniform_symbols_cost_the_logarithm_of_their_number():
    known = np.repeat(np.arange(8.0), 1000)[:, None]
    np.testing.assert_allclose(lc.code_bits([[0.0], [7.0]], known, 1), 3, atol=1e-6)


def test_a_dimension_that_varies_less_than_the_step_costs_nothing(rng):
    known = np.c_[rng.normal(size=(500, 1)), 5 + rng.uniform(-0.01, 0.01, (500, 1))]
    bits = lc.code_bits(known, known, 0.5)
    np.testing.assert_allclose(bits, lc.code_bits(known[:, :1], known[:, :1], 0.5), atol=1e-6)


def test_quantized_codes_are_within_half_a_step_and_outliers_in_the_last_bin(rng):
    known = rng.normal(size=(400, 4))
    quantizer = fit_quantizer(known, 0.2)
    restored = quantizer.dequantize(quantizer.quantize(known))
    assert np.abs(restored - known).max() <= 0.1 + 1e-6
    far = quantizer.dequantize(quantizer.quantize([[99.0] * 4]))
    assert (np.abs(far - known.max(axis=0)) <= 0.1 + 1e-6).all()
    assert np.isfinite(lc.code_bits([[99.0, -99, 0, 0]], known, 0.2)).all()


def test_8_bits_keep_a_255th_of_the_range(rng):
    known = np.c_[rng.uniform(-3, 5, (400, 2)), np.ones(400)]
    restored = quantize_8_bit(known, known)
    assert np.abs(restored - known).max() <= 0.5 * 8 / 255 + 1e-5
    assert len(np.unique(restored[:, 0])) <= 256
    np.testing.assert_array_equal(restored[:, 2], 1)


def test_steps_that_are_none_are_refused(rng):
    with pytest.raises(InvalidInputError, match="positive"):
        lc.code_bits(np.ones((2, 2)), np.ones((2, 2)), 0)
    with pytest.raises(InvalidInputError, match="bins"):
        fit_quantizer(np.array([[0.0], [1.0]]), 1e-9)
    with pytest.raises(InvalidInputError):
        fit_quantizer(np.zeros((0, 2)), 1)


@pytest.mark.parametrize("codec", available_codecs())
def test_files_grow_with_the_quality_and_hold_the_image(smooth, codec):
    for pixels in (smooth, np.repeat(smooth, 3, axis=0)):
        small, large = (encode_file(pixels, codec, quality) for quality in (1, 90))
        assert header_bytes(pixels.shape, codec, 1) < len(small) < len(large)
        decoded = decode_file(large, len(pixels))
        assert decoded.shape == pixels.shape
        assert np.abs(decoded.astype(int) - pixels).mean() < 4
    wanted = len(encode_file(smooth, codec, QUALITIES[codec][3]))
    nearest, counted = nearest_file(smooth, codec, wanted)
    assert counted == len(nearest) == wanted
    assert nearest_file(smooth, codec, 0, with_header=False)[1] < len(nearest)


def test_what_no_codec_writes_is_refused(smooth):
    with pytest.raises(UnknownNameError, match="JPEG"):
        encode_file(smooth, "JPG", 50)
    with pytest.raises(InvalidInputError, match="channels"):
        encode_file(np.zeros((2, 8, 8), np.uint8), JPEG, 50)


def test_a_lossless_model_loses_what_the_quantization_does(four):
    model, data = lc.load_model("four"), lc.load_dataset("four")
    encoded = EncodedData(model=model, data=data, encodings=workspace.encode(model, data))
    curves = {(c.source, c.storage): c for c in measure_compression(encoded)}
    assert [*curves][:4] == [(CODE, FLOAT32), (CODE, BITS_8), (CODE, ENTROPY), (PCA, ENTROPY)]
    assert (JPEG, "") in curves
    float32, entropy = curves[CODE, FLOAT32], curves[CODE, ENTROPY]
    assert (float32.n_bytes == 16).all()
    assert (curves[CODE, BITS_8].n_bytes == 4).all()
    assert float32.psnr.min() > 50
    assert (np.diff(entropy.n_bytes.mean(axis=1)) > 0).all()
    assert (np.diff(entropy.psnr.mean(axis=1)) > 0).all()
    mse = 10 ** (-entropy.psnr[-1] / 10)
    assert mse.mean() == pytest.approx(entropy.settings[-1] ** 2 / 12, rel=0.3), "uniform errors"
    pca = curves[PCA, ENTROPY]
    np.testing.assert_allclose(pca.psnr.mean(1), entropy.psnr.mean(1), atol=1, err_msg="a rotation")
    assert all((c.rows % 2 == 1).all() for c in curves.values())
    jpeg = curves[JPEG, ""]
    assert (jpeg.sizes(with_header=False) < jpeg.sizes()).all()
    again = measure_compression(encoded)[2]
    np.testing.assert_array_equal(again.n_bytes, entropy.n_bytes)
    assert decoder_bytes(model.card) == (model.card.weights.stat().st_size, True)


def test_too_few_images_are_refused(four):
    add_dataset(four / "data" / "few", 3)
    model, few = lc.load_model("four"), lc.load_dataset("few")
    with pytest.raises(InvalidInputError, match="compress"):
        measure_compression(
            EncodedData(model=model, data=few, encodings=workspace.encode(model, few))
        )
