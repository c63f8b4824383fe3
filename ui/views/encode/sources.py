"""Where the images to encode come from: a drawing, files, the camera, or the data set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.analysis.support import Support, support_of_encodings
from latent_core.cache.memo import memoize
from latent_core.io.png import encode_png, to_pixels
from latent_core.types import Dataset, Encodings, Floats
from ui import session, widgets
from ui.components.examples import Example, draw_examples
from ui.images import data_url
from ui.kept_drawing import draw_kept_pad
from ui.spaces import Space
from ui.visitor.visitor_files import VisitorFile, file_of_bytes, uploaded_file

TITLES = {"draw": "Draw", "upload": "Upload", "camera": "Camera"}
ENDINGS = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff", "zip"]
NOTHING_YET = {
    "draw": "Draw something: it is encoded and decoded while you draw.",
    "upload": "Choose images, a zip of images or one of ours: each is encoded and decoded.",
    "camera": "Take a photo: it is encoded and decoded.",
}
EXAMPLE = "example"
"""The source of an image of the data set."""
N_EXAMPLES = 8
CANDIDATES = 100
"""Of each class, as many images are compared."""


def draw_source(space: Space) -> tuple[str, list[VisitorFile]]:
    """Draw the choice of a source and its input; gives the source and its files."""
    color = space.data.image_shape[0] == 3
    sources = _sources(color=color)
    if session.changed("encode.color", color):
        session.choose_unless_linked("source", sources[0])
    source = session.chosen("source", sources, sources[0])
    source = widgets.segmented_choice("Your image", "source", sources, source, TITLES.__getitem__)
    files = _drawn_files() if source == "draw" else _uploaded_files(source)
    if session.changed("encode.own", (source, [file.token for file in files])):
        session.forget("encode.example")
    return source, files


def _sources(*, color: bool) -> list[str]:
    """The sources, the first by default: a line drawing is nothing like a color image."""
    return ["upload", "draw", "camera"] if color else ["draw", "upload", "camera"]


def _drawn_files() -> list[VisitorFile]:
    """The drawing as a file, or none."""
    png = draw_kept_pad(key="encode.drawing_pad", name="drawing", rerun="fragment")
    return [] if png is None else [file_of_bytes("drawing", png)]


def _uploaded_files(source: str) -> list[VisitorFile]:
    """The uploaded files, or the photo as a file."""
    if source == "camera":
        photo = st.camera_input("Photo", key="encode.camera", label_visibility="collapsed")
        return [] if photo is None else [uploaded_file(photo)]
    uploaded = st.file_uploader(
        "PNG, JPEG, WebP, BMP, GIF, TIFF or a zip of them",
        ENDINGS,
        accept_multiple_files=True,
        key="encode.files",
    )
    return [uploaded_file(file) for file in uploaded]


# ── images of the data set ──────────────────────────────────────────────────────────────────


def draw_example_row(space: Space) -> VisitorFile | None:
    """Draw images of the data set to choose from; gives the chosen one as a file."""
    chosen: tuple[str, int] | None = session.recall("encode.example")
    index = chosen[1] if chosen is not None and chosen[0] == space.data.id else None
    picked = draw_examples(key="encode.examples", examples=_examples(space), chosen=index)
    if picked is not None and picked != index:
        session.remember("encode.example", (space.data.id, picked))
        st.rerun(scope="fragment")
    return None if index is None else _sample_file(space.data, index)


def _examples(space: Space) -> list[Example]:
    name = f"{space.encodings.fingerprint} {space.data.fingerprint}"
    return memoize("encode examples", name, lambda: _make_examples(space))


def _make_examples(space: Space) -> list[Example]:
    return [
        Example(
            id=index,
            label=_sample_name(space.data, index),
            picture=data_url(space.data.images(slice(index, index + 1))[0]),
        )
        for index in example_indices(space.data, space.encodings)
    ]


def example_indices(data: Dataset, encodings: Encodings) -> list[int]:
    """Indices of `N_EXAMPLES` images near data, of all classes in turn, with codes far apart."""
    groups, support = _groups(data), support_of_encodings(encodings)
    chosen: list[int] = []
    for turn in range(min(N_EXAMPLES, len(data))):
        at = turn * max(1, len(groups) / N_EXAMPLES)
        near = _near_data(encodings.mean, groups[int(at) % len(groups)], support)
        chosen.append(_farthest(encodings.mean, near, chosen))
    return chosen


def _groups(data: Dataset) -> list[NDArray[np.intp]]:
    """The indices of the images of each class, or of all images if there are no classes."""
    if data.labels is None:
        return [np.arange(len(data))]
    present = np.unique(data.labels[data.labels >= 0])
    return [np.flatnonzero(data.labels == label) for label in present]


def _near_data(codes: Floats, group: NDArray[np.intp], support: Support) -> NDArray[np.intp]:
    """Of the first `CANDIDATES` of a group the half that is nearest to the data."""
    candidates = group[:CANDIDATES]
    order: NDArray[np.intp] = candidates[support.quantile(codes[candidates]).argsort()]
    return order[: max(N_EXAMPLES, len(order) // 2)]


def _farthest(codes: Floats, candidates: NDArray[np.intp], chosen: Sequence[int]) -> int:
    """The candidate farthest from all that were chosen; the first one if none was."""
    if not chosen:
        return int(candidates[0])
    gaps = np.linalg.norm(codes[candidates][:, None] - codes[list(chosen)][None], axis=2)
    return int(candidates[gaps.min(axis=1).argmax()])


def _sample_name(data: Dataset, index: int) -> str:
    return data.label(index) or f"image {index:,}"


def _sample_file(data: Dataset, index: int) -> VisitorFile:
    """An image of the data set as if it were uploaded."""
    pixels = data.images(slice(index, index + 1))
    return file_of_bytes(_sample_name(data, index), encode_png(to_pixels(pixels)[0]))
