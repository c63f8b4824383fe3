"""What a zip holds, in memory and within the caps, whatever it declares."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.io.limits import ACCEPTED_TYPES, MB, UploadLimits, safe_display_name

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    OverflowError,
    RuntimeError,
    MemoryError,
)


def unzip(data: bytes, caps: UploadLimits) -> Iterator[tuple[str, bytes | InvalidInputError]]:
    """Each file of a zip: its name to show, and its bytes or what is wrong with it.

    Folders, dotfiles and what macOS and Windows add are passed over.  Nothing is inflated
    beyond the caps, whatever the zip declares.

    Raises
    ------
    BadInput
        The zip as a whole cannot be used.
    """
    try:
        # every entry of the directory has this mark: count before `zipfile` makes objects of them
        if data.count(b"PK\x01\x02") > 4 * caps.files + 100:
            raise InputTooLargeError(
                f"The zip holds far more than the {caps.files} files that are taken at once; "
                "send it in parts."
            )
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not _passed_over(entry)]
    except _ZIP_ERRORS as error:
        raise InvalidInputError(
            "The zip is damaged or cut short; make it anew and send it again."
        ) from error
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise InvalidInputError(f"This is an Office document, not pictures; send {ACCEPTED_TYPES}.")
    if not entries:
        raise InvalidInputError(
            f"The zip holds no files; put pictures in it ({ACCEPTED_TYPES.partition(', or')[0]})."
        )
    left = caps.total_bytes
    for entry in entries:
        try:
            content: bytes | InvalidInputError = _inflate(archive, entry, caps, left)
            left -= len(content) if isinstance(content, bytes) else 0
        except InvalidInputError as error:
            content = error
        yield safe_display_name(entry.filename), content


def _passed_over(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return (
        entry.is_dir()
        or hidden
        or "__MACOSX" in parts
        or parts[-1].lower() in {"", "thumbs.db", "desktop.ini"}
    )


def _inflate(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, caps: UploadLimits, left: int
) -> bytes:
    if entry.flag_bits & 1:
        raise InvalidInputError(
            "This file in the zip is locked with a password; make a zip without one."
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InvalidInputError(
            "This file in the zip is compressed in a rare way; make an ordinary zip."
        )
    if entry.file_size > caps.file_bytes:
        raise InputTooLargeError(
            f"Unzipped it would have {entry.file_size / MB:.1f} MB and at most "
            f"{caps.file_bytes / MB:g} MB are taken; make it smaller first."
        )
    if entry.file_size > MB and entry.file_size > caps.zip_ratio * max(1, entry.compress_size):
        raise InputTooLargeError(
            f"It expands more than {caps.zip_ratio}-fold, as zip bombs do; send it unzipped, "
            "as PNG or JPEG."
        )
    if entry.file_size > left:
        raise InputTooLargeError(
            f"All that is in the zip is more than {caps.total_bytes / MB:g} MB; send it in parts."
        )
    try:
        with archive.open(entry) as file:
            content = file.read(min(entry.file_size, caps.file_bytes) + 1)
    except _ZIP_ERRORS as error:
        raise InvalidInputError("This file in the zip is damaged; make the zip anew.") from error
    if len(content) != entry.file_size:
        raise InvalidInputError(
            "This file in the zip is not as long as it says; make the zip anew."
        )
    return content
