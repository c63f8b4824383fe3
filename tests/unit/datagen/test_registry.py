"""The rendered data sets: shipped images are what their factors render to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import latent_core as lc
from datagen import RENDERER
from datagen.factor_table import factors_at
from datagen.registry import RENDERED_DATASETS
from latent_core.installed import DATASETS
from tests.unit.datagen.images import psnr_db

MIN_PSNR_DB = 32  # of an image before and after the sheet's AVIF compression


@pytest.mark.parametrize("name", RENDERED_DATASETS)
@pytest.mark.parametrize("index", [0, 1234, 4321, 7999])
def test_shipped_images_are_rendered_from_their_factors(name, index):
    data = lc.load_dataset(name)
    rendered = RENDERED_DATASETS[name].render(factors_at(dict(data.factors), index))
    assert psnr_db(rendered, data.images_uint8[index]) > MIN_PSNR_DB


@pytest.mark.parametrize("name", RENDERED_DATASETS)
def test_shipped_factors_are_those_of_the_command_on_the_card(name):
    data = lc.load_dataset(name)
    words = data.card["made_with"].split()
    assert words[:4] == ["python", "-m", "datagen", name]
    count, seed = (int(words[words.index(flag) + 1]) for flag in ("--count", "--seed"))
    sampled = RENDERED_DATASETS[name].sample_factors(count, seed)
    assert len(data) == count >= 8000
    assert data.card["renderer"] == RENDERER
    for factor, values in sampled.items():
        np.testing.assert_array_equal(data.factors[factor], values)


@pytest.mark.parametrize("name", RENDERED_DATASETS)
def test_shipped_cards_have_the_current_description(name):
    description = RENDERED_DATASETS[name].description
    card = lc.load_dataset(name).card
    for field, text in description.metadata.items():
        assert card[field] == text
    assert card["factors"] == {key: f.as_card() for key, f in description.factors.items()}


@pytest.mark.parametrize("name", RENDERED_DATASETS)
def test_shipped_data_is_small_and_its_card_describes_every_factor(name):
    data = lc.load_dataset(name)
    folder = Path(DATASETS.shipped) / name
    assert sum(path.stat().st_size for path in folder.iterdir()) < 14_000_000
    assert (folder / "contact.png").stat().st_size < 300_000
    for factor, described in data.card["factors"].items():
        low, high = described["range"]
        assert low <= data.factors[factor].min() < data.factors[factor].max() <= high
        assert described["description"]
        assert set(described.get("tied_to", ())) <= set(data.factors)


@pytest.mark.parametrize("name", RENDERED_DATASETS)
def test_independent_factors_are_nearly_uncorrelated(name):
    factors = RENDERED_DATASETS[name].description.factors
    sampled = RENDERED_DATASETS[name].sample_factors(20_000, 3)
    names = list(factors)
    correlation = np.corrcoef(np.stack([sampled[n] for n in names]))
    causes = {n: {n, *factors[n].tied_to} for n in names}
    for i, a in enumerate(names):
        for j, b in enumerate(names[:i]):
            if not causes[a] & causes[b]:
                assert abs(correlation[i, j]) < 0.04, (a, b, correlation[i, j])
