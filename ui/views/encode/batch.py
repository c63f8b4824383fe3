"""A visitor's uploads: read, preprocessed, and encoded or inverted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from latent_core.analysis.sample_report import SampleReport, report_images
from latent_core.errors import CancelledError, LatentError
from latent_core.io.uploads import RejectedFile, UploadLimits
from latent_core.models.inversion import FAST, InversionConfig
from latent_core.preprocessing.config import PreprocessedImage
from latent_core.progress import ProgressCallback
from latent_core.types import Floats
from latent_core.workspace import load_uploads
from ui import session, spaces
from ui.background.inversion_jobs import InversionOutcome, find_codes, stop_inversion
from ui.background.job import Job
from ui.background.jobs import private_jobs
from ui.images import preview_url
from ui.spaces import Space
from ui.views.encode.results import EncodedUpload, enabled_steps
from ui.visitor.visitor_files import VisitorFile, split_by_size

ENCODE_BATCH_SIZE = 32
"""Images that are encoded at once."""

Batch = list[EncodedUpload | RejectedFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedUpload:
    """An upload that was read and preprocessed, and has no code yet."""

    name: str
    preview: str
    preprocessed: PreprocessedImage


Prepared = PreparedUpload | RejectedFile


@dataclass(slots=True, kw_only=True)
class UploadBatch:
    """The uploads of a job that were read so far, and of an encoder those that were encoded."""

    digest: str
    job: Job | None = None
    prepared: list[Prepared] = field(default_factory=list)
    encoded: Batch = field(default_factory=list)


def process_uploads(
    space: Space, files: Sequence[VisitorFile], source: str
) -> tuple[Batch, Job | None]:
    """The encoded files, and the job that is still running for them.

    Computed again only when files, model or preprocessing steps change.  While the job is
    running, the result of the previous drawing is kept.
    """
    if session.changed("batch.of", (space.encodings.fingerprint, source)):
        _remember_batch([], "")
    if not files:
        stop_inversion()
        _stop_reading()
        return [], None
    switches = enabled_steps()
    parts = (space.encodings.fingerprint, sorted(switches.items()), [f.token for f in files])
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()
    job = None
    if session.recall("batch") != digest:
        job = _process(space, files, switches, digest, FAST if source == "draw" else None)
    batch: Batch = session.recall("uploads", [])
    return batch, job


def _remember_batch(batch: Batch, digest: str) -> None:
    session.remember("uploads", batch)
    session.remember("batch", digest)


def _process(
    space: Space,
    files: Sequence[VisitorFile],
    switches: dict[str, bool],
    digest: str,
    search: InversionConfig | None,
) -> Job | None:
    """Read the files, then encode or invert them, and store the results; until then, the job."""
    batch = _start_reading(space, files, switches, digest)
    job = batch.job
    if job is not None:
        if not job.wait(session.visitor(), spaces.PATIENCE_S):
            return job
        batch.job = None
        private_jobs().discard(job, session.visitor())
        if job.error is not None and not isinstance(job.error, CancelledError):
            _stop_reading()
            raise job.error
    if space.model.card.encodes:  # those encoded before the visitor stopped are kept
        _remember_batch(list(batch.encoded), digest)
    elif (running := _search(space, batch, search or InversionConfig())) is not None:
        return running
    session.forget("uploads.reading")
    return None


def _start_reading(
    space: Space, files: Sequence[VisitorFile], switches: dict[str, bool], digest: str
) -> UploadBatch:
    """The batch `digest` and its job, which is started now if it never was."""
    batch: UploadBatch | None = session.recall("uploads.reading")
    if batch is not None and batch.digest == digest:
        if batch.job is None:
            return batch
    else:
        _stop_reading()
        batch = UploadBatch(digest=digest)
        session.remember("uploads.reading", batch)
    now = batch

    def work(report: ProgressCallback, _show: object) -> None:
        now.prepared, now.encoded = [], []
        for fraction, item in _prepared(space, files, switches):
            now.prepared.append(item)
            waiting = len(now.prepared) - len(now.encoded)
            if space.model.card.encodes and waiting >= min(len(files), ENCODE_BATCH_SIZE):
                _encode(space, now)
            report(fraction, f"{len(now.prepared):,} images read")
        if space.model.card.encodes:
            _encode(space, now)

    visitor = session.visitor()
    batch.job = private_jobs().submit(f"{visitor} uploads {digest}", visitor, work)
    return batch


def _stop_reading() -> None:
    """End the job that reads the visitor's files, if there is one."""
    batch: UploadBatch | None = session.recall("uploads.reading")
    if batch is not None and batch.job is not None:
        private_jobs().discard(batch.job, session.visitor())
    session.forget("uploads.reading")


def _prepared(
    space: Space, files: Sequence[VisitorFile], switches: dict[str, bool]
) -> Iterator[tuple[float, Prepared]]:
    """Each preprocessed upload or the reason for its rejection, after the fraction before it."""
    limits = UploadLimits.from_env()
    accepted, rejected = split_by_size(files, limits.visitor_bytes)
    n_opened = 0

    def contents() -> Iterator[tuple[str, bytes]]:
        nonlocal n_opened
        for file in accepted:
            n_opened += 1
            yield file.name, file.read()

    for item in load_uploads(space.model, contents(), limits, switches=switches):
        fraction = (n_opened - 0.5) / len(files)
        if isinstance(item, RejectedFile):
            yield fraction, item
        else:
            upload, preprocessed = item
            preview = preview_url(upload.image)
            prepared = PreparedUpload(name=upload.name, preview=preview, preprocessed=preprocessed)
            yield fraction, prepared
    yield from ((1.0, item) for item in rejected)


def _encode(space: Space, batch: UploadBatch) -> None:
    """Encode what was prepared since the last time."""
    group = batch.prepared[len(batch.encoded) :]
    images = _images(group)
    batch.encoded += _encoded_uploads(group, report_uploads(space, images) if len(images) else [])


def _search(space: Space, batch: UploadBatch, search: InversionConfig) -> Job | None:
    """Invert the uploads and store the results; until then, the job of the inversion."""
    prepared, report, stopped = list(batch.prepared), [], False
    images = _images(prepared)
    if len(images):
        try:
            outcome = find_codes(space, images, search)
        except LatentError:
            _remember_batch([], batch.digest)
            raise
        if isinstance(outcome, Job):
            return outcome
        report, stopped = report_uploads(space, images, outcome), not outcome.completed
    _remember_batch(_encoded_uploads(prepared, report, stopped), batch.digest)
    return None


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


def _images(group: Sequence[Prepared]) -> Floats:
    images = [item.preprocessed.image for item in group if isinstance(item, PreparedUpload)]
    return np.stack(images) if images else np.zeros(0, np.float32)


def _encoded_uploads(
    group: Sequence[Prepared], report: list[SampleReport], stopped: bool = False
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
