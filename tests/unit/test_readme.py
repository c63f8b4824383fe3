from __future__ import annotations

import re
from pathlib import Path

import pytest

import latent_core as lc
from latent_core.cli import model_table
from latent_core.io.limits import UploadLimits

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_models_is_what_the_cards_say():
    assert model_table() in README


def test_the_lines_of_the_library_run():
    lines = re.search(r"(    import latent_core as lc\n(?:    .*\n)+)", README)
    assert lines
    names: dict[str, object] = {}
    exec("\n".join(line[4:] for line in lines[1].splitlines()), names)  # noqa: S102 - it is ours
    assert names["points"].shape == (8, 2)
    assert names["images"].shape == (8, 1, 28, 28)
    assert names["codes"].shape == (8, 16)
    assert names["frames"].shape == (3, 1, 28, 28)
    assert names["siblings"].shape == (8, 1, 28, 28)
    assert names["older"].shape == (1, 3, 64, 64)


def test_the_caps_are_those_of_the_code():
    caps = UploadLimits()
    for number in (caps.pixels, caps.aspect, caps.files, caps.zip_ratio):
        assert f"{number:,}" in README


@pytest.mark.parametrize("path", re.findall(r"\]\((docs/[^)]+)\)", README))
def test_the_pictures_exist(path):
    assert (ROOT / path).is_file()


def test_what_is_exported_is_there():
    for name in lc.__all__:
        assert getattr(lc, name) is not None


@pytest.mark.parametrize("model_id", lc.list_models())
def test_every_model_ships_with_maps_that_are_found_not_computed(model_id):
    from latent_core import workspace

    model = lc.load_model(model_id)
    data = lc.load_dataset(model.card.dataset)
    keys = {path.stem for path in (model.card.folder / "store").glob("*.entry")}
    assert model.card.given or workspace.encodings_key(model.card, data) in keys
    encodings = lc.encode(model, data)
    assert not model.card.decodes or workspace.errors_key(encodings) in keys
    assert not model.card.searches or workspace.self_inversion_errors_key(model.card) in keys
    specs = [lc.TSNE(dims=2), lc.TSNE(dims=3), lc.PCA(dims=2)]
    specs += [lc.PCA(dims=3)] if model.card.latent_dim > 2 else []
    for spec in specs:
        assert workspace.projection_key(encodings, spec) in keys
