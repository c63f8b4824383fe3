"""A visitor's uploads: read, preprocessed, and encoded or inverted."""

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
from ui.images import preview_url
from ui.inversion_jobs import InversionOutcome, find_codes, stop_inversion
from ui.jobs import Job
from ui.spaces import Space
from ui.views.encode.results import EncodedUpload, enabled_steps

ENCODE_BATCH_SIZE = 32
"""Images that are encoded at once."""

Batch = list[EncodedUpload | RejectedFile]
Files = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedUpload:
    """An upload that was read and preprocessed, and has no code yet."""

    name: str
    preview: str
    preprocessed: PreprocessedImage


@dataclass(slots=True, kw_only=True)
class UploadBatch:
    """The uploads that were read so far; `ended` once no more are to be read."""

    digest: str
    items: list[PreparedUpload | RejectedFile] = field(default_factory=list)
    ended: bool = False


def process_uploads(space: Space, files: Files, source: str) -> tuple[Batch, Job | None]:
    """The encoded files, and the inversion that is still running for them.

    Computed again only when files, model or preprocessing steps change.  While an inversion
    is running, the result of the previous drawing is kept.
    """
    if session.changed("batch.of", (space.encodings.fingerprint, source)):
        _remember_batch([], "")
    if not files:
        stop_inversion()
        return [], None
    switches = enabled_steps()
    digest = hashlib.sha256(repr((space.encodings.fingerprint, sorted(switches.items()))).encode())
    for name, data in files:
        digest.update(repr((name, len(data))).encode() + data)
    job = None
    if session.recall("batch") != digest.hexdigest():
        name = digest.hexdigest()
        if space.model.card.encodes:
            stop = partial(session.remember, "batch", name)
            _encode(space, _prepare_uploads(space, files, switches, stop), name)
        else:
            prepared = _prepare_uploads(space, files, switches, partial(finish_early, name))
            search = FAST if source == "draw" else InversionConfig()
            job = _search(space, prepared, name, search)
    batch: Batch = session.recall("uploads", [])
    return batch, job


def _remember_batch(batch: Batch, digest: str) -> None:
    session.remember("uploads", batch)
    session.remember("batch", digest)


def _prepare_uploads(
    space: Space, files: Files, switches: dict[str, bool], stop: Callable[[], None]
) -> Iterator[PreparedUpload | RejectedFile]:
    """Each preprocessed upload or the reason for its rejection; draws the progress.

    Parameters
    ----------
    stop
        Called when the visitor clicks the stop button.
    """
    placeholder = st.empty()
    several = len(files) > 1 or files[0][1].startswith(b"PK")
    bar = _draw_reading_progress(placeholder, stop) if several else None
    for number, item in enumerate(
        load_uploads(space.model, files, UploadLimits.from_env(), switches=switches), 1
    ):
        if isinstance(item, RejectedFile):
            yield item
        else:
            upload, preprocessed = item
            preview = preview_url(upload.image)
            yield PreparedUpload(name=upload.name, preview=preview, preprocessed=preprocessed)
        if bar is not None:
            bar.progress(number / max(len(files), number + 1), f"{number:,} images read")
    placeholder.empty()


def _draw_reading_progress(placeholder: DeltaGenerator, stop: Callable[[], None]) -> DeltaGenerator:
    """Draw a progress bar and a stop button, which keeps what was read so far."""
    bar, side = placeholder.container().columns([5, 1], vertical_alignment="center")
    side.button("Stop", key="encode.stop", on_click=stop)
    return bar.progress(0.0, "Reading")


def _encode(space: Space, prepared: Iterator[PreparedUpload | RejectedFile], digest: str) -> None:
    """Encode the uploads in small batches; those encoded before the visitor stops are kept."""
    batch: Batch = []
    session.remember("uploads", batch)
    while group := list(islice(prepared, ENCODE_BATCH_SIZE)):
        images = _images(group)
        report = report_uploads(space, images) if len(images) else []
        batch += _encoded_uploads(group, report)
    session.remember("batch", digest)


def _search(
    space: Space,
    prepared: Iterator[PreparedUpload | RejectedFile],
    digest: str,
    search: InversionConfig,
) -> Job | None:
    """Invert the uploads and store the results; until then, the job of the inversion."""
    batch_so_far: UploadBatch | None = session.recall("uploads.reading")
    if batch_so_far is None or batch_so_far.digest != digest or not batch_so_far.ended:
        batch_so_far = UploadBatch(digest=digest)
        session.remember("uploads.reading", batch_so_far)
        for item in prepared:  # one by one: those read before the visitor stops are kept
            batch_so_far.items.append(item)
        batch_so_far.ended = True
    images, report, stopped = _images(batch_so_far.items), [], False
    if len(images):
        try:
            outcome = find_codes(space, images, search)
        except LatentError:
            _remember_batch([], digest)
            raise
        if isinstance(outcome, Job):
            return outcome
        report, stopped = report_uploads(space, images, outcome), not outcome.completed
    _remember_batch(_encoded_uploads(batch_so_far.items, report, stopped), digest)
    session.forget("uploads.reading")
    return None


def finish_early(digest: str) -> None:
    """Read no more uploads; those read so far are the batch."""
    batch_so_far: UploadBatch | None = session.recall("uploads.reading")
    if batch_so_far is not None and batch_so_far.digest == digest:
        batch_so_far.ended = True


def report_uploads(
    space: Space, images: Floats, outcome: InversionOutcome | None = None
) -> list[SampleReport]:
    """Reports on uploads, by the codes of an inversion or else of the encoder."""
    return report_images(
        space.model,
        space.encodings,
        space.errors,
        images,
        codes=None if outcome is None else outcome.codes,
        self_inversion_errors=space.self_inversion_errors,
    )


def _images(group: list[PreparedUpload | RejectedFile]) -> Floats:
    images = [item.preprocessed.image for item in group if isinstance(item, PreparedUpload)]
    return np.stack(images) if images else np.zeros(0, np.float32)


def _encoded_uploads(
    group: list[PreparedUpload | RejectedFile], report: list[SampleReport], stopped: bool = False
) -> Batch:
    each = iter(report)
    return [
        item
        if isinstance(item, RejectedFile)
        else EncodedUpload(
            name=item.name,
            preview=item.preview,
            preprocessed=item.preprocessed,
            report=next(each),
            stopped=stopped,
        )
        for item in group
    ]
