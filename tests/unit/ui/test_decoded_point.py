"""Points of the map, decoded: compared with a model whose inverse is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import latent_core as lc
from latent_core.progress import null_progress
from latent_core.projection import PCA, Projection
from latent_core.projection.inverse_quality import ExplainedVariance, explained_image_variance
from tests.conftest import MEAN, ROTATION
from ui import decoded_point
from ui import session as session_module
from ui.components.decoded_point import map_decoder
from ui.components.map import Sheet
from ui.decoded_point import (
    DecodedPoint,
    decode_point,
    explained_sentence,
    point_item,
    point_to_text,
    select_point,
    selected_point,
)
from ui.spaces import Space, compute_space
from ui.visitor import tray

AT = (0.05, -0.12)


@pytest.fixture
def space(four: Path) -> Space:
    return compute_space("four", "four", null_progress)


@pytest.fixture
def made(space: Space) -> Projection:
    return lc.project(space.encodings, PCA(n_components=2))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The stored values of a session and its link, without a browser."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(session_module, "remember", kept.__setitem__)
    monkeypatch.setattr(
        session_module, "recall", lambda name, default=None: kept.get(name, default)
    )
    monkeypatch.setattr(session_module, "linked", lambda name: kept.get(f"linked {name}"))
    monkeypatch.setattr(session_module, "notify", lambda sentence: kept.update(notice=sentence))
    return kept


def test_point_of_a_linear_model_is_decoded_as_by_hand(space: Space, made: Projection) -> None:
    found = decode_point(space, made, AT)
    by_hand = made.arrays["mean"] + AT[0] * made.arrays["axes"][0] + AT[1] * made.arrays["axes"][1]
    np.testing.assert_allclose(found.code, by_hand, atol=1e-6)
    pixels = np.clip(MEAN + by_hand @ ROTATION, 0, 1)
    np.testing.assert_allclose(found.image.reshape(-1), pixels, atol=1e-5)
    assert found.round_trip_distance < 1e-4, "decoding and encoding a rotation changes nothing"
    assert found.map_quantile == 0, "the inverse is exact, so the map's points don't count"


def test_point_far_from_the_data_is_reported_as_such(space: Space, made: Projection) -> None:
    found = decode_point(space, made, (40.0, 0.0))
    assert found.support_level == "far from data"
    assert found.code_quantile == 1
    assert found.round_trip_distance > 10, "the image is clipped at black and white"
    assert found.round_trip_quantile == 1
    assert "farther out than any of the data's own codes" in found.support_sentence()


def found_with(code: float, point: float, round_trip_quantile: float) -> DecodedPoint:
    return DecodedPoint(
        point=AT,
        code=np.zeros(4, np.float32),
        image=np.zeros((1, 2, 2), np.float32),
        image_level=None,
        code_quantile=code,
        map_quantile=point,
        round_trip_distance=0.5,
        round_trip_quantile=round_trip_quantile,
    )


@pytest.mark.parametrize(
    ("code", "point", "sentence", "level"),
    [
        (0.1, 0.0, "Nearer to the data than 90 % of", "near data"),
        (0.975, 0.2, "Its code is farther out than 97.5 % of the data's own codes.", "sparse"),
        (0.2, 0.999, "On the map farther out than 99.9 % of the data's own points.", "far"),
        (1.0, 1.0, "Its code is farther out than any of the data's own codes.", "far"),
    ],
)
def test_support_sentence_and_level(code: float, point: float, sentence: str, level: str) -> None:
    found = found_with(code, point, 0.0)
    assert found.support_sentence().startswith(sentence)
    assert found.support_level.startswith(level)


@pytest.mark.parametrize(
    ("quantile", "words"), [(0.9, "farther than 90 %"), (0.3, "nearer than 70 %")]
)
def test_round_trip_sentence_has_distance_and_quantile(quantile: float, words: str) -> None:
    sentence = found_with(0, 0, quantile).round_trip_sentence()
    assert "distance 0.50" in sentence
    assert words in sentence


def test_reference_round_trips_are_computed_once(
    space: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    round_trip = decoded_point.round_trip_distance
    monkeypatch.setattr(
        decoded_point, "round_trip_distance", lambda *a: calls.append(1) or round_trip(*a)
    )
    first, second = (decoded_point.reference_round_trips(space) for _ in range(2))
    assert len(calls) <= 1
    assert len(first) == 300
    np.testing.assert_array_equal(first, second)


def test_tray_item_of_a_point_has_its_code(space: Space, made: Projection) -> None:
    found = decode_point(space, made, AT)
    pick = point_item(space, found)
    np.testing.assert_array_equal(pick.code, found.code)
    assert pick.model_id == "four"
    assert pick.sample is None
    assert pick.label.startswith("≈ ") or pick.label == "map point"


def test_linked_point_is_selected_until_another_one_is(
    session: dict[str, object], made: Projection
) -> None:
    session["linked point"] = "0.05,-0.12"
    assert selected_point(made) == AT
    select_point(made, None)
    assert selected_point(made) is None
    select_point(made, (0.1, 0.2))
    assert point_to_text(selected_point(made)) == "0.1,0.2"
    assert point_to_text(None) is None
    assert "notice" not in session


def test_selected_point_belongs_to_its_map(
    session: dict[str, object], space: Space, made: Projection
) -> None:
    select_point(made, AT)
    other = lc.project(space.encodings, PCA(n_components=3))
    assert other.fingerprint != made.fingerprint
    assert selected_point(other) is None


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "nan,0", "1e9,0", "0x1,2", "1;2"])
def test_invalid_linked_point_gives_a_notice(
    session: dict[str, object], made: Projection, text: str
) -> None:
    session["linked point"] = text
    assert selected_point(made) is None
    assert f"there is no point {text!r} on this map" in str(session["notice"])


def test_browser_decodes_2d_maps_only(space: Space, made: Projection) -> None:
    live = map_decoder(space.model.card, space.encodings, made)
    assert live is not None
    assert live.inverse["kind"] == "linear"
    assert live.space["codes"]["count"] == 300
    assert live.decoder["dim"] == 4
    solid = lc.project(space.encodings, PCA(n_components=3))
    assert map_decoder(space.model.card, space.encodings, solid) is None


def test_panel_data_has_texts_and_urls_only(
    space: Space, made: Projection, session: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray, "items", list)
    monkeypatch.setattr(
        decoded_point, "image_sheet", lambda space: Sheet(url="/s", columns=4, width=2, height=2)
    )
    data = decoded_point.panel_data(space, made, decode_point(space, made, AT))
    assert data.title == "at 0.05, −0.12 on this map"
    assert data.image.startswith("data:image/png;base64,")
    assert len(data.neighbors) == 8
    found = explained_image_variance(made, space.model.decode)
    assert f"{round(100 * found.fraction)} % of the images' variance" in data.round_trip
    assert f"{found.n_points} held-out points" in data.round_trip
    assert not data.in_tray


@pytest.mark.parametrize(
    ("fraction", "words"), [(0.254, "determines 25 % of"), (0.0, "does not"), (-0.3, "does not")]
)
def test_a_place_that_explains_nothing_has_no_percentage(space, made, monkeypatch, fraction, words):
    found = ExplainedVariance(fraction=fraction, n_points=60)
    monkeypatch.setattr(decoded_point, "memoize", lambda *_args: found)
    sentence = explained_sentence(space, made)
    assert words in sentence
    assert "60 held-out points" in sentence
