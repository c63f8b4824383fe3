"""Whatever was uploaded, file by file: pictures, and a sentence for each file that is none."""

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
    """A file that can't be used: its name to show, and one sentence on why and what to do."""

    name: str
    reason: str


class _BatchFull(InputTooLargeError):
    """Nothing more is taken in this batch."""


@dataclass(slots=True)
class _Budget:
    caps: UploadLimits
    files: int = 0
    bytes: int = 0

    def count_file(self) -> None:
        self.files += 1
        if self.files > self.caps.files:
            raise _BatchFull(
                f"This file and those after it were left out: at most {self.caps.files} are "
                "taken at once; send the rest in another batch."
            )

    def count_image(self, image: Image.Image) -> None:
        self.bytes += image.width * image.height * len(image.getbands())
        if self.bytes > self.caps.total_bytes:
            raise _BatchFull(
                "This file and those after it were left out: decoded, the pictures take more "
                f"than {self.caps.total_bytes / MB:g} MB; send the rest in another batch."
            )


def read_uploads(
    files: Iterable[tuple[str, bytes]], caps: UploadLimits | None = None
) -> Iterator[ImageFile | RejectedFile]:
    """Each picture in `files`, zips opened, or why it can't be used; one at a time.

    Parameters
    ----------
    files
        Names and contents, e.g. of an upload; taken one by one.
    caps
        What is too much; by default what the environment says.
    """
    budget = _Budget(caps or UploadLimits.from_env())
    for name, data in files:
        for entry, content in _contents(safe_display_name(name), data, budget.caps):
            try:
                budget.count_file()
                yield _picture(entry, content, budget)
            except _BatchFull as full:
                yield RejectedFile(name=entry, reason=str(full))
                return


def _contents(
    name: str, data: bytes, caps: UploadLimits
) -> Iterator[tuple[str, bytes | InvalidInputError]]:
    if sniff_type(data) != "zip":
        yield name, data
        return
    try:
        check_size(data, caps.total_bytes)
        for entry, content in unzip(data, caps):
            nested = isinstance(content, bytes) and sniff_type(content) == "zip"
            reason = InvalidInputError(
                "This is a zip inside a zip; unzip it and send the pictures."
            )
            yield entry, reason if nested else content
    except InvalidInputError as error:
        yield name, error


def _picture(
    name: str, content: bytes | InvalidInputError, budget: _Budget
) -> ImageFile | RejectedFile:
    if isinstance(content, InvalidInputError):
        return RejectedFile(name=name, reason=str(content))
    try:
        picture = read_image(name, content, budget.caps)
    except InvalidInputError as error:
        return RejectedFile(name=name, reason=str(error))
    budget.count_image(picture.image)
    return picture
