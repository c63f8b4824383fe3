"""Videos and filmstrips: what is encoded is decoded again, frame by frame."""

from __future__ import annotations

import io

import av
import imageio.v3 as imageio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.io.gif import encode_gif, gif_rate
from latent_core.io.video import Frames, encode_mp4, strip_png, upscale_frames

RNG = np.random.default_rng(0)
GRAY = np.linspace(0, 1, 12 * 1 * 6 * 5).reshape(12, 1, 6, 5)[RNG.permutation(12)]
COLOR = RNG.random((7, 3, 4, 4))


def ramp(size: tuple[int, int] = (48, 64), channels: int = 3, count: int = 10) -> Frames:
    """Frames that interpolate linearly between two smooth images."""
    smooth = RNG.integers(40, 216, (2, channels, 4, 4)).astype(np.float32)
    ends = [[np.asarray(Image.fromarray(c).resize(size[::-1], 2)) for c in p] for p in smooth]
    first, last = np.stack(ends, axis=0).transpose(0, 2, 3, 1)
    weights = np.linspace(0, 1, count)[:, None, None, None]
    frames = np.rint((1 - weights) * first + weights * last).astype(np.uint8)
    return np.repeat(frames, 3 // channels, axis=3)


# ---- upscaling


def test_an_integer_multiple_repeats_pixels():
    result = upscale_frames(COLOR, 16)
    expected = np.kron(np.rint(COLOR * 255), np.ones((1, 1, 4, 4))).transpose(0, 2, 3, 1)
    assert result.dtype == np.uint8
    np.testing.assert_array_equal(result, expected)


@given(st.integers(16, 90), st.integers(1, 9), st.integers(1, 9))
@settings(deadline=None)
def test_any_side_repeats_the_pixel_whose_center_is_nearest(side: int, height: int, width: int):
    rows, columns = np.indices((height, width)) / 255
    result = upscale_frames(np.stack([rows, columns])[:, None], side)
    assert max(result.shape[1:3]) == side
    for axis, given_length in enumerate((height, width)):
        taken = result[axis, ..., 0].take(0, axis=1 - axis)
        centers = (np.arange(len(taken)) + 0.5) * given_length / len(taken)
        assert np.abs(centers - (taken + 0.5)).max() <= 0.5
        assert (result[axis] == np.expand_dims(taken, (1 - axis, 2))).all()


def test_smooth_is_bicubic_and_gray_becomes_rgb():
    result = upscale_frames(GRAY, 60, smooth=True)
    assert result.shape == (12, 60, 50, 3)
    image = Image.fromarray(np.rint(GRAY[4, 0] * 255).astype(np.uint8))
    expected = image.resize((50, 60), Image.Resampling.BICUBIC)
    np.testing.assert_array_equal(result[4], np.stack([expected] * 3, axis=2))


def test_smooth_keeps_the_channels_apart():
    red = np.zeros((2, 3, 4, 4))
    red[:, 0] = 1
    np.testing.assert_array_equal(upscale_frames(red, 32, smooth=True)[0, 5, 5], [255, 0, 0])


@pytest.mark.parametrize(
    ("frames", "side", "words"),
    [
        (GRAY, 15, "16 to 2048 pixels, not 15"),
        (GRAY, 2049, "16 to 2048 pixels, not 2049"),
        (GRAY[:1], 64, "2 to 1000 frames, not 1;"),
        (np.zeros((1001, 1, 1, 1)), 64, "2 to 1000 frames, not 1001"),
        (np.zeros((2, 2, 4, 4)), 64, "not 2;"),
        (np.zeros((2, 1, 0, 4)), 64, "no pixels"),
        (GRAY + 1, 64, r"Pixels must lie in \[0, 1\]"),
    ],
)
def test_invalid_frames_are_not_upscaled(frames: np.ndarray, side: int, words: str):
    with pytest.raises(InvalidInputError, match=words):
        upscale_frames(frames, side)


def test_the_number_of_pixels_is_limited():
    wide = np.zeros((100, 1, 8, 8))
    with pytest.raises(
        InputTooLargeError, match=r"100 frames of 1024 × 1024 are 105 megapixels.* limit of 67"
    ):
        upscale_frames(wide, 1024)
    assert upscale_frames(wide[:64], 1024).size == 3 * 2**26


# ---- GIF


def gif_delays(data: bytes) -> list[int]:
    with Image.open(io.BytesIO(data)) as image:
        delays = []
        for index in range(image.n_frames):
            image.seek(index)
            delays.append(image.info["duration"])
        return delays


def test_a_gray_gif_is_lossless():
    frames = upscale_frames(GRAY, 36)
    data = encode_gif(frames, 25)
    np.testing.assert_array_equal(imageio.imread(data, extension=".gif", mode="RGB"), frames)
    assert gif_delays(data) == [40] * 12


def test_a_gif_of_few_colors_is_lossless_and_of_many_is_close():
    few, many = upscale_frames(COLOR, 16), ramp()
    np.testing.assert_array_equal(imageio.imread(encode_gif(few, 10), extension=".gif"), few)
    result = imageio.imread(encode_gif(many, 10), extension=".gif")
    assert result.shape == many.shape
    assert np.abs(result.astype(int) - many).mean() < 4


def test_narrow_gray_frames_are_not_mistaken_for_rgb():
    frames = upscale_frames(np.linspace(0, 1, 2 * 48).reshape(2, 1, 16, 3), 16)
    assert frames.shape == (2, 16, 3, 3)
    np.testing.assert_array_equal(imageio.imread(encode_gif(frames, 5), extension=".gif"), frames)


@pytest.mark.parametrize("fps", [1, 7, 12.5, 15, 24, 30, 50])
def test_gif_rate_is_the_actual_rate(fps: float):
    delays = gif_delays(encode_gif(upscale_frames(GRAY, 16), fps))
    assert 1000 * len(delays) / sum(delays) == pytest.approx(gif_rate(fps), rel=1e-6)
    assert 100 / gif_rate(fps) == pytest.approx(100 / fps, abs=0.5)


def test_a_gif_loops_or_plays_once():
    for loop in (True, False):
        with Image.open(io.BytesIO(encode_gif(upscale_frames(GRAY, 16), 10, loop))) as image:
            assert ("loop" in image.info) is loop
            assert image.info.get("loop", 0) == 0


def test_equal_frames_in_a_gif_keep_their_duration():
    frames = upscale_frames(GRAY[[0, 1, 1, 1, 2]], 16)
    assert sum(gif_delays(encode_gif(frames, 10))) == 500


# ---- MP4


@pytest.mark.parametrize("channels", [1, 3])
def test_an_mp4_has_every_frame_close_to_the_source(channels: int):
    frames = ramp(channels=channels)
    result = imageio.imread(encode_mp4(frames, 12.5), extension=".mp4", plugin="pyav")
    assert result.shape == frames.shape
    for i in (0, 4, -1):
        assert np.abs(result[i].astype(int) - frames[i]).mean() < 3


def test_an_mp4_has_a_widely_supported_format():
    with av.open(io.BytesIO(encode_mp4(ramp(), 12.5))) as container:
        (stream,) = container.streams
        context = stream.codec_context
        assert (context.name, context.pix_fmt, stream.frames) == ("h264", "yuv420p", 10)
        assert stream.average_rate == 12.5
        assert float(stream.duration * stream.time_base) == 10 / 12.5
        declared = (
            context.colorspace,
            context.color_primaries,
            context.color_trc,
            context.color_range,
        )
        assert declared == (1, 1, 1, 1)


def test_the_colors_of_an_mp4_are_those_it_declares():
    red, green, blue = 220, 60, 30
    frames = np.full((3, 32, 32, 3), (red, green, blue), np.uint8)
    luma = 16 + 219 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255  # Rec. 709
    with av.open(io.BytesIO(encode_mp4(frames, 10))) as container:
        decoded = next(container.decode(video=0))
    assert decoded.to_ndarray()[:32].mean() == pytest.approx(luma, abs=2)


def test_odd_sides_are_padded_not_resized():
    frames = ramp((33, 47))
    result = imageio.imread(encode_mp4(frames, 10), extension=".mp4", plugin="pyav")
    assert result.shape == (10, 34, 48, 3)
    padded = np.pad(frames, [(0, 0), (0, 1), (0, 1), (0, 0)], mode="edge")
    assert np.abs(result.astype(int) - padded).mean() < 3


# ---- PNG


def test_a_filmstrip_is_lossless():
    frames = upscale_frames(COLOR, 16)
    strip = np.asarray(Image.open(io.BytesIO(strip_png(frames))))
    np.testing.assert_array_equal(strip, np.concatenate(frames, axis=1))


def test_a_filmstrip_may_have_several_rows():
    frames = upscale_frames(COLOR, 16)
    page = np.asarray(Image.open(io.BytesIO(strip_png(frames, columns=3))))
    assert page.shape == (48, 48, 3)
    np.testing.assert_array_equal(page[16:32, 32:], frames[5])
    assert not page[32:, 16:].any()
    assert strip_png(frames, columns=99) == strip_png(frames)


# ---- invalid input


@pytest.mark.parametrize("fps", [0, 0.5, 51, float("nan"), "12", True])
def test_invalid_rates_are_rejected(fps: float):
    for make in (encode_gif, encode_mp4):
        with pytest.raises(InvalidInputError, match="frames per second must be 1 to 50"):
            make(ramp(), fps)


@pytest.mark.parametrize(
    "make", [lambda f: encode_gif(f, 10), lambda f: encode_mp4(f, 10), strip_png]
)
def test_invalid_frames_are_rejected(make):
    for bad in (GRAY, ramp()[..., :2], ramp()[0], ramp()[:, :0]):
        with pytest.raises(
            InvalidInputError, match=r"uint8 \(T, H, W, 3\).* make them with upscale_frames"
        ):
            make(bad)
    with pytest.raises(InvalidInputError, match="2 to 1000 frames, not 1;"):
        make(ramp()[:1])
    with pytest.raises(InputTooLargeError, match="megapixels"):
        make(np.broadcast_to(np.uint8(0), (65, 1024, 1024, 3)))


def test_a_filmstrip_needs_columns():
    with pytest.raises(InvalidInputError, match="at least one frame, not 0"):
        strip_png(ramp(), columns=0)
