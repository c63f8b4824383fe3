"""Every guise of a pair is found out and rebuilds images as its own framework does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto

import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.models.onnx.process import OnnxProcess
from latent_core.opening.ids import on_taken_title
from latent_core.opening.models.inspection import inspect_model
from tests.artefacts.linear_onnx import Guise, Pca, pair

DIMS, SPATIAL = 120, (30, 2, 2)
SIGNED, BYTES = {"scale": 2.0, "offset": -1.0}, {"scale": 255.0}
GUISES = {
    "plain": Guise(),
    "signed": Guise(**SIGNED),
    "bytes": Guise(**BYTES),
    "channels last": Guise(layout="NHWC"),
    "channels last, bytes": Guise(layout="NHWC", **BYTES),
    "flat": Guise(layout="flat", **SIGNED),
    "no channel axis": Guise(layout="NHW"),
    "logits": Guise(is_logit=True),
    "signed in, unit range out": Guise(**SIGNED, out_scale=1.0, out_offset=0.0),
    "unit range in, signed out": Guise(out_scale=2.0, out_offset=-1.0),
    "uint8 input": Guise(input_type=TensorProto.UINT8, **BYTES),
    "double input": Guise(input_type=TensorProto.DOUBLE),
    "half input": Guise(input_type=TensorProto.FLOAT16),
    "fixed batch": Guise(batch=1, **SIGNED),
    "fixed batch of 4": Guise(batch=4),
    "mean, log-variance and sample": Guise(extra="outputs", **SIGNED),
    "moments": Guise(extra="moments"),
    "spatial": Guise(latent_shape=SPATIAL, **SIGNED),
    "spatial moments": Guise(latent_shape=SPATIAL, extra="moments"),
}


@pytest.fixture(scope="module")
def digits() -> lc.Dataset:
    return lc.load_dataset("digits")


@pytest.fixture(scope="module")
def pca(digits: lc.Dataset) -> Pca:
    return Pca.fit(digits.images(slice(2000)), DIMS)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATENT_HOME", str(tmp_path))


@pytest.mark.parametrize("guise", GUISES.values(), ids=list(GUISES))
def test_a_guise_is_found_out(pca: Pca, digits: lc.Dataset, guise: Guise) -> None:
    draft = inspect_model(pair(pca, guise), datasets=["digits"])
    best = draft.probe.hypotheses[0]
    assert draft.probe.is_decided, [(h.error, h.description) for h in draft.probe.hypotheses[:3]]
    assert best.decoder is not None
    assert best.decoder.pixels.is_logit == guise.is_logit
    model = lc.load_model(draft.save("Mine"))
    images = digits.images(slice(40))
    expected = pca.encode(images)
    found = model.encode(images)
    tolerance = 5e-3 if guise.input_type == TensorProto.FLOAT16 else 1e-4
    np.testing.assert_allclose(found.mean, expected, atol=tolerance)
    np.testing.assert_allclose(
        model.decode(found.mean), pca.decode(expected), atol=2e-4 + tolerance / 10
    )
    has_log_var = guise.extra in ("outputs", "moments")
    assert (found.log_var is not None) == has_log_var
    assert model.card.family == ("vae" if has_log_var else "ae")
    if has_log_var:
        np.testing.assert_allclose(found.log_var, -2, atol=1e-6)
    assert tuple(model.card.architecture["latent_shape"]) == (guise.latent_shape or (DIMS,))


def test_blue_first_is_found_out() -> None:
    faces = lc.load_dataset("faces")
    pca = Pca.fit(faces.images(slice(300)), DIMS)
    draft = inspect_model(pair(pca, Guise(is_bgr=True, **SIGNED)), datasets=["faces"])
    best = draft.probe.hypotheses[0]
    assert best.encoder is not None
    assert best.encoder.pixels.is_bgr
    assert best.encoder.pixels.range_name == "[-1, 1]"


def test_the_data_set_with_the_least_error_is_taken(pca: Pca) -> None:
    assert inspect_model(pair(pca, Guise())).dataset_id == "digits"


def test_an_encoder_that_samples_is_warned_of(pca: Pca) -> None:
    draft = inspect_model(pair(pca, Guise(extra="sample")), datasets=["digits"])
    assert any("samples" in text for text in draft.probe.warnings)


def test_an_untrained_pair_is_not_decided(digits: lc.Dataset, pca: Pca) -> None:
    random = np.random.default_rng(0).normal(size=pca.components.shape).astype("f4")
    untrained = Pca(pca.mean * 0, random, pca.shape)
    draft = inspect_model(pair(untrained, Guise()), datasets=["digits"])
    assert not draft.probe.is_decided
    assert draft.probe.hypotheses[0].error >= draft.probe.error_of_mean_image


def test_a_decoder_alone_opens_as_a_generator(pca: Pca) -> None:
    files = {"decoder.onnx": pair(pca, Guise(**SIGNED))["decoder.onnx"]}
    draft = inspect_model(files, datasets=["digits"])
    best = draft.probe.hypotheses[0]
    assert best.decoder is not None
    assert best.error < 0.8 * draft.probe.hypotheses[1].error
    assert best.decoder.pixels.range_name == "[-1, 1]"
    model = lc.load_model(draft.save("Mine"))
    codes = np.random.default_rng(1).normal(size=(5, DIMS)).astype("f4")
    np.testing.assert_allclose(model.decode(codes), pca.decode(codes), atol=1e-4)
    assert model.card.family == "gan"


def test_an_encoder_alone_is_asked_about(pca: Pca) -> None:
    files = {"encoder.onnx": pair(pca, Guise())["encoder.onnx"]}
    draft = inspect_model(files, datasets=["digits"])
    assert not draft.probe.is_decided
    assert not lc.load_card(draft.save("Mine", choice=0)).decodes


def test_the_browser_gets_the_decoder_as_it_is_checked(pca: Pca) -> None:
    from latent_core.models.onnx_export import decoder_with_weights, run_decoder

    card = lc.load_card(inspect_model(pair(pca, Guise(**SIGNED)), datasets=["digits"]).save("Mine"))
    content = decoder_with_weights(card)
    assert content is not None
    codes = np.random.default_rng(1).normal(size=(5, DIMS)).astype("f4")
    np.testing.assert_allclose(run_decoder(content, codes), pca.decode(codes), atol=1e-5)


def test_a_fixed_batch_of_one_is_freed(pca: Pca) -> None:
    draft = inspect_model(pair(pca, Guise(batch=1)), datasets=["digits"])
    assert draft.probe.fixed_batch == 0
    process = OnnxProcess(draft.graphs)
    assert process.signature("decoder").inputs[0].shape == (None, DIMS)
    process.close()


def test_a_decoder_alone_asks_for_its_data(pca: Pca) -> None:
    files = {"decoder.onnx": pair(pca, Guise())["decoder.onnx"]}
    assert not inspect_model(files).probe.is_decided
    with pytest.raises(InvalidInputError, match="which data"):
        lc.open_model(files)


def test_a_log_variance_is_no_code_of_an_encoder_alone(pca: Pca) -> None:
    files = {"encoder.onnx": pair(pca, Guise(extra="outputs"))["encoder.onnx"]}
    found = inspect_model(files, datasets=["digits"]).probe.hypotheses
    assert {h.encoder.mean for h in found if h.encoder is not None} == {"z_mean"}


def test_a_second_model_of_a_title_gets_another_id_and_that_is_said(pca: Pca) -> None:
    draft = inspect_model(pair(pca, Guise()), datasets=["digits"])
    assert on_taken_title("Mine", "model") == ""
    assert draft.save("Mine") == "mine"
    assert "'mine-2'" in on_taken_title("Mine", "model")
    assert draft.save("Mine") == "mine-2"
