"""The library still gives the golden vectors' answers."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from latent_core.analysis.support import fit_support
from latent_core.projection import Projection
from latent_core.projection.inverse import fit_inverse
from tests.golden import COMMAND, VECTORS, paths, samples, spaces, verdicts
from tests.golden.arrays import from_text, significant
from ui.components.decoder import inverse_data, support_data
from ui.components.map_transform import transform_data

STALE = f"the library's answers changed; where that is intended, run {COMMAND}"


def read(name: str) -> dict[str, Any]:
    vectors: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text())
    return vectors


def assert_close(found: Any, expected: Any, tolerance: float) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=tolerance, err_msg=STALE)


def assert_same(found: Any, expected: Any) -> None:
    """Equal, but for the last digits of numbers."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys(), STALE
        for name, value in expected.items():
            assert_same(found[name], value)
    elif isinstance(expected, str):
        assert found == expected, STALE
    else:
        assert_close(np.array(found, float), np.array(expected, float), 1e-6)


@pytest.mark.parametrize("name", spaces.SPACES)
def test_support(name: str) -> None:
    vectors = read(name)
    support = fit_support(from_text(vectors["codes"]), **spaces.SPACES[name][1])
    queries = from_text(vectors["queries"])
    assert_close(support.quantile(queries), from_text(vectors["ranks"]), 1e-5)
    assert support.levels(queries) == vectors["levels"]
    assert_same(support_data(support), vectors["space"])


@pytest.mark.parametrize("name", spaces.SPACES)
def test_maps(name: str) -> None:
    vectors = read(name)
    codes, queries = from_text(vectors["codes"]), from_text(vectors["queries"])
    support = fit_support(codes, **spaces.SPACES[name][1])
    for one in vectors["maps"]:
        arrays = {key: from_text(text) for key, text in one["arrays"].items()}
        projection = Projection.from_arrays(arrays, one["info"], codes=codes)
        tolerance = 1e-5 * np.abs(projection.points).max()
        transformed = from_text(one["transformed"])
        assert_close(spaces.transform_each(projection, queries), transformed, tolerance)
        assert_close(projection.transform(queries), transformed, 10 * tolerance)
        places, inverted = from_text(one["places"]), from_text(one["inverted"])
        assert_close(fit_inverse(projection).inverse_transform(places), inverted, 1e-5)
        ranks = spaces.place_ranks(projection, support, places, inverted)
        assert_close(ranks, from_text(one["place_ranks"]), 1e-5)
        spec = transform_data(projection)
        assert spec is not None
        spec.pop("geodesics", None)
        assert spec == one["transform"], STALE
        assert_same(significant(inverse_data(projection)), one["inverse"])


def test_paths() -> None:
    vectors = read("paths")
    given = {name: from_text(text) for name, text in vectors["given"].items()}
    found = paths.answers(given)
    assert found.keys() == vectors["answers"].keys()
    for name, text in vectors["answers"].items():
        assert_close(found[name], from_text(text), 1e-5)


def test_verdicts() -> None:
    assert verdicts.write_verdicts() == read("verdicts"), STALE


def test_samples() -> None:
    vectors = read("samples")
    for name, distribution in samples.distributions().items():
        for settings, codes in zip(
            vectors["settings"], vectors["distributions"][name]["codes"], strict=True
        ):
            assert_close(samples.codes_of(distribution, settings), from_text(codes), 1e-5)
