"""Live objects as models: PyTorch modules, estimators of scikit-learn, functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch
from sklearn.decomposition import NMF, PCA, TruncatedSVD

import latent_core as lc
from latent_core.errors import InvalidInputError

pytestmark = pytest.mark.filterwarnings("ignore:The example is reconstructed")  # untrained
N, SHAPE, DIM = 40, (1, 8, 8), 5
IMAGES = np.random.default_rng(0).random((N, *SHAPE), np.float32)


class Parts(torch.nn.Module):
    """`encoder` and `decoder`, as most tutorials have them."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.encoder = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, DIM))
        self.decoder = torch.nn.Sequential(
            torch.nn.Linear(DIM, 64), torch.nn.Sigmoid(), torch.nn.Unflatten(1, SHAPE)
        )


@dataclass
class Output:
    embedding: Any
    log_covariance: Any


class Methods(Parts):
    """`encode` and `decode`, in one of the forms that libraries have."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form

    def encode(self, images: Any) -> Any:
        mean = self.encoder(images)
        log_var = torch.full_like(mean, -2.0)
        distribution = torch.distributions.Normal(mean, (0.5 * log_var).exp())
        return {
            "tuple": (mean, log_var),
            "data class": Output(mean, log_var),
            "distribution": distribution,
            "dictionary": {"mu": mean, "logvar": log_var},
        }[self.form]

    def decode(self, codes: Any) -> Any:
        images = self.decoder(codes)
        return {"reconstruction": images} if self.form == "data class" else images


def test_a_module_is_a_model_with_gradients() -> None:
    module = Parts()
    model = lc.wrap(module, example=IMAGES)
    with torch.inference_mode():
        expected = module.encoder(torch.from_numpy(IMAGES)).numpy()
    np.testing.assert_allclose(model.encode(IMAGES).mean, expected, atol=1e-6)
    assert model.card.family == "ae"
    assert model.card.latent_dim == DIM
    result = lc.invert(model, IMAGES[:2])
    assert (result.errors < np.mean((IMAGES[:2] - IMAGES.mean()) ** 2) * 4).all()


@pytest.mark.parametrize("form", ["tuple", "data class", "distribution", "dictionary"])
def test_a_posterior_is_read_in_each_form(form: str) -> None:
    model = lc.wrap(Methods(form), example=IMAGES)
    posterior = model.encode(IMAGES)
    assert model.card.family == "vae"
    assert posterior.log_var is not None
    np.testing.assert_allclose(posterior.log_var, -2, atol=1e-5)
    assert model.decode(posterior.mean).shape == (N, *SHAPE)


def test_batch_normalization_is_put_into_evaluation_mode() -> None:
    module = Parts()
    module.encoder.append(torch.nn.BatchNorm1d(DIM))
    model = lc.wrap(module.train(), example=IMAGES)
    np.testing.assert_allclose(
        model.encode(IMAGES[:1]).mean, model.encode(IMAGES).mean[:1], atol=1e-6
    )


@pytest.mark.parametrize(
    "estimator", [PCA(DIM), TruncatedSVD(DIM), NMF(DIM, max_iter=20_000, tol=1e-3, init="nndsvda")]
)
def test_an_estimator_of_scikit_learn(estimator: Any) -> None:
    flat = IMAGES.reshape(N, -1)
    estimator.fit(flat)
    model = lc.wrap(estimator, example=IMAGES)
    codes = estimator.transform(flat)
    np.testing.assert_allclose(model.encode(IMAGES).mean, codes, atol=1e-4)
    expected = np.clip(estimator.inverse_transform(codes), 0, 1).reshape(N, *SHAPE)
    np.testing.assert_allclose(model.decode(codes.astype("f4")), expected, atol=1e-4)


def test_functions_with_another_range_and_layout() -> None:
    def encode(pixels: Any) -> Any:
        assert pixels.shape[1:] == (8, 8, 1)
        assert pixels.min() < -0.9
        return pixels.reshape(len(pixels), -1)[:, :DIM]

    def decode(codes: Any) -> Any:
        return np.repeat(codes, 13, axis=1)[:, :64].reshape(-1, 8, 8, 1)

    model = lc.wrap(
        encode=encode, decode=decode, example=IMAGES, pixel_range=(-1, 1), layout="NHWC"
    )
    codes = model.encode(IMAGES).mean
    np.testing.assert_allclose(codes, IMAGES.reshape(N, -1)[:, :DIM] * 2 - 1, atol=1e-6)
    np.testing.assert_allclose(model.decode(codes)[:, 0, 0, 0], IMAGES[:, 0, 0, 0], atol=1e-6)


def test_a_decoder_of_logits_has_its_own_range() -> None:
    module = Parts()
    del module.decoder[1]  # the sigmoid
    model = lc.wrap(module, example=IMAGES, pixel_range=(-1, 1), output_range="logits")
    with torch.inference_mode():
        codes = module.encoder(torch.from_numpy(IMAGES * 2 - 1))
        expected = module.decoder(codes).sigmoid().numpy()
    np.testing.assert_allclose(model.decode(model.encode(IMAGES).mean), expected, atol=1e-5)


def test_a_model_that_is_worse_than_the_mean_image_is_warned_of() -> None:
    with pytest.warns(UserWarning, match="output_range"):
        lc.wrap(Parts(), example=IMAGES, output_range=(0, 255))


def test_the_verbs_take_a_wrapped_model() -> None:
    model = lc.wrap(Parts(), example=IMAGES)
    codes = lc.encode(model, IMAGES)
    assert lc.project(codes.mean, lc.PCA(n_components=2)).points.shape == (N, 2)


def test_two_models_have_two_fingerprints() -> None:
    one, other = Parts(), Parts()
    with torch.no_grad():
        other.decoder[0].bias += 1
    fingerprints = {lc.wrap(m, example=IMAGES).card.weights_sha256 for m in (one, other, Parts())}
    assert len(fingerprints) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({}, "nothing to wrap"),
        ({"model": torch.nn.Linear(2, 2)}, "neither encode and decode"),
        ({"decode": lambda z: z}, "not known"),
        ({"encode": lambda x: x[:1]}, "one for each"),
        ({"encode": lambda x: "text"}, "must give"),
        ({"encode": lambda x: 1 / 0}, "division by zero"),
        ({"model": Parts(), "pixel_range": (1, 0)}, "darkest"),
        ({"model": Parts(), "pixel_range": "[-1, 1]"}, "darkest"),
        ({"model": Parts(), "layout": "HW"}, "one of NCHW"),
    ],
)
def test_what_cannot_be_wrapped_is_said(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        lc.wrap(example=IMAGES, **arguments)
