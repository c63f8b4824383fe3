"""What ships beside a model is found in the cache, not computed again."""

from __future__ import annotations

import pytest

import latent_core as lc
from latent_core import workspace


def test_every_exported_name_exists():
    for name in lc.__all__:
        assert getattr(lc, name) is not None


@pytest.mark.parametrize("model_id", lc.list_models())
def test_every_model_ships_with_its_encodings_and_projections(model_id: str):
    model = lc.load_model(model_id)
    data = lc.load_dataset(model.card.dataset)
    keys = {path.stem for path in (model.card.folder / "store").glob("*.entry")}
    assert model.card.is_precomputed or workspace.encodings_key(model.card, data) in keys
    encodings = lc.encode(model, data)
    assert not model.card.decodes or workspace.errors_key(encodings) in keys
    assert not model.card.decodes or workspace.mixture_key(encodings) in keys
    assert not model.card.needs_inversion or workspace.self_inversion_errors_key(model.card) in keys
    specs = [lc.TSNE(n_components=2), lc.TSNE(n_components=3), lc.PCA(n_components=2)]
    specs += [lc.PCA(n_components=3)] if model.card.latent_dim > 2 else []
    for spec in specs:
        assert workspace.projection_key(encodings, spec) in keys
