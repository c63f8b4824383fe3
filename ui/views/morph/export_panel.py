"""The export popover: format, size and frames, and the download button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import isqrt

import numpy as np
import streamlit as st

from latent_core.interpolation import LatentPath, bilinear
from latent_core.io.video import FPS_RANGE, SIDE_RANGE, strip_png, upscale_frames
from latent_core.types import Array, Floats
from ui import session
from ui.components.morph_types import PadPosition
from ui.downloads import make_in_turn
from ui.spaces import Space
from ui.views.morph.endpoint_cards import decode_frames
from ui.views.morph.export import (
    EXTENDED_SPAN,
    FORMATS,
    FULL_SPAN,
    ExportOptions,
    codes_file,
    export_file,
    max_frames,
    provenance,
    side_limits,
)

FPS = 25
STRIP_FRAMES, STRIP_SIDE = 11, 112
MAX_CELLS = 31
FAMILY_SIDE = 224


def draw_export(
    space: Space, path: LatentPath, kind: str, labels: Sequence[str], seconds: float
) -> None:
    """Draw a popover to export `path` (or a cross-fade of its ends), which lasts `seconds`."""
    with st.popover("Export", icon=":material/download:", key="morph.export"):
        formats = [name for name in FORMATS if name != "npz" or kind != "cross-fade"]
        chosen = session.chosen("export", formats, "gif")
        chosen = session.segmented_choice(
            "Format", "export", formats, chosen, lambda name: FORMATS[name][0]
        )
        options = _choose_options(space, path, chosen, seconds)
        st.caption(_summary(space, options))

        def make() -> bytes:
            return export_file(
                options,
                lambda times: decode_frames(space, path, kind, times),
                path.at,
                provenance(space.model.card, kind, labels),
            )

        _draw_download(make, f"morph-{kind}", options.kind)


def _choose_options(space: Space, path: LatentPath, kind: str, seconds: float) -> ExportOptions:
    """Draw the fields of one format; each keeps its last value."""
    shape = space.data.image_shape[1:]
    min_side, default_side, max_side = side_limits(shape)
    name, strip = f"morph.export.{kind}", kind == "png"
    side, smooth = (STRIP_SIDE if strip else default_side), False
    left, right = st.columns(2)
    if kind != "npz":
        with left:
            side = _number_field(
                "Size in pixels", f"{name}.side", side, (min_side, max_side), max(shape)
            )
        smooth = _smooth(name)
    there_and_back = _checkbox("There and back", f"{name}.back", default=kind in ("gif", "mp4"))
    extended = path.times[0] < 0
    wide = extended and _checkbox(
        "Extrapolate: from 50 % before A to 50 % beyond B", f"{name}.wide", default=False
    )
    limit = max_frames(side, shape, there_and_back)
    frames = STRIP_FRAMES if strip else round(seconds * FPS) + 1
    with left if kind == "npz" else right:
        frames = _number_field("Frames one way", f"{name}.frames", frames, (2, limit), 1)
    fps = FPS
    if kind in ("gif", "mp4"):
        fps = _number_field("Frames per second", f"{name}.fps", FPS, FPS_RANGE, 1)
    return ExportOptions(
        kind=kind,
        side=side,
        frames=frames,
        fps=fps,
        there_and_back=there_and_back,
        span=EXTENDED_SPAN if wide else FULL_SPAN,
        smooth=smooth,
    )


def _summary(space: Space, options: ExportOptions) -> str:
    count = len(options.times())
    if options.kind == "npz":
        return f"{count} codes of {space.model.card.latent_dim} dimensions, with their times."
    height, width = (
        round(length * options.side / max(space.data.image_shape[1:]))
        for length in space.data.image_shape[1:]
    )
    duration = "" if options.kind == "png" else f", {options.seconds():.1f} s"
    return f"{count} frames of {width} × {height} pixels{duration}."


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOptions:
    """Format of the exported square: images per side, their size in pixels, smoothing."""

    kind: str
    cells: int
    side: int
    smooth: bool


def draw_sheet_export(
    space: Space, codes: Floats, position: PadPosition, labels: Sequence[str]
) -> None:
    """Draw a popover to export the square between four corners."""
    with st.popover("Export", icon=":material/download:", key="morph.export"):
        options = _choose_sheet_options(space)
        right, down = grid_coordinates(options.cells)
        interpolated = bilinear(codes, right, down, position.kind)

        def make() -> bytes:
            if options.kind == "npz":
                source = provenance(space.model.card, position.kind, labels)
                return codes_file(interpolated, {"u": right, "v": down}, source)
            images = space.model.decode(interpolated)
            frames = upscale_frames(images, options.side, options.smooth)
            return strip_png(frames, options.cells)

        st.caption(f"{options.cells:d} × {options.cells:d} images, including the corners.")
        _draw_download(make, "morph-square", options.kind)


def _sheet_kind() -> str:
    names = {"png": "PNG sheet", "npz": "Codes (npz)"}
    kind = session.chosen("sheet", names, "png")
    return session.segmented_choice("Format", "sheet", list(names), kind, names.__getitem__)


def _choose_sheet_options(space: Space) -> SheetOptions:
    kind = _sheet_kind()
    own, shape = max(space.data.image_shape[1:]), space.data.image_shape[1:]
    max_cells = min(MAX_CELLS, isqrt(max_frames(own, shape, there_and_back=False)))
    cells = _number_field("Images per side", "morph.sheet.cells", 11, (2, max_cells), 1)
    if kind == "npz":
        return SheetOptions(kind=kind, cells=cells, side=0, smooth=False)
    sides = range(side_limits(shape)[0], SIDE_RANGE[1] + 1, own)
    largest = max(s for s in sides if max_frames(s, shape, there_and_back=False) >= cells**2)
    side = _number_field(
        "Size of each in pixels", "morph.sheet.side", 2 * own, (sides[0], largest), own
    )
    return SheetOptions(kind=kind, cells=cells, side=side, smooth=_smooth("morph.sheet"))


def draw_family_export(space: Space, codes: Callable[[], Floats], labels: Sequence[str]) -> None:
    """Draw a popover to export the crossover and its variations, ``(9, D)`` codes."""
    with st.popover("Export", icon=":material/download:", key="morph.export"):
        kind = _sheet_kind()
        smooth = kind == "png" and _smooth("morph.sheet")

        def make() -> bytes:
            if kind == "npz":
                return codes_file(codes(), {}, provenance(space.model.card, "family", labels))
            own = max(space.data.image_shape[1:])
            side = own * max(1, FAMILY_SIDE // own)
            return strip_png(upscale_frames(space.model.decode(codes()), side, smooth), 3)

        st.caption("The crossover first, then its variations.")
        _draw_download(make, "family", kind)


def grid_coordinates(cells: int) -> tuple[Array, Array]:
    """The coordinates u (right) and v (down) of each image of the square, row by row."""
    shares = np.linspace(0, 1, cells)
    return np.tile(shares, cells), np.repeat(shares, cells)


def _draw_download(make: Callable[[], bytes], name: str, kind: str) -> None:
    st.download_button(
        f"Download {name}.{kind}",
        partial(make_in_turn, make, session.visitor()),
        f"{name}.{kind}",
        FORMATS[kind][1],
        key="morph.download",
        on_click="ignore",
        type="primary",
        width="stretch",
    )


def _number_field(label: str, name: str, default: int, span: tuple[int, int], step: int) -> int:
    low, high = span
    value = min(max(int(session.recall(name, default)), low), high)
    chosen = int(st.number_input(label, low, high, value, step, key=f"{name}.field"))
    if chosen != default:
        session.remember(name, chosen)
    return chosen


def _smooth(name: str) -> bool:
    """Whether frames are enlarged smoothly; by default as on the page."""
    shown = bool(session.recall("morph.smooth", False))
    return st.checkbox("Interpolate between pixels", shown, key=f"{name}.smooth.{shown}")


def _checkbox(label: str, name: str, *, default: bool) -> bool:
    chosen = st.checkbox(label, session.recall(name, default), key=f"{name}.field")
    session.remember(name, chosen)
    return chosen
