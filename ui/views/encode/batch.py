"""A visitor's pictures: read, prepared, and encoded, or their codes searched for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from latent_core.analysis.sample_report import SampleReport, report_images
from latent_core.errors import LatentError
from latent_core.io.uploads import RejectedFile, UploadLimits
from latent_core.models.inversion import FAST, InversionConfig
from latent_core.preprocessing.config import PreprocessedImage
from latent_core.types import Floats
from latent_core.workspace import load_uploads
from ui import session
from ui.images import picture_url
from ui.inversion_jobs import Sought, seek, stop_searching
from ui.jobs import Job
from ui.spaces import Space
from ui.views.encode.results import Traveller, switches_now

TOGETHER = 32
"""Pictures of a batch that are encoded at once."""

Batch = list[Traveller | RejectedFile]
Files = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A picture that was read and prepared, and has no code yet."""

    name: str
    source: str
    prepared: PreprocessedImage


@dataclass(slots=True, kw_only=True)
class Reading:
    """The pictures of a batch that were read so far, and whether there are to be more."""

    digest: str
    items: list[Arrived | RejectedFile] = field(default_factory=list)
    ended: bool = False


def travel(space: Space, files: Files, source: str) -> tuple[Batch, Job | None]:
    """What came of the files, and the search that is still under way for them.

    Done again only when files, model or switches change.  Until a search has ended, what came
    of the same visitor's drawing before stays.
    """
    if session.changed("batch.of", (space.encodings.fingerprint, source)):
        _remember([], "")
    if not files:
        stop_searching()
        return [], None
    switches = switches_now()
    digest = hashlib.sha256(repr((space.encodings.fingerprint, sorted(switches.items()))).encode())
    for name, data in files:
        digest.update(repr((name, len(data))).encode() + data)
    job = None
    if session.recall("batch") != digest.hexdigest():
        name = digest.hexdigest()
        if space.model.card.encodes:
            stop = partial(session.remember, "batch", name)
            _encode(space, _read(space, files, switches, stop), name)
        else:
            arriving = _read(space, files, switches, partial(_enough, name))
            search = FAST if source == "draw" else InversionConfig()
            job = _search(space, arriving, name, search)
    batch: Batch = session.recall("travellers", [])
    return batch, job


def _remember(batch: Batch, digest: str) -> None:
    session.remember("travellers", batch)
    session.remember("batch", digest)


def _read(
    space: Space, files: Files, switches: dict[str, bool], stop: Callable[[], None]
) -> Iterator[Arrived | RejectedFile]:
    """Each picture, or why it can't be used, while a bar tells how many there are.

    Parameters
    ----------
    stop
        Called when the visitor wants no more of them read.
    """
    place = st.empty()
    several = len(files) > 1 or files[0][1].startswith(b"PK")
    told = _progress(place, stop) if several else None
    for number, item in enumerate(
        load_uploads(space.model, files, UploadLimits.from_env(), switches=switches), 1
    ):
        if isinstance(item, RejectedFile):
            yield item
        else:
            picture, prepared = item
            source = picture_url(picture.image)
            yield Arrived(name=picture.name, source=source, prepared=prepared)
        if told is not None:
            told.progress(number / max(len(files), number + 1), f"{number:,} pictures read")
    place.empty()


def _progress(place: DeltaGenerator, stop: Callable[[], None]) -> DeltaGenerator:
    """A bar, and a button after which the batch counts as whole."""
    bar, side = place.container().columns([5, 1], vertical_alignment="center")
    side.button("Stop", key="encode.stop", on_click=stop)
    return bar.progress(0.0, "Reading")


def _encode(space: Space, arriving: Iterator[Arrived | RejectedFile], digest: str) -> None:
    """Fill the batch, a few at a time; what has arrived when the visitor stops it stays."""
    batch: Batch = []
    session.remember("travellers", batch)
    while group := list(islice(arriving, TOGETHER)):
        images = _images(group)
        details = details_of_images(space, images) if len(images) else []
        batch += _travellers(group, details)
    session.remember("batch", digest)


def _search(
    space: Space, arriving: Iterator[Arrived | RejectedFile], digest: str, search: InversionConfig
) -> Job | None:
    """Fill the batch once all its codes are found; until then, the job that finds them."""
    reading: Reading | None = session.recall("reading")
    if reading is None or reading.digest != digest or not reading.ended:
        reading = Reading(digest=digest)
        session.remember("reading", reading)
        for item in arriving:  # one by one: what was read when it's stopped stays
            reading.items.append(item)
        reading.ended = True
    images, details, stopped = _images(reading.items), [], False
    if len(images):
        try:
            sought = seek(space, images, search)
        except LatentError:
            _remember([], digest)
            raise
        if isinstance(sought, Job):
            return sought
        details, stopped = details_of_images(space, images, sought), not sought.whole
    _remember(_travellers(reading.items, details, stopped), digest)
    session.forget("reading")
    return None


def _enough(digest: str) -> None:
    """Let what was read so far be the batch."""
    reading: Reading | None = session.recall("reading")
    if reading is not None and reading.digest == digest:
        reading.ended = True


def details_of_images(
    space: Space, images: Floats, sought: Sought | None = None
) -> list[SampleReport]:
    """All about a visitor's pictures, by the codes that were sought or else the encoder's."""
    return report_images(
        space.model,
        space.encodings,
        space.errors,
        images,
        codes=None if sought is None else sought.codes,
        self_inversion_errors=space.own_errors,
    )


def _images(group: list[Arrived | RejectedFile]) -> Floats:
    images = [item.prepared.image for item in group if isinstance(item, Arrived)]
    return np.stack(images) if images else np.zeros(0, np.float32)


def _travellers(
    group: list[Arrived | RejectedFile], details: list[SampleReport], stopped: bool = False
) -> Batch:
    each = iter(details)
    return [
        item
        if isinstance(item, RejectedFile)
        else Traveller(
            name=item.name,
            source=item.source,
            prepared=item.prepared,
            details=next(each),
            stopped=stopped,
        )
        for item in group
    ]
