"""A place of the map, decoded: held against a model whose inverse is known; and said in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import latent_core as lc
from latent_core.progress import null_progress
from latent_core.projection import PCA, Projection
from tests.conftest import MEAN, ROTATION
from ui import decoded_point
from ui import session as session_module
from ui.components.decoded_point import live_map
from ui.components.map import Sheet
from ui.decoded_point import Found, chosen_place, find, keep_place, place_pick, place_text
from ui.spaces import Space, compute_space

AT = (0.05, -0.12)


@pytest.fixture
def space(four: Path) -> Space:
    return compute_space("four", "four", null_progress)


@pytest.fixture
def made(space: Space) -> Projection:
    return lc.project(space.encodings, PCA(n_components=2))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What a visitor's session and address hold, without a browser."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(session_module, "remember", kept.__setitem__)
    monkeypatch.setattr(
        session_module, "recall", lambda name, default=None: kept.get(name, default)
    )
    monkeypatch.setattr(session_module, "linked", lambda name: kept.get(f"linked {name}"))
    monkeypatch.setattr(session_module, "notify", lambda sentence: kept.update(notice=sentence))
    return kept


def test_a_place_of_a_linear_model_is_decoded_as_by_hand(space: Space, made: Projection) -> None:
    found = find(space, made, AT)
    by_hand = made.arrays["mean"] + AT[0] * made.arrays["axes"][0] + AT[1] * made.arrays["axes"][1]
    np.testing.assert_allclose(found.code, by_hand, atol=1e-6)
    pixels = np.clip(MEAN + by_hand @ ROTATION, 0, 1)
    np.testing.assert_allclose(found.image.reshape(-1), pixels, atol=1e-5)
    assert found.distance < 1e-4, "a rotation comes back to where it was"
    assert found.place_share == 0, "the way back is exact, so the map's points don't count"


def test_far_from_all_data_it_says_so(space: Space, made: Projection) -> None:
    found = find(space, made, (40.0, 0.0))
    assert found.trust == "far from data"
    assert found.code_share == 1
    assert found.distance > 10, "the picture is cut off at black and white"
    assert found.farther == 1
    assert "farther out than any of the data's own codes" in found.support_in_words()


def found_with(code: float, place: float, farther: float) -> Found:
    return Found(
        place=AT,
        code=np.zeros(4, np.float32),
        image=np.zeros((1, 2, 2), np.float32),
        code_share=code,
        place_share=place,
        distance=0.5,
        farther=farther,
    )


@pytest.mark.parametrize(
    ("code", "place", "words", "trust"),
    [
        (0.1, 0.0, "Nearer to the data than 90 % of", "near data"),
        (0.975, 0.2, "Its code is farther out than 97.5 % of the data's own codes.", "sparse"),
        (0.2, 0.999, "On the map farther out than 99.9 % of the data's own points.", "far"),
        (1.0, 1.0, "Its code is farther out than any of the data's own codes.", "far"),
    ],
)
def test_support_in_words(code: float, place: float, words: str, trust: str) -> None:
    found = found_with(code, place, 0.0)
    assert found.support_in_words().startswith(words)
    assert found.trust.startswith(trust)


@pytest.mark.parametrize(
    ("farther", "words"), [(0.9, "farther than 90 %"), (0.3, "nearer than 70")]
)
def test_the_round_trip_in_words(farther: float, words: str) -> None:
    assert f"lands 0.50 from this code: {words}" in found_with(0, 0, farther).round_trip_in_words()


def test_the_round_trips_of_the_data_are_computed_once(
    space: Space, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    sent = decoded_point.round_trip_distance
    monkeypatch.setattr(
        decoded_point, "round_trip_distance", lambda *a: asked.append(1) or sent(*a)
    )
    first, again = decoded_point.usual_round_trips(space), decoded_point.usual_round_trips(space)
    assert len(asked) <= 1
    assert len(first) == 300
    np.testing.assert_array_equal(first, again)


def test_what_goes_into_the_tray_is_that_code(space: Space, made: Projection) -> None:
    found = find(space, made, AT)
    pick = place_pick(space, found)
    np.testing.assert_array_equal(pick.code, found.code)
    assert pick.model_id == "four"
    assert pick.sample is None
    assert pick.label.startswith("≈ ") or pick.label == "place"


def test_a_place_in_the_address_is_looked_at_until_another_is(
    session: dict[str, object], made: Projection
) -> None:
    session["linked place"] = "0.05,-0.12"
    assert chosen_place(made) == AT
    keep_place(made, None)
    assert chosen_place(made) is None
    keep_place(made, (0.1, 0.2))
    assert place_text(chosen_place(made)) == "0.1,0.2"
    assert place_text(None) is None
    assert "notice" not in session


def test_a_place_belongs_to_its_map(
    session: dict[str, object], space: Space, made: Projection
) -> None:
    keep_place(made, AT)
    other = lc.project(space.encodings, PCA(n_components=3))
    assert other.fingerprint != made.fingerprint
    assert chosen_place(other) is None


@pytest.mark.parametrize("text", ["", "1", "1,2,3", "a,b", "nan,0", "1e9,0", "0x1,2", "1;2"])
def test_a_place_that_is_none_is_told(
    session: dict[str, object], made: Projection, text: str
) -> None:
    session["linked place"] = text
    assert chosen_place(made) is None
    assert f"there is no place {text!r} on this map" in str(session["notice"])


def test_a_flat_map_can_be_decoded_by_the_browser_and_one_in_space_not(
    space: Space, made: Projection
) -> None:
    live = live_map(space.model.card, space.encodings, made)
    assert live is not None
    assert live.inverse["kind"] == "linear"
    assert live.space["codes"]["count"] == 300
    assert live.decoder["dim"] == 4
    solid = lc.project(space.encodings, PCA(n_components=3))
    assert live_map(space.model.card, space.encodings, solid) is None


def test_the_panel_is_told_words_and_addresses_only(
    space: Space, made: Projection, session: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "tray", list)
    monkeypatch.setattr(
        decoded_point, "sheet_of", lambda space: Sheet(url="/s", columns=4, width=2, height=2)
    )
    data = decoded_point.place_data(space, made, find(space, made, AT))
    assert data.title == "at 0.05, −0.12 on this map"
    assert data.picture.startswith("data:image/png;base64,")
    assert len(data.neighbours) == 8
    assert not data.in_tray
