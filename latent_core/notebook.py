"""How values look at a prompt and in a notebook: one line, and images.

The line has the shape of an array instead of its numbers; HTML escapes all text and contains
images as data URIs, so it loads nothing.
"""

from __future__ import annotations

import html
import io
import math
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core.arrays import to_uint8

if TYPE_CHECKING:
    from PIL import Image

N_IMAGES = 20
"""Images that the HTML of a value shows at most."""
_MAX_TEXT, _MAX_NAMES, _DIGEST = 60, 5, 64
_MIN_TILE = 64  # pixels to which small images are enlarged
_SIDE = 240  # of the pictures of codes and points, in pixels


def compact_repr(value: Any) -> str:
    """A dataclass in one line: shapes and ranges of arrays, ids, numbers; no None, no functions."""
    parts = [(item.name, getattr(value, item.name)) for item in fields(value) if item.repr]
    shown = [f"{name}={_summary(part)}" for name, part in parts if _says_something(part)]
    return f"{type(value).__name__}({', '.join(shown)})"


def _says_something(part: Any) -> bool:
    is_empty = isinstance(part, str | tuple | Mapping) and not part
    return part is not None and not is_empty and not callable(part)


def _summary(part: Any) -> str:
    if isinstance(part, np.ndarray):
        return _array_summary(part)
    if isinstance(part, float | np.floating):
        return f"{part:.4g}"
    if isinstance(part, str):
        is_digest = len(part) == _DIGEST and not part.strip("0123456789abcdef")
        limit = 8 if is_digest else _MAX_TEXT
        return repr(part if len(part) <= limit else part[:limit] + "…")
    if isinstance(part, Mapping):
        part = tuple(str(name) for name in part)
    if isinstance(part, tuple | list) and len(part) > _MAX_NAMES:
        return f"<{len(part):,}: {', '.join(_summary(item) for item in part[:_MAX_NAMES])}, …>"
    if isinstance(part, list) or (isinstance(part, tuple) and part):
        shown = ", ".join(_summary(item) for item in part)
        return f"[{shown}]" if isinstance(part, list) else f"({shown}{',' * (len(part) == 1)})"
    return repr(part)


def _array_summary(array: Any) -> str:
    text = f"{array.dtype}{list(array.shape)}"
    if array.size == 0 or array.dtype.kind not in "iuf":
        return f"<{text}>"
    return f"<{text} in [{array.min():.4g}, {array.max():.4g}]>"


def to_html(text: str, *pictures: Image.Image | None, caption: str = "") -> str:
    """`text` as code, pictures below it, and a caption."""
    images = "".join(_img(picture) for picture in pictures if picture is not None)
    small = f"<br><small>{html.escape(caption)}</small>" if caption else ""
    return f"<div><code>{html.escape(text)}</code><br>{images}{small}</div>"


def _img(picture: Image.Image) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return f'<img alt="" src="data:image/png;base64,{b64encode(buffer.getvalue()).decode()}">'


def grid_picture(images: Any, columns: int | None = None) -> Image.Image:
    """Images ``(N, C, H, W)`` in [0, 1] side by side, small ones enlarged by a whole factor."""
    from PIL import Image

    count, channels, height, width = images.shape
    columns = min(count, columns or math.ceil(math.sqrt(2 * count)))
    rows = math.ceil(count / columns)
    tiles = np.ones((rows * columns, channels, height + 1, width + 1))  # a white line between
    tiles[:count, :, :-1, :-1] = images
    grid = tiles.reshape(rows, columns, *tiles.shape[1:]).transpose(0, 3, 1, 4, 2)
    side = rows * (height + 1), columns * (width + 1)
    pixels = to_uint8(grid.reshape(side if channels == 1 else (*side, channels)))
    scale = max(1, math.ceil(_MIN_TILE / max(height, width)))
    drawn = Image.fromarray(pixels)
    return drawn.resize((drawn.width * scale, drawn.height * scale), Image.Resampling.NEAREST)


def codes_picture(codes: Any) -> Image.Image | None:
    """Up to 64 of the codes ``(N, D)``, one row per latent dimension; black −3 to white 3 std."""
    from PIL import Image

    if not len(codes):
        return None
    chosen = np.asarray(codes, np.float64)[:64].T
    std = chosen.std() or 1.0
    gray = to_uint8((chosen - chosen.mean()) / std / 6 + 0.5)
    scale = max(1, min(8, _SIDE // max(gray.shape)))
    drawn = Image.fromarray(gray)
    return drawn.resize((drawn.width * scale, drawn.height * scale), Image.Resampling.NEAREST)


def points_picture(points: Any) -> Image.Image:
    """The first two components of points ``(N, n_components)``; darker where there are more."""
    from PIL import Image

    first = np.asarray(points, np.float64)[:, :2]
    low, span = first.min(axis=0), np.ptp(first, axis=0).max() or 1.0
    x, y = ((first - low) / span * (_SIDE - 1)).astype(int).T
    counts = np.zeros((_SIDE, _SIDE))
    np.add.at(counts, (_SIDE - 1 - y, x), 1)
    darkness = np.sqrt(np.minimum(counts / max(1.0, np.quantile(counts[counts > 0], 0.9)), 1))
    return Image.fromarray(to_uint8(1 - darkness))
