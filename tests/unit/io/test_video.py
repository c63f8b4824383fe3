"""Films: what is written is read back, frame by frame."""

from __future__ import annotations

import io
import json

import av
import imageio.v3 as imageio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.interpolation import linear_path
from latent_core.io.export import path_npz
from latent_core.io.video import Frames, encode_gif, encode_mp4, gif_rate, strip_png, upscale_frames

RNG = np.random.default_rng(0)
GREY = np.linspace(0, 1, 12 * 1 * 6 * 5).reshape(12, 1, 6, 5)[RNG.permutation(12)]
COLOUR = RNG.random((7, 3, 4, 4))


def ramp(size: tuple[int, int] = (48, 64), colours: int = 3, count: int = 10) -> Frames:
    """Frames that go evenly from one soft picture to another."""
    soft = RNG.integers(40, 216, (2, colours, 4, 4)).astype(np.float32)
    ends = [[np.asarray(Image.fromarray(c).resize(size[::-1], 2)) for c in p] for p in soft]
    first, last = np.stack(ends, axis=0).transpose(0, 2, 3, 1)
    shares = np.linspace(0, 1, count)[:, None, None, None]
    frames = np.rint((1 - shares) * first + shares * last).astype(np.uint8)
    return np.repeat(frames, 3 // colours, axis=3)


# ---- enlarging


def test_a_whole_multiple_makes_equal_squares_of_all_pixels():
    found = upscale_frames(COLOUR, 16)
    expected = np.kron(np.rint(COLOUR * 255), np.ones((1, 1, 4, 4))).transpose(0, 2, 3, 1)
    assert found.dtype == np.uint8
    np.testing.assert_array_equal(found, expected)


@given(st.integers(16, 90), st.integers(1, 9), st.integers(1, 9))
@settings(deadline=None)
def test_any_side_repeats_the_pixel_whose_middle_is_nearest(side: int, height: int, width: int):
    rows, columns = np.indices((height, width)) / 255
    found = upscale_frames(np.stack([rows, columns])[:, None], side)
    assert max(found.shape[1:3]) == side
    for axis, given_length in enumerate((height, width)):
        taken = found[axis, ..., 0].take(0, axis=1 - axis)
        middles = (np.arange(len(taken)) + 0.5) * given_length / len(taken)
        assert np.abs(middles - (taken + 0.5)).max() <= 0.5
        assert (found[axis] == np.expand_dims(taken, (1 - axis, 2))).all()


def test_smooth_is_bicubic_and_grey_becomes_rgb():
    found = upscale_frames(GREY, 60, smooth=True)
    assert found.shape == (12, 60, 50, 3)
    picture = Image.fromarray(np.rint(GREY[4, 0] * 255).astype(np.uint8))
    expected = picture.resize((50, 60), Image.Resampling.BICUBIC)
    np.testing.assert_array_equal(found[4], np.stack([expected] * 3, axis=2))


def test_smooth_keeps_the_channels_apart():
    red = np.zeros((2, 3, 4, 4))
    red[:, 0] = 1
    np.testing.assert_array_equal(upscale_frames(red, 32, smooth=True)[0, 5, 5], [255, 0, 0])


@pytest.mark.parametrize(
    ("frames", "side", "words"),
    [
        (GREY, 15, "16 to 2048 pixels, not 15"),
        (GREY, 2049, "16 to 2048 pixels, not 2049"),
        (GREY[:1], 64, "2 to 1000 frames, not 1;"),
        (np.zeros((1001, 1, 1, 1)), 64, "2 to 1000 frames, not 1001"),
        (np.zeros((2, 2, 4, 4)), 64, "not of 2 channels"),
        (np.zeros((2, 1, 0, 4)), 64, "no pixels"),
        (GREY + 1, 64, r"Pixels must lie in \[0, 1\]"),
    ],
)
def test_enlarging_refuses_what_is_no_film(frames: np.ndarray, side: int, words: str):
    with pytest.raises(InvalidInputError, match=words):
        upscale_frames(frames, side)


def test_a_film_has_a_number_of_pixels_at_most():
    wide = np.zeros((100, 1, 8, 8))
    with pytest.raises(
        InputTooLargeError, match=r"100 frames of 1024 × 1024 are 105 megapixels.* the 67 "
    ):
        upscale_frames(wide, 1024)
    assert upscale_frames(wide[:64], 1024).size == 3 * 2**26


# ---- GIF


def gif_delays(data: bytes) -> list[int]:
    with Image.open(io.BytesIO(data)) as picture:
        delays = []
        for index in range(picture.n_frames):
            picture.seek(index)
            delays.append(picture.info["duration"])
        return delays


def test_a_grey_gif_is_exact():
    frames = upscale_frames(GREY, 36)
    data = encode_gif(frames, 25)
    np.testing.assert_array_equal(imageio.imread(data, extension=".gif", mode="RGB"), frames)
    assert gif_delays(data) == [40] * 12


def test_a_gif_of_few_colours_is_exact_and_of_many_is_close():
    few, many = upscale_frames(COLOUR, 16), ramp()
    np.testing.assert_array_equal(imageio.imread(encode_gif(few, 10), extension=".gif"), few)
    found = imageio.imread(encode_gif(many, 10), extension=".gif")
    assert found.shape == many.shape
    assert np.abs(found.astype(int) - many).mean() < 4


def test_a_narrow_grey_film_is_not_taken_for_colours():
    frames = upscale_frames(np.linspace(0, 1, 2 * 48).reshape(2, 1, 16, 3), 16)
    assert frames.shape == (2, 16, 3, 3)
    np.testing.assert_array_equal(imageio.imread(encode_gif(frames, 5), extension=".gif"), frames)


@pytest.mark.parametrize("fps", [1, 7, 12.5, 15, 24, 30, 50])
def test_a_gif_says_the_rate_that_it_has(fps: float):
    delays = gif_delays(encode_gif(upscale_frames(GREY, 16), fps))
    assert 1000 * len(delays) / sum(delays) == pytest.approx(gif_rate(fps), rel=1e-6)
    assert 100 / gif_rate(fps) == pytest.approx(100 / fps, abs=0.5)


def test_a_gif_loops_or_plays_once():
    for loop in (True, False):
        with Image.open(io.BytesIO(encode_gif(upscale_frames(GREY, 16), 10, loop))) as picture:
            assert ("loop" in picture.info) is loop
            assert picture.info.get("loop", 0) == 0


def test_a_still_in_a_gif_keeps_its_time():
    frames = upscale_frames(GREY[[0, 1, 1, 1, 2]], 16)
    assert sum(gif_delays(encode_gif(frames, 10))) == 500


# ---- MP4


@pytest.mark.parametrize("colours", [1, 3])
def test_an_mp4_has_every_frame_close_to_the_source(colours: int):
    frames = ramp(colours=colours)
    found = imageio.imread(encode_mp4(frames, 12.5), extension=".mp4", plugin="pyav")
    assert found.shape == frames.shape
    for i in (0, 4, -1):
        assert np.abs(found[i].astype(int) - frames[i]).mean() < 3


def test_an_mp4_is_of_the_kind_that_every_player_opens():
    with av.open(io.BytesIO(encode_mp4(ramp(), 12.5))) as container:
        (stream,) = container.streams
        context = stream.codec_context
        assert (context.name, context.pix_fmt, stream.frames) == ("h264", "yuv420p", 10)
        assert stream.average_rate == 12.5
        assert float(stream.duration * stream.time_base) == 10 / 12.5
        said = context.colorspace, context.color_primaries, context.color_trc, context.color_range
        assert said == (1, 1, 1, 1)


def test_the_colours_in_an_mp4_are_those_that_it_says():
    red, green, blue = 220, 60, 30
    frames = np.full((3, 32, 32, 3), (red, green, blue), np.uint8)
    luma = 16 + 219 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255  # Rec. 709
    with av.open(io.BytesIO(encode_mp4(frames, 10))) as container:
        decoded = next(container.decode(video=0))
    assert decoded.to_ndarray()[:32].mean() == pytest.approx(luma, abs=2)


def test_odd_sides_are_padded_not_resized():
    frames = ramp((33, 47))
    found = imageio.imread(encode_mp4(frames, 10), extension=".mp4", plugin="pyav")
    assert found.shape == (10, 34, 48, 3)
    padded = np.pad(frames, [(0, 0), (0, 1), (0, 1), (0, 0)], mode="edge")
    assert np.abs(found.astype(int) - padded).mean() < 3


# ---- PNG


def test_a_strip_is_exact():
    frames = upscale_frames(COLOUR, 16)
    strip = np.asarray(Image.open(io.BytesIO(strip_png(frames))))
    np.testing.assert_array_equal(strip, np.concatenate(frames, axis=1))


def test_a_strip_in_rows_reads_like_a_page():
    frames = upscale_frames(COLOUR, 16)
    page = np.asarray(Image.open(io.BytesIO(strip_png(frames, columns=3))))
    assert page.shape == (48, 48, 3)
    np.testing.assert_array_equal(page[16:32, 32:], frames[5])
    assert not page[32:, 16:].any()
    assert strip_png(frames, columns=99) == strip_png(frames)


# ---- what none of them takes


@pytest.mark.parametrize("fps", [0, 0.5, 51, float("nan"), "12", True])
def test_a_rate_that_cannot_be_is_refused(fps: float):
    for make in (encode_gif, encode_mp4):
        with pytest.raises(InvalidInputError, match="frames per second must be 1 to 50"):
            make(ramp(), fps)


@pytest.mark.parametrize(
    "make", [lambda f: encode_gif(f, 10), lambda f: encode_mp4(f, 10), strip_png]
)
def test_what_are_no_frames_is_refused(make):
    for bad in (GREY, ramp()[..., :2], ramp()[0], ramp()[:, :0]):
        with pytest.raises(
            InvalidInputError, match=r"uint8 \(T, H, W, 3\).* make them with enlarged"
        ):
            make(bad)
    with pytest.raises(InvalidInputError, match="2 to 1000 frames, not 1;"):
        make(ramp()[:1])
    with pytest.raises(InputTooLargeError, match="megapixels"):
        make(np.broadcast_to(np.uint8(0), (65, 1024, 1024, 3)))


def test_a_page_without_columns_is_refused():
    with pytest.raises(InvalidInputError, match="at least one frame, not 0"):
        strip_png(ramp(), columns=0)


# ---- codes


def test_the_codes_of_a_path_come_back_with_what_was_said_of_them():
    path = linear_path(RNG.normal(size=4), RNG.normal(size=4))
    said = {"model": "digits-vae-16", "title": "Ü → 8", "fps": 12.5}
    held = np.load(io.BytesIO(path_npz(path.codes, path.times, said)), allow_pickle=False)
    np.testing.assert_array_equal(held["codes"], path.codes)
    np.testing.assert_array_equal(held["times"], path.times)
    assert json.loads(str(held["meta"])) == said
