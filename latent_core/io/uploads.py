"""Uploaded files, one by one: images, and the reason for each file that is rejected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.io.code_files import read_codes
from latent_core.io.image_files import ImageFile, read_image
from latent_core.io.limits import MB, UploadLimits, check_size, safe_display_name, sniff_type
from latent_core.io.zip_files import unzip

__all__ = ["ImageFile", "RejectedFile", "UploadLimits", "read_codes", "read_image", "read_uploads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedFile:
    """A rejected file: its display name, and one sentence with the reason and the remedy."""

    name: str
    reason: str


class _BatchLimitError(InputTooLargeError):
    """The batch has reached one of its limits."""


@dataclass(slots=True)
class _BatchUsage:
    limits: UploadLimits
    files: int = 0
    bytes: int = 0

    def count_file(self) -> None:
        self.files += 1
        if self.files > self.limits.files:
            raise _BatchLimitError(
                f"This file and those after it were skipped: a batch may have {self.limits.files} "
                "files; upload the rest in another batch."
            )

    def count_image(self, image: Image.Image) -> None:
        self.bytes += image.width * image.height * len(image.getbands())
        if self.bytes > self.limits.total_bytes:
            raise _BatchLimitError(
                "This file and those after it were skipped: the decoded images need more than "
                f"{self.limits.total_bytes / MB:g} MB; upload the rest in another batch."
            )


def read_uploads(
    files: Iterable[tuple[str, bytes]], limits: UploadLimits | None = None
) -> Iterator[ImageFile | RejectedFile]:
    """Each image in `files`, or why it is rejected, read lazily; zips are unpacked.

    Parameters
    ----------
    files
        Pairs of name and content; consumed one by one.
    limits
        By default from the environment; files over a limit are rejected.
    """
    usage = _BatchUsage(limits or UploadLimits.from_env())
    for name, data in files:
        for entry, content in _unpacked(safe_display_name(name), data, usage.limits):
            try:
                usage.count_file()
                yield _read_one(entry, content, usage)
            except _BatchLimitError as full:
                yield RejectedFile(name=entry, reason=str(full))
                return


def _unpacked(
    name: str, data: bytes, limits: UploadLimits
) -> Iterator[tuple[str, bytes | InvalidInputError]]:
    if sniff_type(data) != "zip":
        yield name, data
        return
    try:
        check_size(data, limits.total_bytes)
        for entry, content in unzip(data, limits):
            nested = isinstance(content, bytes) and sniff_type(content) == "zip"
            reason = InvalidInputError(
                "This is a zip inside a zip; unzip it and upload the images."
            )
            yield entry, reason if nested else content
    except InvalidInputError as error:
        yield name, error


def _read_one(
    name: str, content: bytes | InvalidInputError, usage: _BatchUsage
) -> ImageFile | RejectedFile:
    if isinstance(content, InvalidInputError):
        return RejectedFile(name=name, reason=str(content))
    try:
        image = read_image(name, content, usage.limits)
    except InvalidInputError as error:
        return RejectedFile(name=name, reason=str(error))
    usage.count_image(image.image)
    return image
