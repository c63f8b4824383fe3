"""Files that a visitor brings: read only when needed, and only up to a number of bytes in all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from streamlit.runtime.uploaded_file_manager import UploadedFile

from latent_core.io.limits import MB
from latent_core.io.uploads import RejectedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorFile:
    """A file that is not read yet.

    Parameters
    ----------
    name, size
        Its name and its bytes.
    token
        Another for every other content.
    read
        Gives the content, as a copy.
    """

    name: str
    size: int
    token: str
    read: Callable[[], bytes]


def uploaded_file(file: UploadedFile) -> VisitorFile:
    """A file of an uploader."""
    return VisitorFile(name=file.name, size=file.size, token=file.file_id, read=file.getvalue)


def file_of_bytes(name: str, data: bytes) -> VisitorFile:
    """A drawing or photo."""
    digest = hashlib.sha256(data).hexdigest()
    return VisitorFile(name=name, size=len(data), token=digest, read=lambda: data)


def split_by_size(
    files: Sequence[VisitorFile], max_bytes: int
) -> tuple[list[VisitorFile], list[RejectedFile]]:
    """The first files that have at most `max_bytes` together, and the others with the reason."""
    accepted, rejected, total = [], [], 0
    for file in files:
        if total + file.size <= max_bytes:
            accepted.append(file)
            total += file.size
            continue
        reason = (
            f"Your files may have {max_bytes / MB:g} MB together, and this one of "
            f"{file.size / MB:.1f} MB is beyond that; remove others first."
        )
        rejected.append(RejectedFile(name=file.name, reason=reason))
    return accepted, rejected
