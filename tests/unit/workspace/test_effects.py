"""Effects of attribute directions: stored, found again, said in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import latent_core as lc
from latent_core.cache.store import Store
from latent_core.workspace import effects, find_attribute_effects
from ui.attributes import attribute_groups

MODEL, DATA = "furniture-vae-8", "furniture"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, shipped=[])


def test_effects_are_read_from_decoded_images_and_found_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effects, "N_FITTED", 400)
    monkeypatch.setattr(effects, "evaluator_for", lambda _dataset: None)
    model, data = lc.load_model(MODEL), lc.load_dataset(DATA)
    encodings = lc.encode(model, data)
    assert find_attribute_effects(data, encodings, store=store) is None
    made = effects.attribute_effects(model, data, encodings, store=store)
    found = find_attribute_effects(data, encodings, store=store)
    assert found is not None
    np.testing.assert_array_equal(found.changes, made.changes)
    assert (found.names, found.read, found.reader) == (made.names, made.read, MODEL)
    assert found.changes.shape == (len(found.names), len(found.read))
    is_read = [(f, found.read.index(n)) for f, n in enumerate(found.names) if n in found.read]
    own = [found.changes[f, g] for f, g in is_read]
    assert np.mean(own) > 0.5, "each slider changes its own factor"

    monkeypatch.setattr(attribute_groups, "find_attribute_effects", lambda *_: found)
    sliders = attribute_groups.attribute_group(data, encodings).sliders
    for f, g in is_read:
        others = np.delete(np.abs(found.changes[f]), g)
        assert bool(sliders[f].caption) == (others.max() >= attribute_groups.MIN_EFFECT)
        assert MODEL in sliders[f].leakage_note
