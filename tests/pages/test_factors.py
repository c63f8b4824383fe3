"""Factors on the Map page: chosen, linked, and reset where another data set has none."""

from __future__ import annotations

import numpy as np
import pytest

from tests.conftest import add_dataset, add_model
from tests.pages.test_pages import opened
from tests.unit.datasets.test_factors import add_factors


@pytest.fixture
def faces(four):
    """A data set without factors, and one with factors."""
    add_dataset(four / "data" / "known")
    add_model(four / "models" / "known", title="Known", dataset="known")
    rng = np.random.default_rng(0)
    add_factors(four / "data" / "known", **{n: rng.uniform(size=300) for n in ("age", "smile")})
    return four


def test_factors_are_offered_in_the_cards_order_and_linked(app, faces):
    opened(app, model="known", method="pca", color="smile", sample="3")
    chosen = app.selectbox(key="select.color")
    assert chosen.value == "smile"
    assert chosen.options[:4] == ["label", "reconstruction error (MSE)", "age", "smile"]
    chosen.select("age").run()
    assert not app.exception
    assert app.query_params["color"] == "age"


def test_a_data_set_without_factors_has_its_default_color_without_a_notice(app, faces):
    opened(app, model="known", method="pca", color="smile")
    app.selectbox(key="select.model").select("four").run()
    assert not app.warning
    assert app.selectbox(key="select.color").value == "label"
    assert app.query_params["color"] == "label"


def test_an_unknown_factor_gives_a_notice(app, faces):
    opened(app, model="known", method="pca", color="smiel")
    assert any("Did you mean 'smile'" in warning.value for warning in app.warning)


def test_the_dimensions_page_has_attribute_sliders(app, faces):
    opened(app, "dimensions", model="known")
    assert not app.error
