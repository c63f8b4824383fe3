"""A teacher's link: the state of a page, a title and text for the class, and what is hidden."""

from __future__ import annotations

import base64
import json
import unicodedata
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from latent_core.errors import InvalidInputError
from latent_core.untrusted import parse_json

NOTE, HIDE = "note", "hide"
"""Query parameters of the title with the text, and of what is hidden."""
MAX_TITLE, MAX_TEXT = 80, 600
"""Characters of a title and of a text."""
MAX_ADDRESS = 1_000
"""Characters of an address whose QR code a phone can still read from a projector's screen."""
_MAX_PACKED, _MAX_BYTES = 4_000, 8_000
HIDEABLE = {"controls": "the row of controls", "nav": "the navigation"}
"""What a link can hide."""
_NOT_SENT = {"presenter", NOTE, HIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassNote:
    """What a teacher writes for a class.

    Parameters
    ----------
    title
        One line of at most `MAX_TITLE` characters.
    text
        Lines of together at most `MAX_TEXT` characters.

    Raises
    ------
    InvalidInputError
        One of them is longer.
    """

    title: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        for name, text, limit in (("title", self.title, MAX_TITLE), ("text", self.text, MAX_TEXT)):
            if len(text) > limit:
                raise InvalidInputError(
                    f"The {name} for the class has {len(text)} characters; at most {limit} fit "
                    "into a link: shorten it."
                )


def cleaned_note(title: str, text: str) -> ClassNote:
    """A note without control characters and without spaces around its lines."""
    lines = [" ".join(_printable(line).split()) for line in text.strip().splitlines()]
    return ClassNote(title=" ".join(_printable(title).split()), text="\n".join(lines))


def _printable(text: str) -> str:
    """`text` with a space in place of each control character and each half of a surrogate pair."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)


def pack_note(note: ClassNote) -> str:
    """A note as text for a URL: JSON, compressed, in URL-safe base64; empty for an empty one."""
    if not (note.title or note.text):
        return ""
    data = json.dumps([note.title, note.text], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode("ascii").rstrip("=")


def unpack_note(packed: str) -> ClassNote:
    """The note that `pack_note` encoded.

    Raises
    ------
    InvalidInputError
        It is not the text of a note: it was cut off or changed.
    """
    try:
        title, text = _unpacked(packed)
        return cleaned_note(title, text)
    except (ValueError, zlib.error, InvalidInputError) as error:
        raise InvalidInputError(
            "In the link: title and text for the class cannot be read and are left out; "
            "ask for the link again."
        ) from error


def _unpacked(packed: str) -> tuple[str, str]:
    if len(packed) > _MAX_PACKED:
        raise ValueError("it is too long")
    data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
    reader = zlib.decompressobj()
    raw = reader.decompress(data, _MAX_BYTES)  # a few bytes could be gigabytes
    if not reader.eof:
        raise ValueError("it is cut off")
    value = parse_json(raw.decode())
    if not (isinstance(value, list) and [type(part) for part in value] == [str, str]):
        raise ValueError("it is not two texts")
    return value[0], value[1]


def parse_hidden(text: str) -> frozenset[str]:
    """The parts of a page that the value of `HIDE` names.

    Raises
    ------
    InvalidInputError
        It names a part that cannot be hidden.
    """
    parts = frozenset(part for part in text.split(",") if part)
    if unknown := sorted(parts - HIDEABLE.keys()):
        raise InvalidInputError(
            f"In the link: {unknown[0][:20]!r} cannot be hidden, only {' and '.join(HIDEABLE)}; "
            "nothing is hidden."
        )
    return parts


def class_address(
    url: str, parameters: Mapping[str, str], note: ClassNote, hidden: Collection[str]
) -> str:
    """The address that opens the page at `url` with the same state for a class.

    Parameters
    ----------
    url
        The page's address without query.
    parameters
        The query of the page as it is shown.
    hidden
        Names in `HIDEABLE`.
    """
    query = {name: value for name, value in parameters.items() if name not in _NOT_SENT}
    query |= {HIDE: ",".join(sorted(hidden)), NOTE: pack_note(note)}
    text = urlencode({name: value for name, value in query.items() if value}, safe=",")
    return f"{url}?{text}" if text else url


def has_readable_code(address: str) -> bool:
    """Whether the QR code of `address` has few enough modules to be read from a screen."""
    return len(address) <= MAX_ADDRESS
