"""What lies between: what is sent and what comes back, files, and pictures to begin with."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path as File
from typing import Any

import imageio.v3 as imageio
import numpy as np
import pytest
from PIL import Image, ImageSequence

import latent_core as lc
from latent_core.analysis.support import NEAR_DATA, SPARSE, support_level, support_of_encodings
from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.interpolation import LatentPath, cross_fade, linear_path, spherical_path
from latent_core.io.video import MAX_PIXELS, upscale_frames
from latent_core.types import Array, Floats
from tests.conftest import add_dataset
from ui.components.morph import read_event, read_here, read_order, read_pad_event
from ui.components.morph_types import Here, Order, Road, Spot
from ui.sample_sources import adopt, code_pick, sample_pick
from ui.spaces import Space, compute_space
from ui.views.morph.default_endpoints import beginnings
from ui.views.morph.export import BEYOND, Export, about, as_file, codes_file, most_frames, sides_of
from ui.views.morph.export_panel import grid_shares
from ui.views.morph.paths import limits_of, road_of, sphere_matters, two_paths
from ui.views.morph.shared import frames_at
from ui.views.morph.waypoints import read_seconds

JS = File(__file__).resolve().parents[2] / "ui" / "frontend"


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
        ("moved", {"kind": "spherical", "time": 0.25}, Here(kind="spherical", time=0.25)),
        ("moved", {"kind": "cross-fade", "time": -0.5}, Here(kind="cross-fade", time=-0.5)),
        ("moved", {"kind": "cross-fade", "time": 1}, Here(kind="cross-fade", time=1.0)),
        ("kept", {"kind": "geodesic", "time": 1.5}, Here(kind="geodesic", time=1.5)),
        ("chosen", {"slot": "1"}, "1"),
        ("dropped", {"slot": "0", "key": "abc"}, ("0", "abc")),
        ("dropped", {"slot": "end", "key": "abc"}, ("end", "abc")),
        ("smooth", True, True),
        (
            "ordered",
            {"slots": ["1", "0"], "seconds": [2.5]},
            Order(slots=("1", "0"), seconds=(2.5,)),
        ),
    ],
)
def test_what_makes_sense_is_read(name: str, sent: object, meant: object) -> None:
    assert getattr(read_event(NOTHING | {name: sent}, SLOTS), name) == meant


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
    assert getattr(read_event(NOTHING | {name: sent}, SLOTS), name) is None


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ({"u": 0, "v": 1, "kind": "spherical"}, Spot(u=0.0, v=1.0, kind="spherical")),
        ({"u": 0, "v": 1.01, "kind": "linear"}, None),
        ({"u": 0, "v": 1, "kind": "geodesic"}, None),
        ({"u": None, "v": 1, "kind": "linear"}, None),
    ],
)
def test_a_place_in_the_square_is_inside_it(sent: object, meant: Spot | None) -> None:
    assert read_pad_event(NOTHING | {"moved": sent}, SLOTS).moved == meant


def test_nothing_sent_is_nothing_done() -> None:
    assert read_here(None) is None
    assert read_order(None, SLOTS) is None


@pytest.mark.parametrize("text", ["", "0", "1~x", "61", "nan", "1~~1", "-1"])
def test_seconds_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="the seconds of a leg are"):
        read_seconds(text)


def test_seconds_are_read() -> None:
    assert read_seconds("0.5~2~60") == [0.5, 2.0, 60.0]


# what the browser is sent


def test_a_road_carries_distance_place_and_code_of_each_node(
    space: Space, path: LatentPath
) -> None:
    road = road_of(space, None, path)
    sent = road.as_data()
    rows = np.frombuffer(base64.b64decode(sent["rows"]), "<f4").reshape(129, 3 + 4)
    times = np.frombuffer(base64.b64decode(sent["times"]), "<f8")
    np.testing.assert_array_equal(times, path.times)
    np.testing.assert_array_equal(rows[:, 3:], path.codes)
    np.testing.assert_array_equal(rows[:, 0], road.far)
    assert np.isnan(rows[:, 1:3]).all()


def test_a_road_whose_parts_do_not_fit_is_refused(path: LatentPath) -> None:
    with pytest.raises(InvalidInputError, match="give one for each"):
        Road(path=path, far=np.zeros(3, np.float32))
    with pytest.raises(InvalidInputError, match=r"give \(T, 2\)"):
        Road(path=path, far=np.zeros(129, np.float32), places=np.zeros((129, 3), np.float32))


def test_the_words_of_the_distances_are_those_of_the_shares(space: Space) -> None:
    support, limits = support_of_encodings(space.encodings), limits_of(space)
    codes = np.random.default_rng(0).normal(0, 1, (500, 4)).astype(np.float32)
    words = {support_level(float(share)) for share in support.quantile(codes)}
    assert len(words) == 3
    for far, share in zip(support.distance(codes), support.quantile(codes), strict=True):
        if min(abs(share - NEAR_DATA), abs(share - SPARSE)) > 1e-5:
            by_distance = (
                "near data"
                if far <= limits.known
                else "sparse"
                if far <= limits.thin
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
    places = np.stack([path.times, -path.times], axis=1).astype(np.float32)
    far = support_of_encodings(space.encodings).distance(path.codes)
    road = Road(path=path, far=far, places=places)
    times = [-0.5, 0.0, 0.3, 0.5, 1.0, 1.37, 1.5]
    found = run_js(
        f"""import {{ SampledPath }} from "{JS}/morph/player/sampled_path.js";
        const path = new SampledPath(given.spec, 4);
        console.log(JSON.stringify(given.times.map((time) => {{
          const {{ code, distance, point }} = path.at(time);
          return {{ code: [...code], distance, point }};
        }})));""",
        spec=road.as_data(),
        times=times,
    )
    np.testing.assert_allclose([moment["code"] for moment in found], path.at(times), atol=1e-6)
    np.testing.assert_allclose([m["point"] for m in found], [[t, -t] for t in times], atol=1e-6)
    wanted = np.interp(times, path.times, far)
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
    shares, back = found
    np.testing.assert_allclose(back, times, atol=1e-12)
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


# files


def decoded(space: Space, path: LatentPath, kind: str = "linear") -> Callable[[Array], Floats]:
    return lambda times: frames_at(space, path, kind, times)


def made(space: Space, path: LatentPath, wanted: Export) -> bytes:
    words = about(space.model.card, "linear", ["A", "B"])
    return as_file(wanted, decoded(space, path), path.at, words)


def seen(space: Space, codes: Floats, side: int) -> Array:
    return upscale_frames(np.repeat(space.model.decode(codes), 2, axis=0), side)[::2].astype(int)


@pytest.mark.parametrize("back", [False, True])
def test_a_gif_goes_from_a_to_b_and_back(space: Space, path: LatentPath, back: bool) -> None:
    wanted = Export(kind="gif", side=32, frames=9, fps=25, back=back)
    film = Image.open(io.BytesIO(made(space, path, wanted)))
    frames = [np.asarray(f.convert("RGB")).astype(int) for f in ImageSequence.Iterator(film)]
    assert len(frames) == (16 if back else 9)
    assert frames[0].shape == (32, 32, 3)
    assert film.info["duration"] == 40
    ends = seen(space, space.encodings.mean[:2], 32)
    assert np.abs(frames[0] - ends[0]).max() <= 1
    assert np.abs(frames[8] - ends[1]).max() <= 1
    if back:
        np.testing.assert_allclose(frames[-1], frames[1], atol=1)


def test_an_mp4_has_the_frames_that_were_asked_for(space: Space, path: LatentPath) -> None:
    wanted = Export(kind="mp4", side=64, frames=12, fps=24)
    frames = imageio.imread(made(space, path, wanted), extension=".mp4", plugin="pyav")
    assert frames.shape == (12, 64, 64, 3)
    ends = seen(space, space.encodings.mean[:2], 64)
    assert np.abs(frames[0].astype(int) - ends[0]).mean() < 4
    assert np.abs(frames[-1].astype(int) - ends[1]).mean() < 4


def test_a_strip_shows_what_lies_beyond_the_ends_too(space: Space, path: LatentPath) -> None:
    wanted = Export(kind="png", side=32, frames=5, fps=25, span=BEYOND)
    strip = np.asarray(Image.open(io.BytesIO(made(space, path, wanted))).convert("RGB"))
    assert strip.shape == (32, 5 * 32, 3)
    frames = strip.reshape(32, 5, 32, 3).transpose(1, 0, 2, 3).astype(int)
    there = seen(space, path.at([-0.5, 0, 0.5, 1, 1.5]), 32)
    assert np.abs(frames - there).max() <= 1


def test_the_codes_are_those_of_the_path_with_their_times(space: Space, path: LatentPath) -> None:
    wanted = Export(kind="npz", side=32, frames=7, fps=25)
    with np.load(io.BytesIO(made(space, path, wanted)), allow_pickle=False) as found:
        np.testing.assert_array_equal(found["codes"], path.at(np.linspace(0, 1, 7)))
        np.testing.assert_array_equal(found["times"], np.linspace(0, 1, 7))
        assert str(found["model"]) == "four"
        assert str(found["weights_sha256"]) == space.model.card.weights_sha256
        assert str(found["between"]) == "A | B"


def test_smooth_is_what_was_seen_smooth(space: Space, path: LatentPath) -> None:
    crisp = made(space, path, Export(kind="png", side=32, frames=2, fps=25))
    smooth = made(space, path, Export(kind="png", side=32, frames=2, fps=25, smooth=True))
    levels = [
        len(np.unique(np.asarray(Image.open(io.BytesIO(f)).convert("L")))) for f in (crisp, smooth)
    ]
    assert levels[0] <= 8 < levels[1]


def test_a_cross_fade_blends_what_the_ends_decode_to(space: Space, path: LatentPath) -> None:
    faded = frames_at(space, path, "cross-fade", np.array([0.0, 0.25, 1.0]))
    a, b = space.model.decode(space.encodings.mean[:2])
    np.testing.assert_array_equal(faded, cross_fade(a, b, [0.0, 0.25, 1.0]))
    assert not np.allclose(frames_at(space, path, "linear", np.array([-0.4])), faded[:1])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "avi"}, "no format 'avi'"),
        ({"span": (1.0, 0.0)}, "must go on in time"),
    ],
)
def test_an_export_that_cannot_be_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        Export(**({"kind": "gif", "side": 32, "frames": 9, "fps": 25} | changes))


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize(("side", "shape"), [(448, (28, 28)), (2048, (64, 48)), (16, (2, 2))])
def test_as_many_frames_as_are_offered_are_let_through(
    side: int, shape: tuple[int, int], back: bool
) -> None:
    most = most_frames(side, shape, back)
    total = len(Export(kind="gif", side=side, frames=most, fps=25, back=back).times())
    more = len(Export(kind="gif", side=side, frames=most + 1, fps=25, back=back).times())
    area = side * round(side * min(shape) / max(shape))
    assert total <= 1000
    assert total * area <= MAX_PIXELS
    assert more > 1000 or more * area > MAX_PIXELS


def test_a_film_too_large_says_so(space: Space, path: LatentPath) -> None:
    with pytest.raises(InputTooLargeError, match="take fewer frames or a smaller side"):
        made(space, path, Export(kind="gif", side=2048, frames=900, fps=25))


def test_sizes_are_whole_multiples_of_the_pictures_own() -> None:
    assert sides_of((28, 28)) == (28, 448, 1008)
    assert sides_of((64, 48)) == (64, 448, 1024)
    assert all(side % 8 == 0 for side in sides_of((8, 8)))


def test_a_sheet_has_the_corners_in_its_corners() -> None:
    right, down = grid_shares(3)
    assert list(zip(right, down, strict=True))[::2] == [(0, 0), (1, 0), (0.5, 0.5), (0, 1), (1, 1)]
    found = np.load(io.BytesIO(codes_file(np.zeros((9, 2)), {"u": right}, {"model": "x"})))
    assert found["codes"].dtype == np.float32
    np.testing.assert_array_equal(found["u"], right)


# pictures to begin with, and those of other models


def test_one_begins_with_pictures_of_different_classes_the_same_every_time() -> None:
    space = compute_space("digits-vae-16", "digits", lambda _share, _words: None)
    found = beginnings(space)
    labels = lc.load_dataset("digits").labels
    assert labels is not None
    assert sorted(labels[found].tolist()) == list(range(10))
    assert beginnings(space) == found
    codes = space.encodings.mean
    support = support_of_encodings(space.encodings)
    halfway = support.distance(((codes[found[0]] + codes[found[1]]) / 2)[None])[0]
    others = [(codes[a] + codes[b]) / 2 for a in found for b in found if a < b]
    assert halfway == support.distance(np.stack(others)).max()


def test_a_data_set_without_classes_has_beginnings_too(space: Space) -> None:
    from dataclasses import replace

    bare = replace(space, data=replace(space.data, labels=None, fingerprint="bare"))
    found = beginnings(bare)
    assert len(set(found)) == len(found) >= 4


def test_pictures_are_taken_over_by_how_they_look(space: Space, four: File) -> None:
    from dataclasses import replace

    pick = sample_pick(space, 3)
    assert adopt(space, pick) is pick
    foreign = replace(pick, model_id="another", code=np.zeros(9, np.float32))
    adopted = adopt(space, foreign)
    assert adopted is not None
    np.testing.assert_array_equal(adopted.code, space.encodings.mean[3])
    other = replace(pick, sample=4)
    kept = adopt(space, other)
    assert kept is not None
    assert kept.sample is None
    np.testing.assert_array_equal(kept.code, pick.code)
    assert adopt(space, replace(other, model_id="another")) is None
    drawn = code_pick(space, space.encodings.mean[5], "a code")
    assert adopt(space, drawn) == drawn
    assert adopt(space, replace(drawn, model_id="another")) is None
    add_dataset(four / "data" / "few", count=3)
    few = compute_space("four", "few", lambda _share, _words: None)
    assert adopt(few, sample_pick(space, 200)) is not None


def test_both_paths_are_there_before_the_graph(space: Space) -> None:
    a, b = space.encodings.mean[:2]
    assert [path.kind for path in two_paths(a, b, None)] == ["linear", "spherical"]
    np.testing.assert_array_equal(two_paths(a, b, None)[1].codes, spherical_path(a, b).codes)


def test_whether_the_sphere_matters_is_measured() -> None:
    space = compute_space("digits-vae-16", "digits", lambda _share, _words: None)
    a = space.encodings.mean[0]
    norm = float(np.linalg.norm(a))
    assert "cuts through the hollow" in sphere_matters(space, a, -a)
    assert "is 0.0 from the origin" in sphere_matters(space, a, -a)
    assert f"the sphere stays out, at {norm:.1f}" in sphere_matters(space, a, -a)
    assert "the sphere changes little" in sphere_matters(space, a, a)
    plain = compute_space("digits-ae-16", "digits", lambda _share, _words: None)
    assert "no Gaussian prior" in sphere_matters(plain, a, a)
