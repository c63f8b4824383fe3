"""Unpacking of untrusted zip files, in memory and within limits."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.io.limits import ACCEPTED_TYPES, MB, UploadLimits, safe_display_name
from latent_core.untrusted import reading

_IS_UTF8 = 0x800
_JAPANESE = re.compile("[\u3005-\u30ff\u4e00-\u9fff]{2,}")
"""Two or more kana or Chinese characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipMember:
    """A file in a zip.

    Parameters
    ----------
    path
        Its path in the zip, with slashes; untrusted, for display and grouping only.
    read
        Inflates the content, or raises an `InvalidInputError` with the reason to reject it.
    """

    path: str
    read: Callable[[], bytes]


def unzip(data: bytes, limits: UploadLimits) -> Iterator[tuple[str, bytes | InvalidInputError]]:
    """Each file of a zip: its display name, and its content or the reason to reject it.

    Folders, dotfiles and the extra files of macOS and Windows are ignored.  Nothing is inflated
    beyond the limits, whatever sizes the zip declares.

    Raises
    ------
    InvalidInputError
        The whole zip is unusable.
    """
    for member in zip_members(data, limits):
        try:
            content: bytes | InvalidInputError = member.read()
        except InvalidInputError as error:
            content = error
        yield safe_display_name(member.path), content


def zip_members(
    data: bytes, limits: UploadLimits, *, ignore: Callable[[str], bool] | None = None
) -> list[ZipMember]:
    """The files of a zip, to be read once each; together they inflate to the limits at most.

    Parameters
    ----------
    ignore
        Says by its path whether a file is left out; by default `is_stray_path`.

    Raises
    ------
    InvalidInputError
        The whole zip is unusable.
    """
    with reading("The zip is damaged or truncated", "create it again", InvalidInputError):
        # every directory entry has this signature; counted before `zipfile` creates objects
        if data.count(b"PK\x01\x02") > 4 * limits.files + 100:
            raise InputTooLargeError(
                f"The zip has far more than {limits.files} files, the limit of a batch; split it."
            )
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise InvalidInputError(
            f"This is an Office document, not an image; upload {ACCEPTED_TYPES}."
        )
    entries = [entry for entry in entries if not (ignore or is_stray_path)(entry.filename)]
    if not entries:
        raise InvalidInputError(
            f"The zip has no files; add images ({ACCEPTED_TYPES.partition(', or')[0]})."
        )
    remaining = limits.total_bytes

    def inflate(entry: zipfile.ZipInfo) -> bytes:
        nonlocal remaining
        content = _inflate(archive, entry, limits, remaining)
        remaining -= len(content)
        return content

    paths = _paths(entries)
    return [
        ZipMember(path=path, read=partial(inflate, entry))
        for path, entry in zip(paths, entries, strict=True)
    ]


def _paths(entries: list[zipfile.ZipInfo]) -> list[str]:
    """The paths; where the zip does not say their encoding, in the likeliest one.

    UTF-8 where a path can be that.  The others are Shift-JIS if most of their characters are
    Japanese words then, else of code page 437, as the format says.
    """
    found = [_in_utf8(entry) for entry in entries]
    rest = [e.filename.encode("cp437") for e, path in zip(entries, found, strict=True) if not path]
    encoding = "cp932" if _is_japanese(rest) else "cp437"
    return [
        path or entry.filename.encode("cp437").decode(encoding)
        for entry, path in zip(entries, found, strict=True)
    ]


def _in_utf8(entry: zipfile.ZipInfo) -> str | None:
    """The path, if the zip says that it is UTF-8, or it can be that."""
    if entry.flag_bits & _IS_UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return None


def _is_japanese(paths: list[bytes]) -> bool:
    try:
        text = "\n".join(path.decode("cp932") for path in paths)
    except UnicodeError:
        return False
    others = sum(not character.isascii() for character in text)
    return sum(map(len, _JAPANESE.findall(text))) > others / 2


def is_stray_path(path: str) -> bool:
    """Whether a file is a dotfile, in a hidden folder, or an extra file of macOS or Windows."""
    parts = path.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return hidden or "__MACOSX" in parts or parts[-1].lower() in {"", "thumbs.db", "desktop.ini"}


def _inflate(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: UploadLimits, remaining: int
) -> bytes:
    if entry.flag_bits & 1:
        raise InvalidInputError(
            "This file in the zip is encrypted; create the zip without a password."
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InvalidInputError(
            "This file in the zip has an unsupported compression method; use Deflate."
        )
    if entry.file_size > limits.file_bytes:
        raise InputTooLargeError(
            f"Unzipped it would have {entry.file_size / MB:.1f} MB, but the limit is "
            f"{limits.file_bytes / MB:g} MB; reduce its size first."
        )
    if entry.file_size > MB and entry.file_size > limits.zip_ratio * max(1, entry.compress_size):
        raise InputTooLargeError(
            f"Its compression ratio is over {limits.zip_ratio}, like that of a zip bomb; upload it "
            "unzipped, as PNG or JPEG."
        )
    if entry.file_size > remaining:
        raise InputTooLargeError(
            f"The contents of the zip exceed {limits.total_bytes / MB:g} MB; split it."
        )
    with (
        reading("This file in the zip is damaged", "create the zip again", InvalidInputError),
        archive.open(entry) as file,
    ):
        content = file.read(min(entry.file_size, limits.file_bytes) + 1)
    if len(content) != entry.file_size:
        raise InvalidInputError(
            "This file in the zip is shorter than declared; create the zip again."
        )
    return content
