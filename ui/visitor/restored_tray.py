"""The tray of an earlier session, which the visitor's browser kept."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from latent_core.errors import InvalidInputError
from ui.catalog import read_catalog
from ui.components.tray import TrayThumb
from ui.url_codec import unpack_code
from ui.visitor import tray
from ui.visitor.tray import TrayItem

_PICTURE = re.compile(r"data:image/(png|jpeg|webp);base64,(?P<data>[A-Za-z0-9+/]+=*)")
_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")


def restore_tray(sent: Sequence[TrayThumb]) -> None:
    """Add the items to an empty tray; those that are not valid here are left out."""
    if tray.items():
        return
    for thumb in sent:
        if (item := item_of(thumb)) is not None:
            tray.add(item)


def item_of(thumb: TrayThumb) -> TrayItem | None:
    """The item that a browser sent; None if its model, its code or its image is not valid."""
    card = read_catalog().cards.get(thumb.model)
    if card is None or not _is_image(thumb.picture):
        return None
    try:
        code = unpack_code(thumb.code, card.latent_dim)
    except InvalidInputError:
        return None
    return TrayItem(
        image=thumb.picture, label=thumb.label, model_id=card.id, code=code, sample=thumb.sample
    )


def _is_image(url: str) -> bool:
    found = _PICTURE.fullmatch(url)
    if found is None:
        return False
    try:
        return base64.b64decode(found["data"], validate=True).startswith(_STARTS)
    except ValueError:  # of base64
        return False
