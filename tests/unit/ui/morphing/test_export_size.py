"""Sizes of exported files: what is estimated, and the limit of a GIF by default."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.interpolation import LatentPath, linear_path
from latent_core.types import Array, Floats
from ui.components.morph_types import DEFAULT_SECONDS
from ui.morphing.export import (
    DEFAULT_GIF_SIDE,
    FORMATS,
    ExportOptions,
    export_file,
    side_limits,
)
from ui.morphing.export_size import (
    FASTEST_FPS,
    MAX_GIF_BYTES,
    SLOWEST_FPS,
    FrameSizes,
    probe_sizes,
    with_default_frames,
)

SHIPPED = [lc.load_card(name) for name in lc.list_models()]
LARGEST = [
    card.id
    for card in SHIPPED
    if card.decodes
    and np.prod(card.image_shape) == max(np.prod(c.image_shape) for c in SHIPPED if c.decodes)
]


class Morph:
    """The decoded images of the longest path between some images of a model's data."""

    def __init__(self, model_id: str) -> None:
        self.model = lc.load_model(model_id)
        codes = lc.encode(self.model, lc.load_dataset(self.model.card.dataset)).mean
        farthest = codes[np.linalg.norm(codes[:300] - codes[0], axis=1).argmax()]
        self.path: LatentPath = linear_path(codes[0], farthest)

    def decode(self, times: Array) -> Floats:
        return self.model.decode(self.path.at(times))

    def options(self, **changes: object) -> ExportOptions:
        side = side_limits(self.model.card.image_shape[1:], DEFAULT_GIF_SIDE)[1]
        given = {"kind": "gif", "side": side, "frames": 2, "fps": 25, "there_and_back": True}
        return ExportOptions(**(given | changes))

    def file(self, options: ExportOptions) -> bytes:
        return export_file(options, self.decode, self.path.at, {})


@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("model_id", LARGEST)
def test_a_gif_of_the_largest_images_is_small_by_default(model_id: str, smooth: bool) -> None:
    morph = Morph(model_id)
    options = with_default_frames(morph.options(smooth=smooth), DEFAULT_SECONDS, morph.decode)
    assert SLOWEST_FPS <= options.fps <= FASTEST_FPS
    size = len(morph.file(options))
    assert size <= MAX_GIF_BYTES
    stated = probe_sizes(options, morph.decode).total(len(options.times()))
    assert stated == pytest.approx(size, rel=0.3)


def test_digits_play_at_the_full_rate() -> None:
    morph = Morph("digits-vae-16")
    options = with_default_frames(morph.options(), DEFAULT_SECONDS, morph.decode)
    assert (options.frames, options.fps) == (1 + FASTEST_FPS * DEFAULT_SECONDS, FASTEST_FPS)
    assert len(morph.file(options)) <= MAX_GIF_BYTES


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "npz"])
def test_the_size_of_every_format_is_estimated(kind: str) -> None:
    morph = Morph("fashion-vae-16")
    options = morph.options(kind=kind, frames=20, side=112, there_and_back=False)
    stated = probe_sizes(options, morph.decode).total(20)
    assert stated == pytest.approx(len(morph.file(options)), rel=0.6)


def test_the_most_frames_fit_into_the_size() -> None:
    sizes = FrameSizes(first_two=1000, further=300)
    most = sizes.max_count(10_000)
    assert sizes.total(most) <= 10_000 < sizes.total(most + 1)
    assert FrameSizes(first_two=1000, further=0).max_count(2000) > 500
    assert sizes.max_count(10) == 2
