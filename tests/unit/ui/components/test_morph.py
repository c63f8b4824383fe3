"""Events and payloads of the components of the Morph page, in Python and in JavaScript."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path as File
from typing import Any

import numpy as np
import pytest

from latent_core.analysis.support import NEAR_DATA, SPARSE, support_level, support_of_encodings
from latent_core.errors import InvalidInputError
from latent_core.interpolation import LatentPath, linear_path
from ui.components.morph import parse_event, parse_order, parse_pad_event, parse_path_position
from ui.components.morph_types import AnnotatedPath, PadPosition, PathPosition, WaypointOrder
from ui.morphing.paths import annotate_path, support_limits
from ui.spaces import Space, compute_space
from ui.views.morph.waypoints import parse_seconds

JS = File(__file__).resolve().parents[4] / "ui" / "frontend"


@pytest.fixture
def space(four: File) -> Space:
    return compute_space("four", "four", lambda _share, _words: None)


@pytest.fixture
def path(space: Space) -> LatentPath:
    return linear_path(space.encodings.mean[0], space.encodings.mean[1])


# what the browser sends


NOTHING: dict[str, Any] = dict.fromkeys(("moved", "chosen", "dropped", "kept", "smooth", "ordered"))
SLOTS = ["0", "1"]


@pytest.mark.parametrize(
    ("name", "sent", "meant"),
    [
        ("moved", {"kind": "spherical", "time": 0.25}, PathPosition(kind="spherical", time=0.25)),
        ("moved", {"kind": "cross-fade", "time": -0.5}, PathPosition(kind="cross-fade", time=-0.5)),
        ("moved", {"kind": "cross-fade", "time": 1}, PathPosition(kind="cross-fade", time=1.0)),
        ("kept", {"kind": "geodesic", "time": 1.5}, PathPosition(kind="geodesic", time=1.5)),
        ("chosen", {"slot": "1"}, "1"),
        ("dropped", {"slot": "0", "key": "abc"}, ("0", "abc")),
        ("dropped", {"slot": "end", "key": "abc"}, ("end", "abc")),
        ("smooth", True, True),
        (
            "ordered",
            {"slots": ["1", "0"], "seconds": [2.5]},
            WaypointOrder(slots=("1", "0"), seconds=(2.5,)),
        ),
    ],
)
def test_what_makes_sense_is_read(name: str, sent: object, meant: object) -> None:
    assert getattr(parse_event(NOTHING | {name: sent}, SLOTS), name) == meant


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("moved", {"kind": "zigzag", "time": 0.5}),
        ("moved", {"kind": "linear", "time": 1.6}),
        ("moved", {"kind": "linear", "time": float("nan")}),
        ("moved", {"kind": "linear", "time": "0.5"}),
        ("moved", {"kind": "linear", "time": True}),
        ("moved", [0.5]),
        ("kept", {"kind": "linear"}),
        ("chosen", {"slot": "2"}),
        ("chosen", {"slot": 1}),
        ("chosen", {"slot": ["1"]}),
        ("dropped", {"slot": "0", "key": 3}),
        ("dropped", {"slot": "9", "key": "abc"}),
        ("smooth", "yes"),
        ("ordered", {"slots": ["0"], "seconds": []}),
        ("ordered", {"slots": ["0", "0"], "seconds": [1]}),
        ("ordered", {"slots": ["0", "7"], "seconds": [1]}),
        ("ordered", {"slots": ["0", "1"], "seconds": [1, 1]}),
        ("ordered", {"slots": ["0", "1"], "seconds": [0]}),
        ("ordered", {"slots": ["0", "1"], "seconds": ["1"]}),
        ("ordered", {"slots": "01", "seconds": [1]}),
        ("ordered", {"slots": ["0", 1], "seconds": [1]}),
    ],
)
def test_what_makes_no_sense_is_nothing(name: str, sent: object) -> None:
    assert getattr(parse_event(NOTHING | {name: sent}, SLOTS), name) is None


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ({"u": 0, "v": 1, "kind": "spherical"}, PadPosition(u=0.0, v=1.0, kind="spherical")),
        ({"u": 0, "v": 1.01, "kind": "linear"}, None),
        ({"u": 0, "v": 1, "kind": "geodesic"}, None),
        ({"u": None, "v": 1, "kind": "linear"}, None),
    ],
)
def test_a_place_in_the_square_is_inside_it(sent: object, meant: PadPosition | None) -> None:
    assert parse_pad_event(NOTHING | {"moved": sent}, SLOTS).moved == meant


def test_nothing_sent_is_nothing_done() -> None:
    assert parse_path_position(None) is None
    assert parse_order(None, SLOTS) is None


@pytest.mark.parametrize("text", ["", "0", "1~x", "61", "nan", "1~~1", "-1"])
def test_seconds_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match=r"seconds of a leg must be 0\.1 to 60"):
        parse_seconds(text)


def test_seconds_are_read() -> None:
    assert parse_seconds("0.5~2~60") == [0.5, 2.0, 60.0]


# what the browser is sent


def test_a_road_carries_distance_place_and_code_of_each_node(
    space: Space, path: LatentPath
) -> None:
    annotated = annotate_path(space, None, path)
    sent = annotated.as_data()
    rows = np.frombuffer(base64.b64decode(sent["rows"]), "<f4").reshape(129, 3 + 4)
    times = np.frombuffer(base64.b64decode(sent["times"]), "<f8")
    np.testing.assert_array_equal(times, path.times)
    np.testing.assert_array_equal(rows[:, 3:], path.codes)
    np.testing.assert_array_equal(rows[:, 0], annotated.distances)
    assert np.isnan(rows[:, 1:3]).all()


def test_a_road_whose_parts_do_not_fit_is_refused(path: LatentPath) -> None:
    with pytest.raises(InvalidInputError, match="give one for each"):
        AnnotatedPath(path=path, distances=np.zeros(3, np.float32))
    with pytest.raises(InvalidInputError, match=r"give \(T, 2\)"):
        AnnotatedPath(
            path=path,
            distances=np.zeros(129, np.float32),
            map_points=np.zeros((129, 3), np.float32),
        )


def test_the_words_of_the_distances_are_those_of_the_shares(space: Space) -> None:
    support, limits = support_of_encodings(space.encodings), support_limits(space)
    codes = np.random.default_rng(0).normal(0, 1, (500, 4)).astype(np.float32)
    words = {support_level(float(share)) for share in support.quantile(codes)}
    assert len(words) == 3
    for distances, share in zip(support.distance(codes), support.quantile(codes), strict=True):
        if min(abs(share - NEAR_DATA), abs(share - SPARSE)) > 1e-5:
            by_distance = (
                "near data"
                if distances <= limits.near
                else "sparse"
                if distances <= limits.sparse
                else "far from data"
            )
            assert by_distance == support_level(float(share))


def run_js(script: str, **values: Any) -> Any:
    """What a script prints, with our modules imported beside it and `values` under ``given``."""
    given = f"const given = {json.dumps(values)};\n"
    done = subprocess.run(
        [File(sys.executable).with_name("node"), "--input-type=module", "--eval", given + script],
        capture_output=True,
        text=True,
        check=False,
        cwd=JS,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_browser_reads_a_road_as_it_was_sent(space: Space, path: LatentPath) -> None:
    map_points = np.stack([path.times, -path.times], axis=1).astype(np.float32)
    distances = support_of_encodings(space.encodings).distance(path.codes)
    annotated = AnnotatedPath(path=path, distances=distances, map_points=map_points)
    times = [-0.5, 0.0, 0.3, 0.5, 1.0, 1.37, 1.5]
    found = run_js(
        f"""import {{ SampledPath }} from "{JS}/morph/player/sampled_path.js";
        const path = new SampledPath(given.spec, 4);
        console.log(JSON.stringify(given.times.map((time) => {{
          const {{ code, distance, point }} = path.at(time);
          return {{ code: [...code], distance, point }};
        }})));""",
        spec=annotated.as_data(),
        times=times,
    )
    np.testing.assert_allclose([moment["code"] for moment in found], path.at(times), atol=1e-6)
    np.testing.assert_allclose([m["point"] for m in found], [[t, -t] for t in times], atol=1e-6)
    wanted = np.interp(times, path.times, distances)
    np.testing.assert_allclose([moment["distance"] for moment in found], wanted, atol=1e-6)


def test_the_track_gives_the_way_between_most_room_and_can_be_read_backwards() -> None:
    times = [-0.5, -0.25, 0.0, 0.31, 1.0, 1.4, 1.5]
    found = run_js(
        f"""import {{ TimeScale }} from "{JS}/morph/player/time_scale.js";
        const scale = new TimeScale(-0.5, 1.5, 0.16);
        const shares = given.times.map((time) => scale.fraction(time));
        console.log(JSON.stringify([shares, shares.map((share) => scale.time(share))]));""",
        times=times,
    )
    shares, restored = found
    np.testing.assert_allclose(restored, times, atol=1e-12)
    assert shares == sorted(shares)
    np.testing.assert_allclose([shares[0], shares[2], shares[4], shares[6]], [0, 0.16, 0.84, 1])


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ([["receive", 1]], [True]),
        ([["receive", 1], ["receive", 1]], [True, False]),
        ([["receive", 1], ["set", 1]], [True, False]),  # nothing new
        ([["receive", 1], ["set", 2], ["receive", 1]], [True, True, False]),  # not answered yet
        ([["receive", 1], ["set", 2], ["set", 3], ["receive", 2]], [True, True, True, False]),
        ([["receive", 1], ["set", 2], ["set", 3], ["receive", 3]], [True, True, True, True]),
        ([["receive", 1], ["set", 2], ["receive", 7]], [True, True, True]),  # Python knows better
        (
            [["receive", 1], ["set", 2], ["set", 1], ["receive", 1], ["receive", 5]],
            [True] * 3 + [False, True],
        ),
    ],
)
def test_a_local_value_wins_until_python_has_echoed_it(steps: Any, wanted: list[bool]) -> None:
    found = run_js(
        f"""import {{ OptimisticValue }} from "{JS}/core/optimistic.js";
        const kept = new OptimisticValue(null);
        console.log(JSON.stringify(given.steps.map(([what, value]) => kept[what](value))));""",
        steps=steps,
    )
    assert found == wanted
