"""The endpoints of a path: their cards, and the images along the path."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from latent_core.interpolation import LatentPath, cross_fade
from latent_core.types import Floats
from ui.components.morph_types import Card
from ui.images import data_url
from ui.morphing.paths import fingerprint, session_memo
from ui.spaces import Space
from ui.visitor.tray import TrayItem


def endpoint_cards(
    space: Space, mode: str, chosen: Sequence[TrayItem], names: Sequence[str]
) -> list[Card]:
    """A card for each endpoint, with its image and its decoded code."""
    of = fingerprint(space.encodings.fingerprint, *chosen)
    decoded = session_memo(f"morph.decoded.{mode}", of, lambda: decoded_urls(space, chosen))
    return [
        Card(
            slot=str(number),
            name=name,
            label=item.label,
            original="" if item.image_url == url else item.image_url,
            decoded=url,
        )
        for number, (item, name, url) in enumerate(zip(chosen, names, decoded, strict=True))
    ]


def decoded_urls(space: Space, chosen: Sequence[TrayItem]) -> list[str]:
    """The decoded codes as ``data:`` URLs."""
    images = space.model.decode(np.stack([item.code for item in chosen]))
    return [data_url(image) for image in images]


def decode_frames(space: Space, path: LatentPath, kind: str, times: Floats) -> Floats:
    """The images ``(T, C, H, W)`` at `times` of a path, or of a cross-fade of its ends."""
    if kind != "cross-fade":
        return space.model.decode(path.at(times))
    first, last = space.model.decode(path.at([0.0, 1.0]))
    return cross_fade(first, last, times)
