from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import latent_core as lc
from latent_core import encoding, workspace
from latent_core.cache.store import CacheEntry, Store
from latent_core.errors import CancelledError, InvalidInputError
from latent_core.metrics import per_image_mse
from latent_core.models import inversion
from latent_core.models.inversion import InversionConfig
from latent_core.workspace import measurements, precomputation
from tests.conftest import add_dataset, add_model


class CountingModel:
    """A model that counts the images it encodes."""

    def __init__(self, model):
        self.card, self._model, self.n_encoded = model.card, model, 0

    def encode(self, images, *, progress=None):
        self.n_encoded += len(images)
        return self._model.encode(images)

    def decode(self, codes):
        return self._model.decode(codes)


def test_encodings_are_computed_once(four_model, store):
    model, data = CountingModel(four_model), lc.load_dataset("four")
    first = lc.encode(model, data, store=store)
    second = lc.encode(model, data, store=store)
    np.testing.assert_array_equal(first.mean, four_model.encode(data.images()).mean)
    np.testing.assert_array_equal(first.mean, second.mean)
    assert model.n_encoded == len(data) == 300
    assert not first.mean.flags.writeable


def test_an_interrupted_encoding_resumes(four_model, store, monkeypatch):
    monkeypatch.setattr(encoding, "CHUNK_SIZE", 50)
    monkeypatch.setattr(encoding, "BATCH_SIZE", 25)
    model, data = CountingModel(four_model), lc.load_dataset("four")

    def stop_at_half(fraction, words):
        if fraction > 0.5:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        lc.encode(model, data, progress=stop_at_half, store=store)
    before, model.n_encoded = model.n_encoded, 0
    encodings = lc.encode(model, data, store=store)
    assert before == 175
    assert model.n_encoded == 300 - 150
    np.testing.assert_array_equal(encodings.mean, four_model.encode(data.images()).mean)
    assert len(store.entries()) == 1, "parts are deleted once the encoding is complete"


@pytest.mark.parametrize("batch_size", [1, 7, 64, 1000])
def test_codes_do_not_depend_on_the_batch_size(four_model, monkeypatch, batch_size):
    monkeypatch.setattr(encoding, "BATCH_SIZE", batch_size)
    data = lc.load_dataset("four")
    codes = encoding.encode_images(four_model, data).mean
    np.testing.assert_allclose(codes, four_model.encode(data.images()).mean, atol=1e-6)


def test_progress_reaches_the_end(four_model, store):
    fractions = []
    lc.encode(
        four_model,
        lc.load_dataset("four"),
        progress=lambda fraction, words: fractions.append(fraction),
        store=store,
    )
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


@pytest.mark.parametrize(
    "change", [{"preprocessing": {"color": "rgb"}}, {"weights": {"sha256": "0"}}]
)
def test_every_dependency_changes_the_key(four, change):
    data = lc.load_dataset("four")
    before = workspace.encodings_key(lc.load_card("four"), data)
    path = four / "models" / "four" / "card.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert workspace.encodings_key(lc.load_card("four"), data) != before


def test_other_data_change_the_key(four):
    add_dataset(four / "data" / "other", count=299)
    card = lc.load_card("four")
    keys = {workspace.encodings_key(card, lc.load_dataset(name)) for name in ("four", "other")}
    assert len(keys) == 2


def test_the_title_does_not_change_the_key(four):
    data = lc.load_dataset("four")
    add_model(four / "models" / "twin", title="Another name")
    twins = [workspace.encodings_key(lc.load_card(name), data) for name in ("four", "twin")]
    assert twins[0] == twins[1]


def test_reconstruction_errors_are_per_image(four_model, store):
    data = lc.load_dataset("four")
    encodings = lc.encode(four_model, data, store=store)
    errors = lc.reconstruction_errors(four_model, data, encodings, store=store)
    decoded = four_model.decode(encodings.mean)
    np.testing.assert_allclose(errors, per_image_mse(data.images(), decoded), atol=1e-9)


def test_data_of_another_shape_are_rejected(four_model, store, monkeypatch):
    monkeypatch.delenv("LATENT_DATA")
    with pytest.raises(InvalidInputError, match="takes"):
        lc.encode(four_model, lc.load_dataset("digits"), store=store)


def test_a_projection_is_computed_once(four_model, store):
    encodings = lc.encode(four_model, lc.load_dataset("four"), store=store)
    assert workspace.find_projection(encodings, lc.PCA(n_components=2), store=store) is None
    projection = lc.project(encodings, lc.PCA(n_components=2), store=store)
    found = workspace.find_projection(encodings, lc.PCA(n_components=2), store=store)
    np.testing.assert_array_equal(projection.points, found.points)
    np.testing.assert_allclose(
        found.transform(encodings.mean[:5]), projection.points[:5], atol=1e-5
    )


def test_a_projection_is_stored_before_it_is_measured(four_model, store):
    encodings = lc.encode(four_model, lc.load_dataset("four"), store=store)
    spec = lc.PCA(n_components=2)

    def stop(fraction, message):
        if message == "Measuring trustworthiness":
            raise CancelledError("stopped")

    unmeasured = lc.project(encodings, spec, progress=stop, store=store)
    found = workspace.find_projection(encodings, spec, store=store)
    assert unmeasured.quality is found.quality is None
    measured = workspace.measure_quality(found, store=store)
    assert measured.quality.n_neighbors == 10
    assert workspace.find_projection(encodings, spec, store=store).quality == measured.quality
    assert lc.project(encodings, spec, progress=stop, store=store).quality == measured.quality


