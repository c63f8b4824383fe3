"""Pictures to begin with: from the tray, the data, its classes, chance, or a visitor's file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from latent_core.errors import InvalidInputError
from latent_core.io.uploads import RejectedFile, UploadLimits
from latent_core.metrics import class_mean
from latent_core.models.inversion import InversionConfig
from latent_core.types import Floats
from latent_core.workspace import load_uploads
from ui import session, tray
from ui.images import data_url
from ui.inversion_jobs import InversionOutcome, find_codes
from ui.jobs import Job
from ui.tray import TrayItem
from ui.spaces import Space, draw_progress
from ui.url_codec import pack_code, unpack_code

FILE_TYPES = ["png", "jpg", "jpeg", "webp", "bmp", "gif", "tif", "tiff"]


def item_from_code(space: Space, code: Floats, label: str, picture: str = "") -> TrayItem:
    """Any code ``(D,)``, by default shown as what it decodes to."""
    shown = picture or data_url(space.model.decode(code[None])[0])
    return TrayItem(picture=shown, label=label, model_id=space.model.card.id, code=code)


def item_from_sample(space: Space, index: int) -> TrayItem:
    """Picture `index` of the data set."""
    return TrayItem(
        picture=data_url(space.data.images(slice(index, index + 1))[0]),
        label=space.data.label(index) or f"picture {index:,}",
        model_id=space.model.card.id,
        code=space.encodings.mean[index],
        sample=index,
    )


def mean_code_item(space: Space) -> TrayItem:
    """The mean of all codes."""
    return item_from_code(space, space.encodings.mean.mean(axis=0), "mean")


def class_mean_item(space: Space, label: int) -> TrayItem:
    """The mean code of one class."""
    if space.data.labels is None:
        raise InvalidInputError(f"The pictures of {space.data.title!r} have no classes.")
    mean = class_mean(space.encodings.mean, space.data.labels, label)
    return item_from_code(space, mean, f"mean {space.data.class_names[label]}")


def random_item(space: Space, seed: int) -> TrayItem:
    """A random draw: from N(0, I) where that is the model's prior, else a normal like the codes."""
    rng = np.random.default_rng(seed)
    codes = space.encodings.mean
    if space.model.card.has_gaussian_prior:
        drawn = rng.standard_normal((1, codes.shape[1]))
    else:
        drawn = rng.multivariate_normal(codes.mean(axis=0), np.cov(codes.T), 1)
    return item_from_code(space, drawn[0].astype(np.float32), "random draw")


def first_image_of_file(space: Space, name: str, data: bytes) -> tuple[str, Floats]:
    """Name and prepared image ``(C, H, W)`` of the first picture in a visitor's file.

    Raises
    ------
    BadInput
        None of it can be used.
    """
    refused = "it holds no picture."
    for item in load_uploads(space.model, [(name, data)], UploadLimits.from_env()):
        if not isinstance(item, RejectedFile):
            return item[0].name, item[1].image
        refused = item.reason
    raise InvalidInputError(f"{name}: {refused}")


def convert_item(space: Space, item: TrayItem) -> TrayItem | None:
    """A picture of the tray as one of this space, or None where only another model knows it.

    A picture of this data set is known by how it looks, whichever model it was picked with.
    """
    own = item.model_id == space.model.card.id
    if item.sample is not None and item.sample < len(space.data):
        sample = item_from_sample(space, item.sample)
        if sample.picture == item.picture:
            return item if own else sample
    return replace(item, sample=None) if own else None


def item_to_text(pick: TrayItem) -> str:
    """What the address says of a pick: its number in the data set, or its code."""
    return f"s{pick.sample}" if pick.sample is not None else f"c{pack_code(pick.code)}"


def item_from_text(space: Space, text: str) -> TrayItem:
    """The pick of which `pick_text` is in the address.

    Raises
    ------
    BadInput
        It names no picture of this data set and is no code of this model.
    """
    kind, rest = text[:1], text[1:]
    if kind == "s" and rest.isascii() and rest.isdecimal() and len(rest) < 10:
        if int(rest) < len(space.data):
            return item_from_sample(space, int(rest))
    elif kind == "c":
        code = unpack_code(rest, space.model.card.latent_dim)
        return item_from_code(space, code, "from the link")
    raise InvalidInputError(
        f"In the address: there is no picture {text[:20]!r}; known: s0 to s{len(space.data) - 1}."
    )


def draw_sample_picker(space: Space, key: str) -> TrayItem | None:
    """Widgets to pick with, for the inside of a popover; gives what was picked just now."""
    picked = _item_from_lists(space, key)
    all_, chance = st.columns(2)
    if all_.button("Mean of all", key=f"{key}.mean", width="stretch"):
        picked = mean_code_item(space)
    if chance.button("Random draw", key=f"{key}.random", width="stretch"):
        draws = session.recall("picks.draws", 0) + 1
        session.remember("picks.draws", draws)
        picked = random_item(space, draws)
    file = st.file_uploader("A picture of yours", FILE_TYPES, key=f"{key}.file")
    return picked if file is None else _item_from_file(space, key, file) or picked


def _item_from_file(space: Space, key: str, file: UploadedFile) -> TrayItem | None:
    """The visitor's picture with its code, once; None while that is searched for."""
    if session.recall(f"last.{key}.file") == file.file_id:
        return None
    outcome: InversionOutcome | Job | None = None
    try:
        name, image = first_image_of_file(space, file.name, file.getvalue())
        if space.model.card.needs_inversion:
            outcome = find_codes(space, image[None], InversionConfig())
            if isinstance(outcome, Job):
                draw_progress(outcome)
                return None
            return item_from_code(space, outcome.codes[0], name, data_url(image))
        return item_from_code(space, space.model.encode(image[None]).mean[0], name, data_url(image))
    finally:
        if not isinstance(outcome, Job):
            session.changed(f"{key}.file", file.file_id)


def _item_from_lists(space: Space, key: str) -> TrayItem | None:
    """One of the tray, or a class's mean."""
    own = [item for item in tray.items() if item.model_id == space.model.card.id]
    names = list(space.data.class_names) if space.data.labels is not None else []
    options = [f"t{n}" for n in range(len(own))] + [f"m{n}" for n in range(len(names))]

    def words(option: str) -> str:
        number = int(option[1:])
        return (
            f"tray {number + 1}: {own[number].label}"
            if option[0] == "t"
            else f"mean of all {names[number]}"
        )

    chosen = st.selectbox(
        "From the tray, or a class's mean", options, None, words, key=f"{key}.list"
    )
    if chosen is None or not session.changed(f"{key}.list", chosen):
        return None
    number = int(chosen[1:])
    return own[number] if chosen[0] == "t" else class_mean_item(space, number)
