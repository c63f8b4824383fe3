"""What the panels and the map say of ground truth, against factors that are known."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.io.export import codes_csv, metadata_columns
from latent_core.types import Posterior
from tests.unit.test_datasets import add_factors
from ui import factor_tables, point_colors
from ui.components.map import ClassColor, ScaleColor
from ui.spaces import compute_space
from ui.views.map import controls

TRUTH = {
    "years_old": np.linspace(5, 85, 300, dtype="f"),
    "smile": np.random.default_rng(0).uniform(0, 1, 300).astype("f"),
    "hue": np.random.default_rng(1).uniform(0, 1, 300).astype("f"),
}


@pytest.fixture
def space(four):
    add_factors(four / "data" / "four", **TRUTH)
    told = {
        "years_old": {"range": [5, 85], "description": "from young to old", "unit": "years"},
        "smile": {"range": [0, 1], "description": "from none to broad"},
        "hue": {"range": [0, 1], "description": "turn of the colour circle", "ordered": False},
    }
    card_files.update_card(four / "data" / "four", factors=told)
    return compute_space("four", "four", lambda fraction, words: None)


def test_a_picture_is_told_first_by_what_is_least_like_the_others(space):
    table = factor_tables.sample_factor_table(space.data, 299)
    first = table.rows[0]
    assert (first.name, first.words, first.at) == ("years old", "85 years", 1.0)
    assert "100%" in first.hint
    assert {row.name for row in table.rows} == {"years old", "smile", "hue"}


def test_a_selection_is_told_by_how_it_differs_from_all(space):
    table = factor_tables.selection_factor_table(space.data, np.arange(240, 300))
    first = table.rows[0]
    inside = TRUTH["years_old"][240:].mean()
    assert first.words == f"{inside:.0f}, in all 45 years"
    assert (first.at, first.start) == pytest.approx(((inside - 5) / 80, 0.5))
    assert "standard deviations more than in all" in first.hint
    assert table.few == 1
    assert "hue" not in {row.name for row in table.rows}, "a circle has no mean"


def test_a_selection_by_chance_is_said_to_be_one(space):
    table = factor_tables.selection_factor_table(space.data, np.arange(0, 300, 10))
    assert table.heading == factor_tables.NOTHING_SIGNIFICANT
    assert table.few == 0


def test_a_dimension_names_the_factor_that_moves_with_it(space):
    codes = np.stack([TRUTH["smile"] ** 2, -TRUTH["years_old"], TRUTH["hue"], TRUTH["hue"] * 0], 1)
    made = lc.Encodings(model_id="m", dataset_id="four", fingerprint="movers", mean=codes)
    found = factor_tables.correlates(space.data, made)
    assert found[0] == ("smile", pytest.approx(1))
    assert found[1] == ("years old", pytest.approx(-1))
    assert found[2:] == [None, None]


def test_what_can_be_pushed_is_told_for_people(space):
    noise = np.random.default_rng(2).normal(size=300)
    codes = np.stack([TRUTH["years_old"] / 20, TRUTH["smile"], noise], 1).astype("f")
    made = lc.Encodings(model_id="m", dataset_id="four", fingerprint="pushed", mean=codes)
    age, smile = factor_tables.attribute_sliders(space.data, made)
    assert (age.name, age.unit, age.digits, age.range) == ("years old", "years", 0, (5, 85))
    assert (smile.name, smile.digits) == ("smile", 2), "and not the hue, whose ends are one"
    assert age.certainty == pytest.approx(1, abs=0.01)
    assert age.weights @ codes[7] + age.offset == pytest.approx(TRUTH["years_old"][7], abs=0.1)


def test_a_factor_colours_the_map_with_a_legend_of_its_own(space):
    color = point_colors.color_of(space, "years_old")
    assert isinstance(color, ScaleColor)
    assert color.title == "years old, years, from young to old"
    np.testing.assert_array_equal(color.values, TRUTH["years_old"])
    other = point_colors.color_of(space, "smile")
    assert other.fingerprint != color.fingerprint
    assert isinstance(point_colors.color_of(space, "label"), ClassColor)


def test_without_labels_the_first_factor_is_the_usual_colour(space):
    import dataclasses

    unlabelled = dataclasses.replace(space.data, labels=None)
    assert controls.default_color(dataclasses.replace(space, data=unlabelled)) == "years_old"
    assert controls.default_color(space) == "label"


def test_what_is_known_goes_along_into_a_csv(space):
    chosen = np.array([7, 299])
    codes = Posterior(mean=space.encodings.mean[chosen])
    text = codes_csv(["7", "299"], codes, metadata_columns(space.data, chosen)).decode()
    head, *rows = (line.split(",") for line in text.strip().splitlines())
    assert head == ["name", "label", "years_old", "smile", "hue", "z1", "z2", "z3", "z4"]
    assert rows[1][0] == "299"
    assert rows[1][1] == space.data.label(299)
    assert float(rows[1][2]) == 85
    assert float(rows[0][5]) == pytest.approx(float(space.encodings.mean[7, 0]))


def test_without_factors_nothing_is_said(four):
    plain = compute_space("four", "four", lambda fraction, words: None)
    assert factor_tables.sample_factor_table(plain.data, 3) is None
    assert factor_tables.selection_factor_table(plain.data, np.arange(9)) is None
    assert factor_tables.correlates(plain.data, plain.encodings) == [None] * 4
    assert factor_tables.attribute_sliders(plain.data, plain.encodings) == ()
