"""Factor tables, attribute sliders and point colors, for known factors."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.io.export import codes_csv, metadata_columns
from latent_core.types import Posterior
from tests.unit.datasets.test_factors import add_factors
from ui import point_colors
from ui.attributes import attribute_groups, factor_tables
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
    factors = {
        "years_old": {"range": [5, 85], "description": "from young to old", "unit": "years"},
        "smile": {"range": [0, 1], "description": "from none to broad"},
        "hue": {"range": [0, 1], "description": "angle on the color circle", "ordered": False},
    }
    card_files.update_card(four / "data" / "four", factors=factors)
    return compute_space("four", "four", lambda fraction, words: None)


def test_factors_of_a_sample_begin_with_the_most_atypical(space):
    table = factor_tables.sample_factor_table(space.data, 299)
    first = table.rows[0]
    assert (first.name, first.words, first.at) == ("years old", "85 years", 1.0)
    assert "100%" in first.hint
    assert {row.name for row in table.rows} == {"years old", "smile", "hue"}


def test_factors_of_a_selection_begin_with_the_significant_ones(space):
    table = factor_tables.selection_factor_table(space.data, np.arange(240, 300))
    first = table.rows[0]
    inside = TRUTH["years_old"][240:].mean()
    assert first.words == f"{inside:.0f}, in all 45 years"
    assert (first.at, first.start) == pytest.approx(((inside - 5) / 80, 0.5))
    assert "standard deviations higher than in all" in first.hint
    assert table.n_primary == 1
    assert "hue" not in {row.name for row in table.rows}, "a circle has no mean"


def test_a_random_selection_has_no_significant_factor(space):
    table = factor_tables.selection_factor_table(space.data, np.arange(0, 300, 10))
    assert table.heading == factor_tables.NOTHING_SIGNIFICANT
    assert table.n_primary == 0


def test_a_dimension_has_the_factor_with_the_highest_correlation(space):
    codes = np.stack([TRUTH["smile"] ** 2, -TRUTH["years_old"], TRUTH["hue"], TRUTH["hue"] * 0], 1)
    made = lc.Encodings(model_id="m", dataset_id="four", fingerprint="movers", mean=codes)
    found = factor_tables.correlates(space.data, made, [0, 1, 2, 3])
    assert found[0] == ("smile", pytest.approx(1))
    assert found[1] == ("years old", pytest.approx(-1))
    assert found[2] is found[3] is None


def test_attribute_sliders_have_units_ranges_and_a_linear_prediction(space):
    noise = np.random.default_rng(2).normal(size=300)
    codes = np.stack([TRUTH["years_old"] / 20, TRUTH["smile"], noise], 1).astype("f")
    made = lc.Encodings(model_id="m", dataset_id="four", fingerprint="pushed", mean=codes)
    group = attribute_groups.attribute_group(space.data, made)
    age, smile = group.sliders
    assert (age.name, age.unit, age.digits, age.range) == ("years old", "years", 0, (5, 85))
    assert (smile.name, smile.digits) == ("smile", 2), "hue is not ordered and has no slider"
    assert group.directions.r2[0] == pytest.approx(1, abs=0.01)
    predicted = group.directions.predict(codes[7:8])[0, 0]
    assert predicted == pytest.approx(TRUTH["years_old"][7], abs=0.1)


def test_attribute_sliders_have_evidence_leakage_and_conditions(space):
    noise = np.random.default_rng(2).normal(size=300)
    codes = np.stack([TRUTH["years_old"] / 20 + TRUTH["smile"], TRUTH["smile"], noise], 1)
    made = lc.Encodings(model_id="m", dataset_id="four", fingerprint="", mean=codes.astype("f"))
    evidence = attribute_groups.find_evidence(space.data, made)
    age, smile = attribute_groups.attribute_group(space.data, made, evidence).sliders
    assert "150 held-out images" in age.evidence
    assert not age.is_weak
    assert [one.name for one in smile.leakage] == ["years old"]
    fixed = attribute_groups.attribute_group(space.data, made, evidence, ["years_old"])
    assert [one.name for one in fixed.sliders] == ["smile"]
    assert fixed.sliders[0].leakage[0].value == pytest.approx(0, abs=1e-3)


def test_data_without_factors_has_directions_of_classes():
    import dataclasses

    digits = lc.load_dataset("digits")
    labels = np.where(np.arange(len(digits)) < 2, -1, digits.labels)  # two are unlabelled
    values = attribute_groups.attributes_of(dataclasses.replace(digits, labels=labels))
    assert list(values) == list(digits.class_names)
    assert np.isnan(values["7"][:2]).all()
    np.testing.assert_array_equal(values["7"][2:], digits.labels[2:] == 7)


def test_a_factor_colors_the_map_with_its_own_legend(space):
    color = point_colors.color_of(space, "years_old")
    assert isinstance(color, ScaleColor)
    assert color.title == "years old, years, from young to old"
    np.testing.assert_array_equal(color.values, TRUTH["years_old"])
    other = point_colors.color_of(space, "smile")
    assert other.fingerprint != color.fingerprint
    assert isinstance(point_colors.color_of(space, "label"), ClassColor)


def test_without_labels_the_first_factor_is_the_default_color(space):
    import dataclasses

    unlabelled = dataclasses.replace(space.data, labels=None)
    assert controls.default_color(dataclasses.replace(space, data=unlabelled)) == "years_old"
    assert controls.default_color(space) == "label"


def test_the_csv_has_labels_and_factors(space):
    chosen = np.array([7, 299])
    codes = Posterior(mean=space.encodings.mean[chosen])
    text = codes_csv(["7", "299"], codes, metadata_columns(space.data, chosen)).decode()
    head, *rows = (line.split(",") for line in text.strip().splitlines())
    assert head == ["name", "label", "years_old", "smile", "hue", "z1", "z2", "z3", "z4"]
    assert rows[1][0] == "299"
    assert rows[1][1] == space.data.label(299)
    assert float(rows[1][2]) == 85
    assert float(rows[0][5]) == pytest.approx(float(space.encodings.mean[7, 0]))


def test_without_factors_the_tables_are_empty(four):
    plain = compute_space("four", "four", lambda fraction, words: None)
    assert factor_tables.sample_factor_table(plain.data, 3) is None
    assert factor_tables.selection_factor_table(plain.data, np.arange(9)) is None
    assert factor_tables.correlates(plain.data, plain.encodings, [2, 0]) == {2: None, 0: None}
    assert attribute_groups.attribute_group(plain.data, plain.encodings).id == "classes"
