"""Where a visitor says what file is wanted, and gets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np
import streamlit as st

from latent_core.interpolation import LatentPath, bilinear
from latent_core.io.video import FPS_RANGE, SIDE_RANGE, strip_png, upscale_frames
from latent_core.types import Array, Floats
from ui import session
from ui.components.morph_types import Spot
from ui.spaces import Space
from ui.views.morph.export import (
    BEYOND,
    FORMATS,
    WHOLE,
    Export,
    about,
    as_file,
    codes_file,
    most_frames,
    sides_of,
)
from ui.views.morph.shared import frames_at

FPS = 25
STRIP_FRAMES, STRIP_SIDE = 11, 112
MOST_CELLS = 31
FAMILY_SIDE = 224


def draw_export(
    space: Space, path: LatentPath, kind: str, labels: Sequence[str], seconds: float
) -> None:
    """A popover to export the way `kind` along `path`, which takes `seconds` in all."""
    with st.popover("Export", icon=":material/download:", key="morph.export"):
        formats = [name for name in FORMATS if name != "npz" or kind != "cross-fade"]
        chosen = session.chosen("export", formats, "gif")
        chosen = session.segments("Format", "export", formats, chosen, lambda f: FORMATS[f][0])
        wanted = _choose(space, path, chosen, seconds)
        st.caption(_in_words(space, wanted))

        def made() -> bytes:
            return as_file(
                wanted,
                lambda times: frames_at(space, path, kind, times),
                path.at,
                about(space.model.card, kind, labels),
            )

        _offer(made, f"morph-{kind}", wanted.kind)


def _choose(space: Space, path: LatentPath, kind: str, seconds: float) -> Export:
    """The fields of one format; each keeps what was last chosen."""
    shape = space.data.image_shape[1:]
    least, usual, most = sides_of(shape)
    name, strip = f"morph.export.{kind}", kind == "png"
    side, smooth = (STRIP_SIDE if strip else usual), False
    left, right = st.columns(2)
    if kind != "npz":
        with left:
            side = _number("Size in pixels", f"{name}.side", side, (least, most), max(shape))
        smooth = _smooth(name)
    back = _tick("There and back", f"{name}.back", default=kind in ("gif", "mp4"))
    goes_on = path.times[0] < 0
    wide = goes_on and _tick("From 50 % before A to 50 % beyond B", f"{name}.wide", default=False)
    limit = most_frames(side, shape, back)
    frames = STRIP_FRAMES if strip else round(seconds * FPS) + 1
    with left if kind == "npz" else right:
        frames = _number("Frames one way", f"{name}.frames", frames, (2, limit), 1)
    fps = FPS
    if kind in ("gif", "mp4"):
        fps = _number("Frames per second", f"{name}.fps", FPS, FPS_RANGE, 1)
    return Export(
        kind=kind,
        side=side,
        frames=frames,
        fps=fps,
        back=back,
        span=BEYOND if wide else WHOLE,
        smooth=smooth,
    )


def _in_words(space: Space, wanted: Export) -> str:
    count = len(wanted.times())
    if wanted.kind == "npz":
        return f"{count} codes of {space.model.card.latent_dim} numbers, with their times."
    height, width = (
        round(length * wanted.side / max(space.data.image_shape[1:]))
        for length in space.data.image_shape[1:]
    )
    lasting = "" if wanted.kind == "png" else f", {wanted.seconds():.1f} s"
    return f"{count} frames of {width} × {height} pixels{lasting}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a visitor wants of a square: how many pictures to a side, each how large and how."""

    kind: str
    cells: int
    side: int
    smooth: bool


def draw_sheet_export(space: Space, codes: Floats, spot: Spot, labels: Sequence[str]) -> None:
    """A popover to export the square between four corners."""
    with st.popover("Export", icon=":material/download:", key="morph.export"):
        wanted = _choose_sheet(space)
        right, down = grid_shares(wanted.cells)
        mixed = bilinear(codes, right, down, spot.kind)

        def made() -> bytes:
            if wanted.kind == "npz":
                words = about(space.model.card, spot.kind, labels)
                return codes_file(mixed, {"u": right, "v": down}, words)
            frames = upscale_frames(space.model.decode(mixed), wanted.side, wanted.smooth)
            return strip_png(frames, wanted.cells)

        st.caption(f"{wanted.cells} × {wanted.cells} pictures, the corners among them.")
        _offer(made, "morph-square", wanted.kind)


def _sheet_kind() -> str:
    names = {"png": "PNG sheet", "npz": "Codes (npz)"}
    kind = session.chosen("sheet", names, "png")
    return session.segments("Format", "sheet", list(names), kind, names.__getitem__)


def _choose_sheet(space: Space) -> Sheet:
    kind = _sheet_kind()
    own, shape = max(space.data.image_shape[1:]), space.data.image_shape[1:]
    most = min(MOST_CELLS, isqrt(most_frames(own, shape, back=False)))
    cells = _number("Pictures to a side", "morph.sheet.cells", 11, (2, most), 1)
    if kind == "npz":
        return Sheet(kind=kind, cells=cells, side=0, smooth=False)
    sides = range(sides_of(shape)[0], SIDE_RANGE[1] + 1, own)
    largest = max(s for s in sides if most_frames(s, shape, back=False) >= cells**2)
    side = _number("Size of each in pixels", "morph.sheet.side", 2 * own, (sides[0], largest), own)
    return Sheet(kind=kind, cells=cells, side=side, smooth=_smooth("morph.sheet"))


def draw_family_export(space: Space, family: Callable[[], Floats], labels: Sequence[str]) -> None:
    """A popover to export the mixture and its litter, of which `family` gives ``(9, D)`` codes."""
    with st.popover("Export", icon=":material/download:", key="morph.export"):
        kind = _sheet_kind()
        smooth = kind == "png" and _smooth("morph.sheet")

        def made() -> bytes:
            if kind == "npz":
                return codes_file(family(), {}, about(space.model.card, "family", labels))
            own = max(space.data.image_shape[1:])
            side = own * max(1, FAMILY_SIDE // own)
            return strip_png(upscale_frames(space.model.decode(family()), side, smooth), 3)

        st.caption("The mixture first, then its children.")
        _offer(made, "family", kind)


def grid_shares(cells: int) -> tuple[Array, Array]:
    """How far right and how far down each picture of a square sheet lies, row after row."""
    shares = np.linspace(0, 1, cells)
    return np.tile(shares, cells), np.repeat(shares, cells)


def _offer(made: Callable[[], bytes], name: str, kind: str) -> None:
    st.download_button(
        f"Download {name}.{kind}",
        made,
        f"{name}.{kind}",
        FORMATS[kind][1],
        key="morph.download",
        on_click="ignore",
        type="primary",
        width="stretch",
    )


def _number(label: str, name: str, default: int, span: tuple[int, int], step: int) -> int:
    low, high = span
    value = min(max(int(session.recall(name, default)), low), high)
    chosen = int(st.number_input(label, low, high, value, step, key=f"{name}.field"))
    if chosen != default:
        session.remember(name, chosen)
    return chosen


def _smooth(name: str) -> bool:
    """Whether frames are enlarged smoothly; at first, as on the screen."""
    shown = bool(session.recall("morph.smooth", False))
    return st.checkbox("Smooth between the pixels", shown, key=f"{name}.smooth.{shown}")


def _tick(label: str, name: str, *, default: bool) -> bool:
    chosen = st.checkbox(label, session.recall(name, default), key=f"{name}.field")
    session.remember(name, chosen)
    return chosen