def test_a_precomputed_projection_is_that_of_the_precomputed_codes(four_model, store):
    data, spec = lc.load_dataset("four"), lc.PCA(n_components=2)
    workspace.precompute(four_model, data, [spec], lambda fraction, words: None)
    shipped = Store(four_model.card.folder / "store")
    encodings = workspace.find_encodings(four_model, data, store=shipped)
    projection = workspace.find_projection(encodings, spec, store=shipped)
    again = lc.project(encodings, spec, store=store)
    assert projection.quality == again.quality
    np.testing.assert_array_equal(projection.points, again.points.astype(np.float16))


def test_precomputed_results_are_found(four_model, store):
    data = lc.load_dataset("four")
    folder = workspace.precompute(
        four_model, data, [lc.PCA(n_components=2)], lambda fraction, words: None
    )
    assert folder.is_dir()
    model = CountingModel(four_model)
    encodings = lc.encode(model, data)
    assert model.n_encoded == 0
    assert workspace.find_projection(encodings, lc.PCA(n_components=2)) is not None


def test_precomputed_results_have_half_precision_where_it_suffices(four_model):
    data, spec = lc.load_dataset("four"), lc.PCA(n_components=2)
    exact = four_model.encode(data.images()).mean
    workspace.precompute(four_model, data, [spec], lambda fraction, words: None)
    folder = Store(four_model.card.folder / "store", shipped=[])
    encodings = lc.encode(four_model, data, store=folder)
    projection = workspace.find_projection(encodings, spec, store=folder)
    assert folder.get(encodings.fingerprint).arrays["mean"].dtype == np.float16
    assert folder.get(projection.fingerprint).arrays["points"].dtype == np.float16
    assert encodings.mean.dtype == projection.points.dtype == np.float32
    assert 0 < np.abs(encodings.mean - exact).max() < 0.01 * exact.std()
    wide = CacheEntry(arrays={"points": np.array([[0, 1], [1e6, 2]], np.float32)}, meta={})
    assert precomputation._in_half_precision(wide).arrays["points"].dtype == np.float32, (
        "it would overflow"
    )


def test_a_missing_mixture_is_added_and_the_other_results_keep_their_bytes(four_model):
    data = lc.load_dataset("four")
    folder = workspace.precompute(four_model, data, [], lambda fraction, words: None)
    before = {path.name: path.read_bytes() for path in folder.glob("*.entry")}
    path = workspace.add_mixture(four_model, data, lambda fraction, words: None)
    assert path is None, "it is precomputed with the others"
    encodings = lc.encode(four_model, data, store=Store(folder, shipped=[]))
    mixture = folder / f"{workspace.mixture_key(encodings)}.entry"
    mixture.unlink()
    assert workspace.add_mixture(four_model, data, lambda fraction, words: None) == mixture
    assert {path.name: path.read_bytes() for path in folder.glob("*.entry")} == before


def test_damaged_precomputed_encodings_are_computed_again(four_model):
    data = lc.load_dataset("four")
    folder = workspace.precompute(four_model, data, [], lambda fraction, words: None)
    for path in folder.glob("*.entry"):
        path.write_bytes(path.read_bytes()[:-3])
    model = CountingModel(four_model)
    assert len(lc.encode(model, data)) == 300
    assert model.n_encoded == 300


def test_self_inversion_errors_are_computed_once(four_model, store, monkeypatch):
    monkeypatch.setattr(inversion, "N_SELF_SAMPLES", 8)
    measured = workspace.self_inversion_errors(four_model, store=store)
    np.testing.assert_array_equal(measured, inversion.self_inversion_errors(four_model))
    monkeypatch.setattr(inversion, "self_inversion_errors", None)
    np.testing.assert_array_equal(
        workspace.self_inversion_errors(four_model, store=store), measured
    )
    assert measured.max() < 2e-3, "up to the prior term, inversion of a linear model is exact"


def test_every_dependency_of_an_inversion_changes_its_key(four):
    card, image = lc.load_card("four"), np.zeros((1, 2, 2), np.float32)
    first = np.ones(4, np.float32)
    keys = [
        workspace.inversion_key(card, image, InversionConfig(), None),
        workspace.inversion_key(card, image + 1e-7, InversionConfig(), None),
        workspace.inversion_key(card, image, InversionConfig(n_steps=149), None),
        workspace.inversion_key(card, image, InversionConfig(), first),
        workspace.inversion_key(card, image, InversionConfig(), first + 1),
        workspace.inversion_key(replace(card, weights_sha256="0"), image, InversionConfig(), None),
    ]
    assert len(set(keys)) == len(keys)
    assert workspace.inversion_key(card, image.copy(), InversionConfig(), None) == keys[0]


def test_pixel_probes_are_computed_once(four, store, monkeypatch):
    data = lc.load_dataset("four")
    metrics = workspace.pixel_probes(data, store=store)
    accuracy, std = metrics["linear accuracy"]
    assert 0 <= accuracy <= 1
    assert std >= 0
    monkeypatch.setattr(measurements, "probes_of", None)
    assert workspace.pixel_probes(data, store=store) == metrics
