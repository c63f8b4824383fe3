"""Files from strangers: how much of them is taken, the names to show, what they really are.

Everything stays in memory; a name is only ever shown, never used as a path.
"""

from __future__ import annotations

import os
import struct
import unicodedata
from dataclasses import dataclass

from latent_core.errors import InputTooLargeError, InvalidInputError

MB = 1_000_000
IMAGE_TYPES = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")
ACCEPTED_TYPES = "PNG, JPEG, WebP, BMP, GIF or TIFF, or a zip of them"

_ENVIRONMENT = {
    "LATENT_MAX_FILE_MB": ("file_bytes", MB),
    "LATENT_MAX_PIXELS": ("pixels", 1),
    "LATENT_MAX_FILES": ("files", 1),
    "LATENT_MAX_TOTAL_MB": ("total_bytes", MB),
    "LATENT_MAX_ZIP_RATIO": ("zip_ratio", 1),
    "LATENT_MAX_ASPECT": ("aspect", 1),
    "LATENT_MAX_SIDE": ("side", 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """How much is taken in at once; each is a setting in the environment.

    Parameters
    ----------
    file_bytes
        Of one picture, as sent or as unzipped (``LATENT_MAX_FILE_MB``).
    pixels
        Of one picture, as its header says (``LATENT_MAX_PIXELS``).
    files
        In one batch, those in zips included (``LATENT_MAX_FILES``).
    total_bytes
        Of a zip, of all that it holds, and of all decoded pictures of one batch
        (``LATENT_MAX_TOTAL_MB``).
    zip_ratio
        How far a file over 1 MB may expand (``LATENT_MAX_ZIP_RATIO``).
    aspect
        Longest side over shortest (``LATENT_MAX_ASPECT``).
    side
        Longest side that is kept; larger pictures are reduced to it (``LATENT_MAX_SIDE``).
    """

    file_bytes: int = 32 * MB
    pixels: int = 64_000_000
    files: int = 1000
    total_bytes: int = 512 * MB
    zip_ratio: int = 200
    aspect: int = 20
    side: int = 1024

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise InvalidInputError(
                    f"The cap {name!r} must be at least 1, not {getattr(self, name)}."
                )

    @classmethod
    def from_env(cls) -> UploadLimits:
        """The caps that the environment sets, else the defaults.

        Raises
        ------
        BadInput
            A variable is not a positive whole number.
        """
        given = {name: os.environ[name] for name in _ENVIRONMENT if os.environ.get(name)}
        for name, text in given.items():
            if not (text.isascii() and text.isdigit() and int(text) > 0):
                raise InvalidInputError(
                    f"{name} must be a positive whole number, not {text[:40]!r}."
                )
        return cls(**{_ENVIRONMENT[n][0]: int(t) * _ENVIRONMENT[n][1] for n, t in given.items()})


def safe_display_name(name: str, longest: int = 80) -> str:
    r"""The last part of `name`, without characters that hide, reorder or command.

    Examples
    --------
    >>> shown_name("../../etc/pass\x00wd")
    'passwd'
    >>> shown_name("C:\\scans\\seven\u202egnp.exe")
    'sevengnp.exe'
    """
    visible = "".join(
        c for c in name if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029"
    )
    last = unicodedata.normalize("NFC", visible.replace("\\", "/").rstrip("/").rpartition("/")[2])
    last = " ".join(last.split())
    if len(last) > longest:
        last = last[: longest - 16] + "…" + last[-15:]
    return last if last.strip(".") else "unnamed"


_SIGNATURES = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF8", "GIF"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (8, b"WEBP", "WEBP"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"%PDF", "a PDF document"),
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftyphe", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIC picture"),
    (4, b"ftyp", "a video"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"\x00\x00\x01\x00", "an icon (ICO)"),
    (0, b"\x00\x00\x00\x0cjP", "a JPEG 2000 picture"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (0, b"\x00\x00\x00\x0cJXL", "a JPEG XL picture"),
    (0, b"\x93NUMPY", "a NumPy array"),
    (0, b"PAR1", "a Parquet table"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"7z\xbc\xaf'\x1c", "a 7z archive"),
    (0, b"Rar!", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"RIFF", "a sound or video"),
    (0, b"ID3", "a sound"),
    (0, b"OggS", "a sound"),
    (0, b"MZ", "a program"),
    (0, b"\x7fELF", "a program"),
    (0, b"{\\rtf", "a text document"),
    (0, b"\xd0\xcf\x11\xe0", "an Office document"),
)


_BMP_HEADERS = {struct.pack("<I", size) for size in (12, 40, 52, 56, 64, 108, 124)}


def sniff_type(data: bytes) -> str:
    """What `data` is by its content: one of `PICTURES`, ``"zip"``, or a few words on it.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7")
    'a PDF document'
    """
    for offset, signature, kind in _SIGNATURES:
        if data.startswith(signature, offset):
            return kind
    if data[:2] == b"BM" and data[14:18] in _BMP_HEADERS:
        return "BMP"
    return _text_kind(data[:1000])


def _text_kind(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head.lower():
        return "an SVG drawing"
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if all(byte >= 32 or byte in b"\t\r\n\f" for byte in head):
        return "a text"
    return "an unknown type of file"


def check_size(data: bytes, cap: int) -> None:
    """Raise for a file that is empty or larger than `cap` bytes."""
    if not data:
        raise InvalidInputError(
            "The file is empty (0 bytes); choose it again, or save the picture anew."
        )
    if len(data) > cap:
        raise InputTooLargeError(
            f"The file has {len(data) / MB:.1f} MB and at most {cap / MB:g} MB are taken; "
            "make it smaller first."
        )
