"""Export of a path: video frames, strips, codes, and their sizes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path as File
from typing import Any

import imageio.v3 as imageio
import numpy as np
import pytest
from PIL import Image, ImageSequence

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.interpolation import LatentPath, cross_fade, linear_path
from latent_core.io.video import MAX_PIXELS, upscale_frames
from latent_core.types import Array, Floats
from ui.morphing.cards import decode_frames
from ui.morphing.export import (
    EXTENDED_SPAN,
    ExportOptions,
    codes_file,
    export_file,
    max_frames,
    provenance,
    side_limits,
)
from ui.spaces import Space, compute_space
from ui.views.morph.sheet_export import grid_coordinates


@pytest.fixture
def space(four: File) -> Space:
    return compute_space("four", "four", lambda _share, _words: None)


@pytest.fixture
def path(space: Space) -> LatentPath:
    return linear_path(space.encodings.mean[0], space.encodings.mean[1])


def decoded(space: Space, path: LatentPath, kind: str = "linear") -> Callable[[Array], Floats]:
    return lambda times: decode_frames(space, path, kind, times)


def made(space: Space, path: LatentPath, wanted: ExportOptions) -> bytes:
    words = provenance(space.model.card, "linear", ["A", "B"])
    return export_file(wanted, decoded(space, path), path.at, words)


def seen(space: Space, codes: Floats, side: int) -> Array:
    return upscale_frames(np.repeat(space.model.decode(codes), 2, axis=0), side)[::2].astype(int)


@pytest.mark.parametrize("there_and_back", [False, True])
def test_a_gif_goes_from_a_to_b_and_back(
    space: Space, path: LatentPath, there_and_back: bool
) -> None:
    wanted = ExportOptions(kind="gif", side=32, frames=9, fps=25, there_and_back=there_and_back)
    film = Image.open(io.BytesIO(made(space, path, wanted)))
    frames = [np.asarray(f.convert("RGB")).astype(int) for f in ImageSequence.Iterator(film)]
    assert len(frames) == (16 if there_and_back else 9)
    assert frames[0].shape == (32, 32, 3)
    assert film.info["duration"] == 40
    ends = seen(space, space.encodings.mean[:2], 32)
    assert np.abs(frames[0] - ends[0]).max() <= 1
    assert np.abs(frames[8] - ends[1]).max() <= 1
    if there_and_back:
        np.testing.assert_allclose(frames[-1], frames[1], atol=1)


def test_an_mp4_has_the_frames_that_were_asked_for(space: Space, path: LatentPath) -> None:
    wanted = ExportOptions(kind="mp4", side=64, frames=12, fps=24)
    frames = imageio.imread(made(space, path, wanted), extension=".mp4", plugin="pyav")
    assert frames.shape == (12, 64, 64, 3)
    ends = seen(space, space.encodings.mean[:2], 64)
    assert np.abs(frames[0].astype(int) - ends[0]).mean() < 4
    assert np.abs(frames[-1].astype(int) - ends[1]).mean() < 4


def test_a_strip_shows_what_lies_beyond_the_ends_too(space: Space, path: LatentPath) -> None:
    wanted = ExportOptions(kind="png", side=32, frames=5, fps=25, span=EXTENDED_SPAN)
    strip = np.asarray(Image.open(io.BytesIO(made(space, path, wanted))).convert("RGB"))
    assert strip.shape == (32, 5 * 32, 3)
    frames = strip.reshape(32, 5, 32, 3).transpose(1, 0, 2, 3).astype(int)
    there = seen(space, path.at([-0.5, 0, 0.5, 1, 1.5]), 32)
    assert np.abs(frames - there).max() <= 1


def test_the_codes_are_those_of_the_path_with_their_times(space: Space, path: LatentPath) -> None:
    wanted = ExportOptions(kind="npz", side=32, frames=7, fps=25)
    with np.load(io.BytesIO(made(space, path, wanted)), allow_pickle=False) as found:
        np.testing.assert_array_equal(found["codes"], path.at(np.linspace(0, 1, 7)))
        np.testing.assert_array_equal(found["times"], np.linspace(0, 1, 7))
        assert str(found["model"]) == "four"
        assert str(found["weights_sha256"]) == space.model.card.weights_sha256
        assert str(found["between"]) == "A | B"


def test_smooth_is_what_was_seen_smooth(space: Space, path: LatentPath) -> None:
    crisp = made(space, path, ExportOptions(kind="png", side=32, frames=2, fps=25))
    smooth = made(space, path, ExportOptions(kind="png", side=32, frames=2, fps=25, smooth=True))
    levels = [
        len(np.unique(np.asarray(Image.open(io.BytesIO(f)).convert("L")))) for f in (crisp, smooth)
    ]
    assert levels[0] <= 8 < levels[1]


def test_a_cross_fade_blends_what_the_ends_decode_to(space: Space, path: LatentPath) -> None:
    faded = decode_frames(space, path, "cross-fade", np.array([0.0, 0.25, 1.0]))
    a, b = space.model.decode(space.encodings.mean[:2])
    np.testing.assert_array_equal(faded, cross_fade(a, b, [0.0, 0.25, 1.0]))
    assert not np.allclose(decode_frames(space, path, "linear", np.array([-0.4])), faded[:1])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "avi"}, "no format 'avi'"),
        ({"span": (1.0, 0.0)}, "greater than the first, not 1.0 to 0.0"),
    ],
)
def test_an_export_that_cannot_be_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInputError, match=words):
        ExportOptions(**({"kind": "gif", "side": 32, "frames": 9, "fps": 25} | changes))


@pytest.mark.parametrize("there_and_back", [False, True])
@pytest.mark.parametrize(("side", "shape"), [(448, (28, 28)), (2048, (64, 48)), (16, (2, 2))])
def test_as_many_frames_as_are_offered_are_let_through(
    side: int, shape: tuple[int, int], there_and_back: bool
) -> None:
    most = max_frames(side, shape, there_and_back)
    total = len(
        ExportOptions(
            kind="gif", side=side, frames=most, fps=25, there_and_back=there_and_back
        ).times()
    )
    more = len(
        ExportOptions(
            kind="gif", side=side, frames=most + 1, fps=25, there_and_back=there_and_back
        ).times()
    )
    area = side * round(side * min(shape) / max(shape))
    assert total <= 1000
    assert total * area <= MAX_PIXELS
    assert more > 1000 or more * area > MAX_PIXELS


def test_a_film_too_large_says_so(space: Space, path: LatentPath) -> None:
    with pytest.raises(InputTooLargeError, match="use fewer frames or a smaller side"):
        made(space, path, ExportOptions(kind="gif", side=2048, frames=900, fps=25))


def test_sizes_are_whole_multiples_of_the_pictures_own() -> None:
    assert side_limits((28, 28)) == (28, 448, 1008)
    assert side_limits((64, 48)) == (64, 448, 1024)
    assert all(side % 8 == 0 for side in side_limits((8, 8)))


def test_a_sheet_has_the_corners_in_its_corners() -> None:
    right, down = grid_coordinates(3)
    assert list(zip(right, down, strict=True))[::2] == [(0, 0), (1, 0), (0.5, 0.5), (0, 1), (1, 1)]
    found = np.load(io.BytesIO(codes_file(np.zeros((9, 2)), {"u": right}, {"model": "x"})))
    assert found["codes"].dtype == np.float32
    np.testing.assert_array_equal(found["u"], right)
