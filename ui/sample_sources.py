"""Samples and codes to start from: the tray, the data, class means, the prior, or an upload."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Literal

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from latent_core.datasets.dataset import load_dataset
from latent_core.errors import InvalidInputError
from latent_core.io.uploads import RejectedFile, UploadLimits
from latent_core.metrics import class_mean
from latent_core.models.inversion import InversionConfig
from latent_core.types import Floats
from latent_core.workspace import code_mixture, load_uploads
from ui import session
from ui.background.inversion_jobs import InversionOutcome, find_codes
from ui.background.job import Job
from ui.background.jobs import private_jobs
from ui.images import data_url
from ui.spaces import Space, draw_progress
from ui.url_codec import pack_code, unpack_code
from ui.visitor import tray
from ui.visitor.tray import TrayItem

FILE_TYPES = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff"]
Sampler = Literal["mixture", "prior"]


def item_from_code(space: Space, code: Floats, label: str, image_url: str = "") -> TrayItem:
    """A code ``(D,)``; without `image_url` shown as its decoded image."""
    shown = image_url or data_url(space.model.decode(code[None])[0])
    return TrayItem(image=shown, label=label, model_id=space.model.card.id, code=code)


def item_from_sample(space: Space, index: int) -> TrayItem:
    """Sample `index` of the data set."""
    return TrayItem(
        image=partial(_sample_url, space.data.id, index),
        label=space.data.label(index) or f"image {index:,}",
        model_id=space.model.card.id,
        code=space.encodings.mean[index],
        sample=index,
    )


def _sample_url(dataset_id: str, index: int) -> str:
    return data_url(load_dataset(dataset_id).images(slice(index, index + 1))[0])


def mean_code_item(space: Space) -> TrayItem:
    """The mean of all codes."""
    return item_from_code(space, space.encodings.mean.mean(axis=0), "mean code")


def class_mean_item(space: Space, label: int) -> TrayItem:
    """The mean code of one class."""
    if space.data.labels is None:
        raise InvalidInputError(
            f"The images of {space.data.title!r} have no classes; choose another start."
        )
    mean = class_mean(space.encodings.mean, space.data.labels, label)
    return item_from_code(space, mean, f"mean {space.data.class_names[label]}")


def sampled_item(space: Space, seed: int, sampler: Sampler) -> TrayItem:
    """A sample from the mixture fitted to the codes, or from the prior N(0, I)."""
    if sampler == "prior":
        code = np.random.default_rng(seed).standard_normal(space.model.card.latent_dim, np.float32)
        return item_from_code(space, code, "prior sample")
    with st.spinner("Fitting a Gaussian mixture to the codes"):
        mixture = code_mixture(space.encodings)
    return item_from_code(space, mixture.sample(1, random_state=seed)[0], "sample")


def next_sample(space: Space, page: str, sampler: Sampler) -> TrayItem:
    """A sample with the next seed of this session."""
    seed = session.recall(f"{page}.seed", 0) + 1
    session.remember(f"{page}.seed", seed)
    return sampled_item(space, seed, sampler)


def first_image_of_file(space: Space, name: str, data: bytes) -> tuple[str, Floats]:
    """Name and preprocessed image ``(C, H, W)`` of the first image in an uploaded file.

    Raises
    ------
    InvalidInputError
        The file has no usable image.
    """
    reason = "the file contains no image."
    for item in load_uploads(space.model, [(name, data)], UploadLimits.from_env()):
        if not isinstance(item, RejectedFile):
            return item[0].name, item[1].image
        reason = item.reason
    raise InvalidInputError(f"{name}: {reason}")


def convert_item(space: Space, item: TrayItem) -> TrayItem | None:
    """An item of the tray as one of this space; None if only another model can decode it.

    A sample of this data set is recognized by its image, whichever model it was added with.
    """
    own = item.model_id == space.model.card.id
    if item.sample is not None and item.sample < len(space.data):
        sample = item_from_sample(space, item.sample)
        if sample.image_url == item.image_url:
            return item if own else sample
    return replace(item, sample=None) if own else None


def item_to_text(item: TrayItem) -> str:
    """An item as text for a link: ``s`` and its index in the data set, or ``c`` and its code."""
    return f"s{item.sample}" if item.sample is not None else f"c{pack_code(item.code)}"


def item_from_text(space: Space, text: str) -> TrayItem:
    """The item that `item_to_text` converted to `text`.

    Raises
    ------
    InvalidInputError
        It is neither a sample of this data set nor a code of this model.
    """
    kind, rest = text[:1], text[1:]
    if kind == "s" and rest.isascii() and rest.isdecimal() and len(rest) < 10:
        if int(rest) < len(space.data):
            return item_from_sample(space, int(rest))
    elif kind == "c":
        code = unpack_code(rest, space.model.card.latent_dim)
        return item_from_code(space, code, "from the link")
    raise InvalidInputError(
        f"In the link: there is no sample {text[:20]!r}; known: s0 to s{len(space.data) - 1}."
    )


def draw_sample_popover(
    space: Space, key: str, label: str, icon: str | None = None
) -> TrayItem | None:
    """A popover to choose a sample or code; gives what was just chosen, and is closed by it."""
    revision = session.recall(f"{key}.revision", 0)
    own = f"{key}.{revision}"
    with st.popover(label, icon=icon, key=own, width="stretch" if icon else "content"):
        picked = draw_sample_picker(space, own)
        if picked is not None:
            session.remember(f"{key}.revision", revision + 1)  # a new key, a new popover
        return picked


def draw_sample_picker(space: Space, key: str) -> TrayItem | None:
    """Draw widgets to choose a sample or code, inside a popover; gives what was just chosen."""
    picked = _item_from_lists(space, key)
    has_prior = space.model.card.has_gaussian_prior
    columns = st.columns(3 if has_prior else 2)
    if columns[0].button("Mean code", key=f"{key}.mean", width="stretch"):
        picked = mean_code_item(space)
    if columns[1].button(
        "New sample",
        key=f"{key}.mixture",
        width="stretch",
        help="A sample from a Gaussian mixture fitted to the codes of the data.",
    ):
        picked = next_sample(space, "sample_sources", "mixture")
    if has_prior and columns[2].button(
        "Prior sample",
        key=f"{key}.prior",
        width="stretch",
        help="A sample from N(0, I), the prior that the model was trained with.",
    ):
        picked = next_sample(space, "sample_sources", "prior")
    file = st.file_uploader("Your own image", FILE_TYPES, key=f"{key}.file")
    return picked if file is None else _item_from_file(space, key, file) or picked


def _item_from_file(space: Space, key: str, file: UploadedFile) -> TrayItem | None:
    """The uploaded image with its code, once per file; None while an inversion is running."""
    if session.recall(f"last.{key}.file") == file.file_id:
        return None
    outcome: InversionOutcome | Job | None = None
    try:
        name, image = first_image_of_file(space, file.name, file.getvalue())
        if space.model.card.needs_inversion:
            outcome = find_codes(space, image[None], InversionConfig())
            if isinstance(outcome, Job):
                draw_progress(outcome, private_jobs())
                return None
            return item_from_code(space, outcome.codes[0], name, data_url(image))
        return item_from_code(space, space.model.encode(image[None]).mean[0], name, data_url(image))
    finally:
        if not isinstance(outcome, Job):
            session.changed(f"{key}.file", file.file_id)


def _item_from_lists(space: Space, key: str) -> TrayItem | None:
    """An item of the tray or the mean code of a class, from a selectbox."""
    own = [item for item in tray.items() if item.model_id == space.model.card.id]
    names = list(space.data.class_names) if space.data.labels is not None else []
    options = [f"t{n}" for n in range(len(own))] + [f"m{n}" for n in range(len(names))]

    def title(option: str) -> str:
        number = int(option[1:])
        return (
            f"tray {number + 1}: {own[number].label}"
            if option[0] == "t"
            else f"mean code of {names[number]}"
        )

    chosen = st.selectbox("From the tray, or a class mean", options, None, title, key=f"{key}.list")
    if chosen is None or not session.changed(f"{key}.list", chosen):
        return None
    number = int(chosen[1:])
    return own[number] if chosen[0] == "t" else class_mean_item(space, number)
