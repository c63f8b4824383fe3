"""Factors and labels with gaps beside opened data, over all that reads factors."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from scipy.stats import rankdata, spearmanr

import latent_core as lc
from latent_core import card_files
from latent_core.analysis.factor_statistics import (
    compare_selection,
    most_atypical,
    percentile_ranks,
    rank_correlations,
)
from latent_core.evaluation.context import probes_of
from latent_core.evaluation.real_images import varying_factors
from latent_core.io.export import metadata_columns
from latent_core.uses.cluster_figures import explained_variance
from latent_core.workspace import disentanglement
from tests.artefacts import data_files as files
from ui import point_colors
from ui.attributes import attribute_groups, factor_tables
from ui.components.map import _color_payload
from ui.components.quantize import LEVELS, quantize_with_gaps
from ui.spaces import compute_space

N = 600
RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(N, 3)).astype(np.float32)
AGE = (CODES[:, 0] * 10 + 40).astype(np.float32)
SIZE = (CODES[:, 1] * 2).astype(np.float32)
GAPS = np.arange(N) % 3 == 1
"""The samples whose age is missing: 200 of 600."""
GAPPY = np.where(GAPS, np.float32(np.nan), AGE)
KIND = np.where(np.arange(N) % 5 == 2, "", np.where(CODES[:, 2] > 0, "up", "down"))


def table(missing: str) -> bytes:
    """A table whose ages have gaps, written as `missing`."""
    lines = ["z1,z2,z3,age,size,kind"]
    for code, age, size, kind in zip(CODES, GAPPY, SIZE, KIND, strict=True):
        shown = missing if np.isnan(age) else f"{age:.9g}"
        lines.append(",".join(f"{x:.9g}" for x in code) + f",{shown},{size:.9g},{kind}")
    return "\n".join(lines).encode()


@pytest.fixture
def data():
    return lc.open_dataset({"people.csv": table("")})


@pytest.mark.parametrize("missing", ["", "NaN", "None", "NA", "n/a", "null"])
def test_missing_numbers_stay_missing_and_are_counted(missing):
    draft = lc.inspect_dataset({"people.csv": table(missing)})
    contents = draft.contents()
    np.testing.assert_array_equal(contents.factors["age"], GAPPY)
    np.testing.assert_array_equal(contents.factors["size"], SIZE)
    assert any("'age' is missing for 200 of 600" in text for text in contents.warnings)
    assert int((contents.labels == -1).sum()) == 120


def test_gaps_of_an_npz():
    arrays = {"codes": CODES, "age": GAPPY, "label": np.where(GAPS, -1, 1)}
    contents = lc.inspect_dataset({"people.npz": files.npz(**arrays)}).contents()
    np.testing.assert_array_equal(contents.factors["age"], GAPPY)
    assert contents.labels.tolist() == [-1 if gap else 0 for gap in GAPS]


def test_gaps_beside_images_in_a_folder(tmp_path):
    lines = ["file_name,age,kind"]
    for i in range(12):
        content = io.BytesIO()
        Image.fromarray(np.full((8, 8), 20 * i, np.uint8)).save(content, "png")
        (tmp_path / f"{i}.png").write_bytes(content.getvalue())
        lines.append(f"{i}.png,{'' if i == 4 else i},{'' if i == 5 else 'ab'[i % 2]}")
    (tmp_path / "metadata.csv").write_text("\n".join(lines))
    data = lc.open_dataset(tmp_path, dataset_id="photos")
    order = np.argsort([int(p) for p in data.images_uint8[:, 0, 0, 0]])
    ages = data.factors["age"][order]
    np.testing.assert_array_equal(np.isnan(ages), np.arange(12) == 4)
    assert data.labels[order][5] == -1
    assert (data.labels >= 0).sum() == 11


def test_a_factor_without_any_number_or_with_equal_ones_is_left_out():
    arrays = {"codes": CODES, "a": np.full(N, np.nan), "b": np.where(GAPS, np.nan, 1.0)}
    draft = lc.inspect_dataset({"x.npz": files.npz(**arrays)})
    contents = draft.with_roles({"a": "factor", "b": "factor"}).contents()
    assert contents.factors == {}
    assert len([text for text in contents.warnings if "is left out" in text]) == 2


def test_the_card_counts_the_gaps_and_the_table_is_checked_against_it(data):
    np.testing.assert_array_equal(data.factors["age"], GAPPY)
    assert data.card["factors"]["age"]["missing"] == 200
    assert "missing" not in data.card["factors"]["size"]
    folder = lc.datasets.dataset.DATASETS.find(data.id)
    fields = data.card["factors"] | {"age": data.card["factors"]["age"] | {"missing": 3}}
    card_files.update_card(folder, factors=fields)
    with pytest.raises(lc.InvalidCardError, match="NaN for 200 of 600"):
        _ = lc.load_dataset(data.id).factors


def test_an_attribute_with_gaps_has_no_threshold(data):
    folder = lc.datasets.dataset.DATASETS.find(data.id)
    card_files.update_card(folder, attribute_thresholds={"age": 40})
    with pytest.raises(lc.InvalidCardError, match="'age', which is missing"):
        _ = lc.load_dataset(data.id).factors


def test_statistics_are_of_the_known_values():
    factors = {"age": GAPPY, "size": SIZE}
    ranks = percentile_ranks(factors)
    known = ~GAPS
    expected = (rankdata(AGE[known]) - 0.5) / 400
    np.testing.assert_allclose(ranks["age"][known], expected, rtol=1e-5)
    assert np.isnan(ranks["age"][GAPS]).all()
    assert most_atypical(ranks, 1) == ["size"]
    rho = rank_correlations(CODES, factors)
    assert rho[0, 0] == pytest.approx(1, abs=1e-5)
    assert rho[2, 0] == pytest.approx(spearmanr(CODES[known, 2], AGE[known]).statistic, abs=1e-5)
    rows = np.arange(30)
    found = {one.name: one for one in compare_selection(factors, rows)}
    assert found["age"].selection_mean == pytest.approx(AGE[rows][known[rows]].mean(), rel=1e-5)
    assert found["age"].overall_mean == pytest.approx(AGE[known].mean(), rel=1e-5)
    only_gaps = compare_selection(factors, np.flatnonzero(GAPS)[:5])
    assert [one.name for one in only_gaps] == ["size"]


def test_explained_variance_is_of_the_known_values():
    clusters = (CODES[:, 0] > 0).astype(int)
    alone = explained_variance(clusters[~GAPS], AGE[~GAPS, None])
    assert explained_variance(clusters, GAPPY[:, None]) == pytest.approx(alone)
    assert np.isnan(explained_variance(clusters, np.full((N, 1), np.nan)))


def test_directions_probes_and_disentanglement_leave_the_gaps_out(data):
    encodings = lc.encode(lc.load_model(data.id), data)
    fitted = attribute_groups.fitted_directions(data, encodings)
    assert set(fitted.names) == {"age", "size"}
    at = fitted.names.index("age")
    assert fitted.r2[at] > 0.99
    np.testing.assert_allclose(fitted.weights[at], [10, 0, 0], atol=0.1)
    evidence = attribute_groups.find_evidence(data, encodings)
    assert evidence["age"].n_fitted + evidence["age"].n_held_out == 400
    assert set(varying_factors(data)) == {"age", "size"}
    by_factor = probes_of(encodings.mean, data)["linear r2 by factor"]
    assert by_factor["age"] > 0.99
    assert by_factor["size"] > 0.99
    gaps = lc.evaluation.mutual_information_gap(encodings.mean, dict(data.factors))
    alone = lc.evaluation.mutual_information_gap(encodings.mean[~GAPS], {"age": AGE[~GAPS]})
    assert gaps["age"] == pytest.approx(alone["age"])
    assert disentanglement(data, encodings).model.n_held_out == 200


def test_a_factor_known_for_few_has_no_probe_and_no_direction():
    few = np.where(np.arange(N) < 12, AGE, np.float32(np.nan))
    sources = {"few.npz": files.npz(codes=CODES, few=few, size=SIZE)}
    data = lc.open_dataset(sources)
    encodings = lc.encode(lc.load_model(data.id), data)
    assert varying_factors(data) == ["size"]
    assert attribute_groups.fitted_directions(data, encodings).names == ("size",)


def test_the_page_shows_gaps_in_gray_and_as_not_known(data):
    space = compute_space(data.id, data.id, lambda fraction, words: None)
    color = point_colors.color_of(space, "age")
    assert color.n_missing == 200
    assert color.color_range() == (float(np.nanmin(GAPPY)), float(np.nanmax(GAPPY)))
    assert "200 of 600" in color.help
    assert _color_payload(color)["n_missing"] == 200
    rows = {row.name: row for row in factor_tables.sample_factor_table(data, 1).rows}
    assert (rows["age"].words, rows["age"].at) == ("not known", None)
    assert rows["size"].at is not None
    factor_tables.selection_factor_table(data, np.flatnonzero(GAPS)[:5])
    label, strength = factor_tables.correlates(data, space.encodings, [0])[0]
    assert (label, strength) == ("age", pytest.approx(1, abs=1e-4))
    exported = metadata_columns(data, np.array([0, 1]))
    assert np.isnan(exported["age"]).tolist() == [False, True]


def test_values_with_gaps_are_quantized():
    packed, low, high = quantize_with_gaps(np.array([2.0, np.nan, 4.0, 3.0]))
    stored = np.frombuffer(packed, "<u2")
    assert (low, high) == ([2.0], [4.0])
    assert stored.tolist() == [0, LEVELS, LEVELS - 1, (LEVELS - 1) // 2]
