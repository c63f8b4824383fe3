"""File names made of what is in a file, such as ``chair-to-desk.gif``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MAX_LENGTH = 60
"""Of a name without its ending; the shortest limit of a file system is 143 (eCryptfs)."""
_ENDING = re.compile(r"\.(png|jpe?g|webp|bmp|gif|tiff?)$", re.IGNORECASE)
_COUNT_COMMA = re.compile(r"(?<=\d),(?=\d{3})")


def slug(text: str, fallback: str = "image") -> str:
    """`text` as lowercase ASCII letters and digits with single hyphens between, never empty.

    Examples
    --------
    >>> slug("T-shirt/top"), slug("image 1,234"), slug("Café.jpg"), slug("???")
    ('t-shirt-top', 'image-1234', 'cafe', 'image')
    """
    without = _COUNT_COMMA.sub("", _ENDING.sub("", text))
    plain = unicodedata.normalize("NFKD", without).encode("ascii", "ignore").decode().lower()
    return _shortened("-".join(re.findall("[a-z0-9]+", plain))) or fallback


def joined_slugs(labels: Sequence[str], between: str = "to") -> str:
    """All labels with a word between; if that is too long, the first and the last.

    Examples
    --------
    >>> joined_slugs(["7", "3"]), joined_slugs(["Chair", "image 12", "Desk"])
    ('7-to-3', 'chair-to-image-12-to-desk')
    """
    slugs = [slug(label) for label in labels]
    name = f"-{between}-".join(slugs)
    if len(name) <= MAX_LENGTH:
        return name
    half = (MAX_LENGTH - len(between) - 2) // 2
    ends = [_shortened(found, half) for found in (slugs[0], slugs[-1])]
    return f"-{between}-".join(ends)


def _shortened(found: str, length: int = MAX_LENGTH) -> str:
    return found[:length].strip("-")
