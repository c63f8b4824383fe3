"""The export popovers of the square between four corners, and of a family."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isqrt

import numpy as np
import streamlit as st

from latent_core.interpolation import bilinear
from latent_core.io.video import SIDE_RANGE, strip_png, upscale_frames
from latent_core.progress import ProgressCallback
from latent_core.types import Array, Floats
from ui import session, widgets
from ui.components.morph_types import PadPosition
from ui.downloads import ExportFile, draw_export_download
from ui.morphing.export import (
    FORMATS,
    codes_file,
    decode_in_batches,
    max_frames,
    provenance,
    side_limits,
)
from ui.morphing.export_fields import number_field, smooth_field
from ui.morphing.export_panel import export_popover
from ui.morphing.paths import fingerprint
from ui.spaces import Space
from ui.wording.file_names import joined_slugs

MAX_CELLS = 31
FAMILY_SIDE, FAMILY_COLUMNS = 224, 3


KINDS = {"png": "PNG sheet", "npz": "Codes (npz)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOptions:
    """Format of an exported sheet: images per row, their size in pixels, smoothing."""

    kind: str
    columns: int
    side: int
    smooth: bool


def draw_square_export(
    space: Space, corners: Floats, position: PadPosition, labels: Sequence[str]
) -> None:
    """Draw a popover to export the square between four `corners` ``(4, D)``."""
    kind = _linked_kind()
    with export_popover() as is_open:
        if not is_open:
            return
        options = _choose_square_options(space, kind)
        right, down = grid_coordinates(options.columns)
        codes = bilinear(corners, right, down, position.kind)
        source = provenance(space.model.card, position.kind, labels)
        st.caption(f"{options.columns:d} × {options.columns:d} images, including the corners.")
        _draw_download(
            space,
            f"{joined_slugs(labels, 'and')}-square",
            options,
            codes,
            {"u": right, "v": down},
            source,
        )


def draw_family_export(space: Space, codes: Callable[[], Floats], labels: Sequence[str]) -> None:
    """Draw a popover to export the crossover and its variations, ``(9, D)`` codes."""
    kind = _linked_kind()
    with export_popover() as is_open:
        if not is_open:
            return
        kind, own = _choose_kind(kind), max(space.data.image_shape[1:])
        options = SheetOptions(
            kind=kind,
            columns=FAMILY_COLUMNS,
            side=own * max(1, FAMILY_SIDE // own),
            smooth=kind == "png" and smooth_field("morph.sheet"),
        )
        st.caption("The crossover first, then its variations.")
        source = provenance(space.model.card, "family", labels)
        name = f"{joined_slugs(labels, 'and')}-family"
        _draw_download(space, name, options, codes(), {}, source)


def sheet_png(
    options: SheetOptions,
    codes: Floats,
    decode: Callable[[Array], Floats],
    progress: ProgressCallback,
) -> bytes:
    """The decoded codes ``(N, D)`` as one PNG, row by row."""
    images = decode_in_batches(codes, decode, progress)
    return strip_png(upscale_frames(images, options.side, options.smooth), options.columns)


def grid_coordinates(cells: int) -> tuple[Array, Array]:
    """The coordinates u (right) and v (down) of each image of the square, row by row."""
    shares = np.linspace(0, 1, cells)
    return np.tile(shares, cells), np.repeat(shares, cells)


def _linked_kind() -> str:
    """The chosen format, also of a link whose popover is closed."""
    return session.chosen("sheet", KINDS, "png")


def _choose_kind(kind: str) -> str:
    return widgets.segmented_choice("Format", "sheet", list(KINDS), kind, KINDS.__getitem__)


def _choose_square_options(space: Space, kind: str) -> SheetOptions:
    kind = _choose_kind(kind)
    own, shape = max(space.data.image_shape[1:]), space.data.image_shape[1:]
    max_cells = min(MAX_CELLS, isqrt(max_frames(own, shape, there_and_back=False)))
    cells = number_field("Images per side", "morph.sheet.cells", 11, (2, max_cells), 1)
    if kind == "npz":
        return SheetOptions(kind=kind, columns=cells, side=0, smooth=False)
    sides = range(side_limits(shape)[0], SIDE_RANGE[1] + 1, own)
    largest = max(s for s in sides if max_frames(s, shape, there_and_back=False) >= cells**2)
    side = number_field(
        "Size of each in pixels", "morph.sheet.side", 2 * own, (sides[0], largest), own
    )
    return SheetOptions(kind=kind, columns=cells, side=side, smooth=smooth_field("morph.sheet"))


def _draw_download(
    space: Space,
    name: str,
    options: SheetOptions,
    codes: Floats,
    columns: dict[str, Array],
    source: dict[str, str],
) -> None:
    def make(progress: ProgressCallback) -> bytes:
        if options.kind == "npz":
            return codes_file(codes, columns, source)
        return sheet_png(options, codes, space.model.decode, progress)

    file = ExportFile(
        name=f"{name}.{options.kind}",
        mime=FORMATS[options.kind][1],
        content_key=fingerprint(space.model.card.id, space.data.id, options, codes),
        make=make,
    )
    draw_export_download(file, "morph.export")
