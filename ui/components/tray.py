"""The tray at the foot of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ui.components import draw_component
from ui.components.validate import parse_key, parse_index


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayThumb:
    """One picture in the tray: its key, its address, a few words."""

    key: str
    picture: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayEvent:
    """What was done on the tray: at most one of these at a time.

    Parameters
    ----------
    removed, chosen
        A key.
    moved
        A key and the place it goes to, counted without itself.
    cleared
        Whether all go.
    """

    removed: str | None = None
    moved: tuple[str, int] | None = None
    chosen: str | None = None
    cleared: bool = False


def draw_tray(*, key: str, items: Sequence[TrayThumb]) -> TrayEvent:
    """Draw the tray."""
    data = {"items": [asdict(item) for item in items]}
    events = ("removed", "moved", "chosen", "cleared")
    sent = draw_component("panels/tray.js", key=key, data=data, events=events)
    keys = {item.key for item in items}
    moved, to = parse_key(sent["moved"], keys), parse_index(sent["moved"], "to", len(items))
    return TrayEvent(
        removed=parse_key(sent["removed"], keys),
        moved=None if moved is None or to is None else (moved, to),
        chosen=parse_key(sent["chosen"], keys),
        cleared=sent["cleared"] is True,
    )
