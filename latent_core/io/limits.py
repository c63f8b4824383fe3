"""Untrusted files: size limits, names that are safe to show, and types sniffed from content.

Everything stays in memory; a file name is only ever shown, never used as a path.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass

from latent_core.environment import env_whole
from latent_core.errors import InputTooLargeError, InvalidInputError

MB = 1_000_000
IMAGE_TYPES = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")
ACCEPTED_TYPES = "PNG, JPEG, WebP, BMP, GIF or TIFF, or a zip of them"

_ENVIRONMENT = {
    "LATENT_MAX_FILE_MB": ("file_bytes", MB),
    "LATENT_MAX_PIXELS": ("pixels", 1),
    "LATENT_MAX_FILES": ("files", 1),
    "LATENT_MAX_TOTAL_MB": ("total_bytes", MB),
    "LATENT_MAX_VISITOR_MB": ("visitor_bytes", MB),
    "LATENT_MAX_ZIP_RATIO": ("zip_ratio", 1),
    "LATENT_MAX_ASPECT": ("aspect", 1),
    "LATENT_MAX_SIDE": ("side", 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """Limits on uploaded files; each can be set by an environment variable.

    Parameters
    ----------
    file_bytes
        Bytes of one file, as uploaded or as unzipped (``LATENT_MAX_FILE_MB``).
    pixels
        Pixels of one image, as declared in its header (``LATENT_MAX_PIXELS``).
    files
        Number of files in one batch, those in zips included (``LATENT_MAX_FILES``).
    total_bytes
        Bytes of a zip, of all its contents, and of all decoded images of one batch
        (``LATENT_MAX_TOTAL_MB``).
    visitor_bytes
        Bytes of all files that the app holds for one visitor (``LATENT_MAX_VISITOR_MB``).
    zip_ratio
        Largest compression ratio of a file over 1 MB in a zip (``LATENT_MAX_ZIP_RATIO``).
    aspect
        Largest ratio of the longer to the shorter side (``LATENT_MAX_ASPECT``).
    side
        Longest side in pixels after reading; larger images are downscaled to it
        (``LATENT_MAX_SIDE``).

    Raises
    ------
    InvalidInputError
        A limit is below 1.
    """

    file_bytes: int = 32 * MB
    pixels: int = 64_000_000
    files: int = 1000
    total_bytes: int = 512 * MB
    visitor_bytes: int = 64 * MB
    zip_ratio: int = 200
    aspect: int = 20
    side: int = 1024

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise InvalidInputError(
                    f"The limit {name!r} must be at least 1, not {getattr(self, name)}; raise it."
                )

    @classmethod
    def from_env(cls) -> UploadLimits:
        """The limits set in the environment, with defaults for the others.

        Raises
        ------
        InvalidInputError
            A variable is not a positive integer.
        """
        values = {name: env_whole(name, 0) for name in _ENVIRONMENT}
        return cls(**{_ENVIRONMENT[n][0]: v * _ENVIRONMENT[n][1] for n, v in values.items() if v})


def safe_display_name(name: str, longest: int = 80) -> str:
    r"""The last part of a file name, without control, format and bidirectional characters.

    Examples
    --------
    >>> safe_display_name("../../etc/pass\x00wd")
    'passwd'
    >>> safe_display_name("C:\\scans\\seven\u202egnp.exe")
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
    (4, b"ftypavif", "an AVIF image"),
    (4, b"ftyphe", "a HEIC image"),
    (4, b"ftypmif1", "a HEIC image"),
    (4, b"ftyp", "a video"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (0, b"8BPS", "a Photoshop document"),
    (0, b"\x00\x00\x01\x00", "an icon (ICO)"),
    (0, b"\x00\x00\x00\x0cjP", "a JPEG 2000 image"),
    (0, b"\xff\x0a", "a JPEG XL image"),
    (0, b"\x00\x00\x00\x0cJXL", "a JPEG XL image"),
    (0, b"\x93NUMPY", "a NumPy array"),
    (0, b"PAR1", "a Parquet table"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"7z\xbc\xaf'\x1c", "a 7z archive"),
    (0, b"Rar!", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"RIFF", "an audio or video file"),
    (0, b"ID3", "an audio file"),
    (0, b"OggS", "an audio file"),
    (0, b"MZ", "a program"),
    (0, b"\x7fELF", "a program"),
    (0, b"{\\rtf", "a text document"),
    (0, b"\xd0\xcf\x11\xe0", "an Office document"),
)


_BMP_HEADERS = {struct.pack("<I", size) for size in (12, 40, 52, 56, 64, 108, 124)}


def sniff_type(data: bytes) -> str:
    """The type of a file by its content: one of `IMAGE_TYPES`, ``"zip"``, or a short description.

    Examples
    --------
    >>> sniff_type(b"%PDF-1.7")
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
        return "a text file"
    return "an unknown type of file"


def check_size(data: bytes, max_bytes: int) -> None:
    """Raise an `InvalidInputError` for a file that is empty or has over `max_bytes` bytes."""
    if not data:
        raise InvalidInputError(
            "The file is empty (0 bytes); select it again, or save the image again."
        )
    if len(data) > max_bytes:
        raise InputTooLargeError(
            f"The file has {len(data) / MB:.1f} MB, but the limit is {max_bytes / MB:g} MB; "
            "reduce its size first."
        )
