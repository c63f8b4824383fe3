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
from latent_core.models.inversion import InversionConfig
from tests.conftest import add_dataset, add_model


class Counting:
    """A model that counts the pictures it encodes."""

    def __init__(self, model):
        self.card, self._model, self.seen = model.card, model, 0

    def encode(self, images, *, progress=None):
        self.seen += len(images)
        return self._model.encode(images)

    def decode(self, codes):
        return self._model.decode(codes)


def test_encodings_are_the_model_s_codes_and_computed_once(four_model, store):
    model, data = Counting(four_model), lc.load_dataset("four")
    first = lc.encode(model, data, store=store)
    again = lc.encode(model, data, store=store)
    np.testing.assert_array_equal(first.mean, four_model.encode(data.images()).mean)
    np.testing.assert_array_equal(first.mean, again.mean)
    assert model.seen == len(data) == 300
    assert not first.mean.flags.writeable


def test_an_interrupted_encoding_goes_on_where_it_stopped(four_model, store, monkeypatch):
    monkeypatch.setattr(encoding, "CHUNK_SIZE", 50)
    monkeypatch.setattr(encoding, "BATCH_SIZE", 25)
    model, data = Counting(four_model), lc.load_dataset("four")

    def stop_at_half(fraction, words):
        if fraction > 0.5:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        lc.encode(model, data, progress=stop_at_half, store=store)
    before, model.seen = model.seen, 0
    encodings = lc.encode(model, data, store=store)
    assert before == 175
    assert model.seen == 300 - 150
    np.testing.assert_array_equal(encodings.mean, four_model.encode(data.images()).mean)
    assert len(store.entries()) == 1, "finished parts are swept once the whole is kept"


@pytest.mark.parametrize("batch_size", [1, 7, 64, 1000])
def test_the_batch_size_changes_nothing(four_model, monkeypatch, batch_size):
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
def test_each_thing_it_depends_on_changes_the_key(four, change):
    data = lc.load_dataset("four")
    before = workspace.encodings_key(lc.load_card("four"), data)
    path = four / "models" / "four" / "card.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert workspace.encodings_key(lc.load_card("four"), data) != before


def test_the_data_change_the_key(four):
    add_dataset(four / "data" / "other", count=299)
    card = lc.load_card("four")
    keys = {workspace.encodings_key(card, lc.load_dataset(name)) for name in ("four", "other")}
    assert len(keys) == 2


def test_the_title_does_not_change_the_key(four):
    data = lc.load_dataset("four")
    add_model(four / "models" / "twin", title="Another name")
    twins = [workspace.encodings_key(lc.load_card(name), data) for name in ("four", "twin")]
    assert twins[0] == twins[1]


def test_errors_are_those_of_each_picture(four_model, store):
    data = lc.load_dataset("four")
    encodings = lc.encode(four_model, data, store=store)
    errors = lc.reconstruction_errors(four_model, data, encodings, store=store)
    decoded = four_model.decode(encodings.mean)
    np.testing.assert_allclose(errors, per_image_mse(data.images(), decoded), atol=1e-9)


def test_data_of_another_shape_are_refused(four_model, store, monkeypatch):
    monkeypatch.delenv("LATENT_DATA")
    with pytest.raises(InvalidInputError, match="takes"):
        lc.encode(four_model, lc.load_dataset("digits"), store=store)


def test_a_map_is_computed_once_and_found(four_model, store):
    encodings = lc.encode(four_model, lc.load_dataset("four"), store=store)
    assert workspace.find_projection(encodings, lc.PCA(n_components=2), store=store) is None
    made = lc.project(encodings, lc.PCA(n_components=2), store=store)
    found = workspace.find_projection(encodings, lc.PCA(n_components=2), store=store)
    np.testing.assert_array_equal(made.points, found.points)
    np.testing.assert_allclose(found.transform(encodings.mean[:5]), made.points[:5], atol=1e-5)


def test_what_ships_is_found_under_the_same_key(four_model, store):
    data = lc.load_dataset("four")
    folder = workspace.precompute(
        four_model, data, [lc.PCA(n_components=2)], lambda fraction, words: None
    )
    assert folder.is_dir()
    model = Counting(four_model)
    encodings = lc.encode(model, data)
    assert model.seen == 0
    assert workspace.find_projection(encodings, lc.PCA(n_components=2)) is not None


def test_what_ships_is_half_as_large_where_that_does_not_tell(four_model):
    data, spec = lc.load_dataset("four"), lc.PCA(n_components=2)
    exact = four_model.encode(data.images()).mean
    workspace.precompute(four_model, data, [spec], lambda fraction, words: None)
    folder = Store(four_model.card.folder / "store", shipped=[])
    encodings = lc.encode(four_model, data, store=folder)
    made = workspace.find_projection(encodings, spec, store=folder)
    assert folder.get(encodings.fingerprint).arrays["mean"].dtype == np.float16
    assert folder.get(made.fingerprint).arrays["points"].dtype == np.float16
    assert encodings.mean.dtype == made.points.dtype == np.float32
    assert 0 < np.abs(encodings.mean - exact).max() < 0.01 * exact.std()
    wide = CacheEntry(arrays={"points": np.array([[0, 1], [1e6, 2]], np.float32)}, meta={})
    assert workspace._in_half(wide).arrays["points"].dtype == np.float32, "it would overflow"


def test_damaged_shipped_encodings_are_computed_anew(four_model):
    data = lc.load_dataset("four")
    folder = workspace.precompute(four_model, data, [], lambda fraction, words: None)
    for path in folder.glob("*.entry"):
        path.write_bytes(path.read_bytes()[:-3])
    model = Counting(four_model)
    assert len(lc.encode(model, data)) == 300
    assert model.seen == 300


def test_what_a_search_can_reach_is_measured_once_and_ships(four_model, store, monkeypatch):
    monkeypatch.setattr(workspace.inversion, "N_SELF_SAMPLES", 8)
    measured = workspace.self_inversion_errors(four_model, store=store)
    np.testing.assert_array_equal(measured, workspace.inversion.self_inversion_errors(four_model))
    monkeypatch.setattr(workspace.inversion, "self_inversion_errors", None)
    np.testing.assert_array_equal(
        workspace.self_inversion_errors(four_model, store=store), measured
    )
    assert measured.max() < 2e-3, "but for the pull, a linear model finds its own samples"


def test_all_that_a_found_code_depends_on_changes_its_key(four):
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
