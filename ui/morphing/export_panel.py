"""The export popover of a path: format, size and frames, and the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from latent_core.interpolation import LatentPath
from latent_core.io.video import FPS_RANGE
from latent_core.types import Array, Floats
from ui import session, widgets
from ui.downloads import ExportFile, draw_export_download, size_text
from ui.layout import shown_errors
from ui.morphing.cards import decode_frames
from ui.morphing.export import (
    DEFAULT_GIF_SIDE,
    DEFAULT_SIDE,
    EXTENDED_SPAN,
    FORMATS,
    FULL_SPAN,
    ExportOptions,
    export_file,
    max_frames,
    provenance,
    side_limits,
)
from ui.morphing.export_fields import checkbox_field, number_field, smooth_field
from ui.morphing.export_size import probe_sizes, with_default_frames
from ui.morphing.paths import fingerprint, session_memo
from ui.spaces import Space
from ui.wording.file_names import joined_slugs

FPS = 25
STRIP_FRAMES, STRIP_SIDE = 11, 112


@dataclass(frozen=True, slots=True, kw_only=True)
class _Export:
    """The path that is exported, with functions of its times ``(T,)``."""

    space: Space
    path: LatentPath
    kind: str
    seconds: float
    key: str

    def decode(self, times: Array) -> Floats:
        """The images ``(T, C, H, W)``."""
        return decode_frames(self.space, self.path, self.kind, times)


def draw_export(
    space: Space, path: LatentPath, kind: str, labels: Sequence[str], seconds: float
) -> None:
    """Draw a popover to export `path` (or a cross-fade of its ends), which lasts `seconds`."""
    formats = [name for name in FORMATS if name != "npz" or kind != "cross-fade"]
    chosen = session.chosen("export", formats, "gif")  # also of a link whose popover is closed
    with export_popover() as is_open:
        if not is_open:
            return
        key = _key(space, path, kind, seconds)
        export = _Export(space=space, path=path, kind=kind, seconds=seconds, key=key)
        chosen = widgets.segmented_choice(
            "Format", "export", formats, chosen, lambda name: FORMATS[name][0]
        )
        options = _choose_options(export, chosen)
        st.caption(_summary(export, options))
        file = _file(export, options, labels)
        draw_export_download(file, "morph.export")


def default_gif(
    space: Space, path: LatentPath, kind: str, labels: Sequence[str], seconds: float
) -> ExportFile:
    """The GIF of `path` (or a cross-fade of its ends), there and back, without any choices."""
    export = _Export(
        space=space, path=path, kind=kind, seconds=seconds, key=_key(space, path, kind, seconds)
    )
    options = ExportOptions(
        kind="gif",
        side=_default_side(space.data.image_shape[1:], "gif"),
        frames=round(seconds * FPS) + 1,
        fps=FPS,
        there_and_back=True,
    )
    return _file(export, _with_default_frames(export, options), labels)


def _key(space: Space, path: LatentPath, kind: str, seconds: float) -> str:
    return fingerprint(space.encodings.fingerprint, kind, seconds, path.times, path.codes)


def _file(export: _Export, options: ExportOptions, labels: Sequence[str]) -> ExportFile:
    source = provenance(export.space.model.card, export.kind, labels)
    return ExportFile(
        name=f"{joined_slugs(labels)}.{options.kind}",
        mime=FORMATS[options.kind][1],
        content_key=fingerprint(export.key, options),
        make=lambda report: export_file(options, export.decode, export.path.at, source, report),
    )


@contextmanager
def export_popover() -> Iterator[bool]:
    """A popover whose content is drawn only while it is open; says whether it is."""
    box = st.popover("Export", icon=":material/download:", key="morph.export", on_change="rerun")
    with box, shown_errors():
        yield bool(box.open)


def _choose_options(export: _Export, kind: str) -> ExportOptions:
    """Draw the fields of one format."""
    shape = export.space.data.image_shape[1:]
    name, default_side = f"morph.export.{kind}", _default_side(shape, kind)
    min_side, _, max_side = side_limits(shape)
    side, smooth = default_side, False
    left, right = st.columns(2)
    if kind != "npz":
        with left:
            side = number_field(
                "Size in pixels", f"{name}.side", side, (min_side, max_side), max(shape)
            )
        smooth = smooth_field(name)
    there_and_back = checkbox_field(
        "There and back", f"{name}.back", default=kind in ("gif", "mp4")
    )
    wide = export.path.times[0] < 0 and checkbox_field(
        "Extrapolate: from 50 % before A to 50 % beyond B", f"{name}.wide", default=False
    )
    options = _with_default_frames(
        export,
        ExportOptions(
            kind=kind,
            side=side,
            frames=STRIP_FRAMES if kind == "png" else round(export.seconds * FPS) + 1,
            fps=FPS,
            there_and_back=there_and_back,
            span=EXTENDED_SPAN if wide else FULL_SPAN,
            smooth=smooth,
        ),
    )
    limit = max_frames(side, shape, there_and_back)
    with left if kind == "npz" else right:
        frames = number_field("Frames one way", f"{name}.frames", options.frames, (2, limit), 1)
    fps = options.fps
    if kind in ("gif", "mp4"):
        fps = number_field("Frames per second", f"{name}.fps", int(fps), FPS_RANGE, 1)
    return replace(options, frames=frames, fps=fps)


def _default_side(shape: tuple[int, int], kind: str) -> int:
    if kind == "png":
        return STRIP_SIDE
    return side_limits(shape, DEFAULT_GIF_SIDE if kind == "gif" else DEFAULT_SIDE)[1]


def _with_default_frames(export: _Export, options: ExportOptions) -> ExportOptions:
    """For a GIF, as many frames per second as keep it small."""
    if options.kind != "gif":
        return options
    return session_memo(
        "morph.export.defaults",
        fingerprint(export.key, options),
        partial(with_default_frames, options, export.seconds, export.decode),
    )


def _summary(export: _Export, options: ExportOptions) -> str:
    """How many frames of what size the file has, how long it is, and about how large."""
    count, (height, width) = len(options.times()), export.space.data.image_shape[1:]
    if options.kind == "npz":
        return (
            f"{count} codes of {export.space.model.card.latent_dim} dimensions, with their times."
        )
    scale = options.side / max(height, width)
    duration = "" if options.kind == "png" else f", {options.seconds():.1f} s"
    sizes = session_memo(
        "morph.export.sizes",
        fingerprint(export.key, options),
        partial(probe_sizes, options, export.decode),
    )
    return (
        f"{count} frames of {round(width * scale)} × {round(height * scale)} pixels{duration}, "
        f"about {size_text(sizes.total(count))}."
    )
