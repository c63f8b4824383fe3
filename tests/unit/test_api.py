"""The functions that take plain arrays, and a model that is any object with three members."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import torch

import latent_core as lc
from latent_core import analysis, interpolation, workspace
from latent_core.analysis import latent_dimensions, traversal_codes
from latent_core.cache.store import Store
from latent_core.encoding import round_trip_distance
from latent_core.models import differentiable
from latent_core.models.inversion import InversionConfig

RNG = np.random.default_rng(0)
Z = RNG.normal(size=(120, 6)).astype(np.float32)
IMAGES = RNG.integers(0, 256, (40, 2, 3), np.uint8)


class Flatten:
    """A model of gray images of 2 × 3 pixels, whose code is the image; nothing of ours is in it."""

    def __init__(self, gain: float = 1.0) -> None:
        self.card = lc.ModelCard(id="flatten", image_shape=(1, 2, 3), latent_dim=6)
        self.gain, self.calls = gain, 0

    def encode(self, images):
        self.calls += 1
        return lc.Posterior(mean=self.gain * images.reshape(len(images), -1))

    def decode(self, codes):
        return (codes / self.gain).reshape(-1, 1, 2, 3).clip(0, 1)


def dataset(fingerprint: str = "a" * 64) -> lc.Dataset:
    return lc.Dataset(
        id="mine",
        title="Mine",
        count=len(IMAGES),
        image_shape=(1, 2, 3),
        read_images=lambda: IMAGES[:, None],
        fingerprint=fingerprint,
    )


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("LATENT_CACHE", str(tmp_path / "cache"))
    workspace.default_store.cache_clear()
    yield
    workspace.default_store.cache_clear()


# -- encode ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "images",
    [
        IMAGES,
        IMAGES[:, None],
        IMAGES[..., None],
        IMAGES[:, None] / 255,
        list(IMAGES),
        torch.from_numpy(IMAGES[:, None] / 255),
    ],
    ids=["gray", "channels first", "channels last", "float", "list", "tensor"],
)
def test_images_of_every_layout_give_the_same_codes(images):
    codes = lc.encode(Flatten(), images)
    np.testing.assert_allclose(codes.mean, IMAGES.reshape(40, 6) / 255, atol=1e-6)
    np.testing.assert_array_equal(np.asarray(codes), codes.mean)


def test_color_images_with_channels_last_are_those_with_channels_first():
    model, data = lc.load_model("furniture-vae-8"), lc.load_dataset("furniture")
    images = data.images_uint8[:3]
    expected = model.encode(data.images(slice(3))).mean
    for layout in (images, np.moveaxis(images, 1, -1), images / 255):
        np.testing.assert_allclose(lc.encode(model, layout).mean, expected, atol=1e-5)


def test_a_shape_that_is_both_is_that_of_the_model():
    model = Flatten()
    model.card = lc.ModelCard(id="flatten", image_shape=(3, 1, 3), latent_dim=9)
    images = RNG.uniform(size=(4, 3, 1, 3)).astype(np.float32)
    np.testing.assert_array_equal(lc.encode(model, images).mean, images.reshape(4, 9))


@pytest.mark.parametrize(
    ("images", "fact"),
    [
        (IMAGES[:, :1], r"\(1, 1, 3\)"),
        (IMAGES.astype(np.float32), "255"),
        (IMAGES[:0], "no images"),
        (np.full((2, 2, 3), np.nan), "NaN"),
        (["a", "b"], "four axes|numbers"),
        (None, "numbers"),
    ],
)
def test_unusable_images_are_refused(images, fact):
    with pytest.raises(lc.InvalidInputError, match=fact):
        lc.encode(Flatten(), images)


def test_large_arrays_are_encoded_in_batches_with_progress():
    model, seen = Flatten(), []
    images = np.zeros((600, 2, 3), np.uint8)
    codes = lc.encode(model, images, progress=lambda fraction, message: seen.append(fraction))
    assert (len(codes), model.calls, seen[-1]) == (600, 3, 1.0)


# -- any object with three members -------------------------------------------------------------


def test_a_plain_object_is_encoded_projected_traversed_and_reported():
    model, data = Flatten(), dataset()
    encodings = lc.encode(model, data)
    assert encodings.mean.shape == (40, 6)
    projection = lc.project(encodings, lc.PCA())
    assert projection.inverse_transform(projection.points[:2]).shape == (2, 6)
    errors = lc.reconstruction_errors(model, data, encodings)
    np.testing.assert_allclose(errors, 0, atol=1e-12)
    report = analysis.report_sample(model, data, encodings, errors, 3)
    np.testing.assert_allclose(report.reconstruction, report.image, atol=1e-6)
    values = traversal_codes(encodings.mean[0], 2, np.linspace(0, 1, 5))
    assert model.decode(values).shape == (5, 1, 2, 3)
    assert len(latent_dimensions(encodings)) == 6
    assert round_trip_distance(model, encodings.mean[:3]).max() < 1e-6
    assert set(lc.support(encodings).levels(encodings.mean)) >= {"near data"}


def test_what_cannot_be_identified_is_not_taken_from_the_cache(tmp_path):
    store = Store(tmp_path / "store")
    codes = [lc.encode(Flatten(gain), dataset(), store=store).mean for gain in (1.0, 2.0)]
    np.testing.assert_allclose(codes[1], 2 * codes[0])
    with_weights = lc.ModelCard(
        id="flatten", image_shape=(1, 2, 3), latent_dim=6, weights_sha256="b" * 64
    )
    assert workspace.encodings_key(with_weights, dataset())
    assert not workspace.encodings_key(with_weights, dataset(fingerprint=""))
    encodings = lc.encode(Flatten(), dataset(), store=store)
    lc.project(encodings, lc.PCA(), store=store)
    assert workspace.find_encodings(Flatten(), dataset(), store=store) is None
    assert workspace.find_projection(encodings, lc.PCA(), store=store) is None


def test_an_inversion_asks_for_gradients():
    with pytest.raises(lc.InvalidInputError, match="gradients"):
        differentiable(Flatten())


def test_gradients_are_enough_for_an_inversion():
    class Linear(torch.nn.Module):
        def decode(self, codes):
            return torch.sigmoid(codes).reshape(-1, 1, 2, 3)

    class WithGradients(Flatten):
        def decode(self, codes):
            return Linear().decode(torch.from_numpy(codes)).numpy()

        def run_on_network_thread(self, work):
            return work(Linear())

    images = RNG.uniform(0.3, 0.7, (2, 1, 2, 3)).astype(np.float32)
    found = lc.invert(WithGradients(), images, InversionConfig(n_starts=1, n_steps=200))
    assert found.errors.max() < 1e-4
    gan = WithGradients()
    gan.card = lc.ModelCard(id="gan", image_shape=(1, 2, 3), latent_dim=6, family="gan")
    assert lc.encode(gan, images).mean.shape == (2, 6)


def test_samples_come_from_the_prior_and_depend_on_the_seed():
    model = lc.load_model("digits-vae-2")
    codes = np.random.default_rng(4).standard_normal((3, 2), np.float32)
    np.testing.assert_array_equal(model.sample(3, random_state=4), model.decode(codes))
    assert np.abs(model.sample(3) - model.sample(3, random_state=1)).max() > 0.1
    with pytest.raises(lc.InvalidInputError, match="not trained with the prior"):
        lc.load_model("digits-ae-16").sample(3)


# -- codes -------------------------------------------------------------------------------------


def test_an_array_is_projected_by_a_method_or_its_id():
    expected = lc.PCA().fit_transform(Z)
    np.testing.assert_array_equal(lc.project(Z, lc.PCA()).points, expected)
    np.testing.assert_array_equal(lc.project(Z, "pca").points, expected)
    assert lc.project(Z).method == lc.TSNE()
    with pytest.raises(lc.UnknownNameError, match="Did you mean 'tsne'"):
        lc.project(Z, "tsn")


def test_a_code_of_the_data_scores_higher_than_one_far_from_it():
    found = lc.support(Z)
    near, far = found.score(np.stack([np.zeros(6), np.full(6, 50)]).astype(np.float32))
    assert (far, found.levels(np.full((1, 6), 50, np.float32))) == (0, ["far from data"])
    assert near > 0.5
    np.testing.assert_array_equal(found.score(Z), 1 - found.quantile(Z))


@pytest.mark.parametrize(
    ("y", "names"),
    [
        (Z[:, 0], ("y",)),
        (Z[:, :2], ("y0", "y1")),
        ({"age": Z[:, 0]}, ("age",)),
        (pd.DataFrame({"age": Z[:, 0], "sex": Z[:, 1] > 0}), ("age", "sex")),
        (list(Z[:, 0]), ("y",)),
    ],
)
def test_attributes_are_an_array_a_matrix_or_named(y, names):
    directions = lc.fit_attribute_directions(Z, y)
    assert directions.names == names
    moved = directions.move_to(Z[0], names[0], 1.5)
    np.testing.assert_allclose(directions.predict(moved[None])[0, 0], 1.5, atol=1e-4)


@pytest.mark.parametrize(
    "y", [["a"] * 120, [np.nan] * 120, Z[:5, 0], {"age": [None] * 120}, {"age": Z}]
)
def test_unusable_attributes_are_refused(y):
    with pytest.raises(lc.InvalidInputError):
        lc.fit_attribute_directions(Z, y)


def test_a_geodesic_path_takes_the_data_or_its_graph():
    graph = interpolation.build_neighbor_graph(Z, 8)
    paths = [
        lc.geodesic_path(Z[0], Z[1], Z, n_neighbors=8),
        lc.geodesic_path(Z[0], Z[1], graph),
        interpolation.geodesic_path(Z[0], Z[1], graph),
    ]
    for path in paths:
        np.testing.assert_array_equal(path.codes, paths[0].codes)
    np.testing.assert_array_equal(paths[0].at([0, 1]), Z[:2])
    for straight in (lc.linear_path(Z[0], Z[1]), lc.spherical_path(Z[0], Z[1])):
        assert straight.at([0.5]).shape == (1, 6)


def test_importing_the_functions_loads_nothing_heavy():
    heavy = "{'torch', 'sklearn', 'scipy', 'openTSNE', 'pandas'}"
    code = f"import sys; from latent_core import encode; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
