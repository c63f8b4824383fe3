"""The map that each model opens with."""

import pytest


def opened(app, **query):
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def map_of(app):
    return (
        app.selectbox(key="select.method").value,
        app.segmented_control(key="segments.n_components").value,
    )


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("digits-vae-2", ("latent", "2")),
        ("swissroll-3", ("latent", "3")),
        ("digits-vae-16", ("tsne", "2")),
    ],
)
def test_codes_of_two_or_three_dimensions_open_on_their_own_axes(app, model, expected):
    assert map_of(opened(app, model=model)) == expected


def test_a_link_to_another_map_wins(app):
    assert map_of(opened(app, model="swissroll-3", method="pca")) == ("pca", "2")


def test_latent_axes_are_left_with_the_model_that_has_them(app):
    opened(app, model="swissroll-3")
    app.selectbox(key="select.model").select("digits-pca-16").run()
    assert map_of(app) == ("tsne", "2")
    assert "latent" not in app.query_params["method"]


def test_the_roll_is_unrolled_by_one_click(app):
    opened(app, model="swissroll-3")
    app.button(key="map.suggested").click().run()
    assert map_of(app) == ("isomap", "2")


def test_the_roll_is_one_click_away_from_another_map(app):
    opened(app, model="swissroll-3", method="pca", n_components="2")
    app.button(key="map.suggested").click().run()
    assert map_of(app) == ("latent", "3")
