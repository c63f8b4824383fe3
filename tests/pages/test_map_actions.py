"""Images of the map on the other pages."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def opened(app, sample):
    app.query_params["method"] = "pca"
    app.query_params["sample"] = str(sample)
    app.run()
    assert not app.exception
    return app


def test_the_second_of_two_ends_opens_morph_with_both(app):
    opened(app, 11)
    app.button(key="map.use.A").click().run()
    assert app.title[0].value == "What does this space look like?"
    app.session_state["kept.sample"] = 12
    app.run()
    app.button(key="map.use.B").click().run()
    assert not app.exception
    assert app.query_params["endpoints"] == "s11~s12"
    assert app.query_params["mode"] == "two"


def test_the_sliders_start_at_the_image_of_the_map(app):
    opened(app, 23)
    app.button(key="map.vary").click().run()
    assert not app.exception
    assert app.query_params["start"] == "s23"


def test_the_image_of_the_map_stays_beside_the_own_one_until_it_is_removed(app):
    opened(app, 23)
    app.button(key="map.encode").click().run()
    assert not app.exception
    assert app.button(key="encode.companion.remove")
    app.button(key="encode.companion.remove").click().run()
    assert not [one for one in app.button if one.key == "encode.companion.remove"]
