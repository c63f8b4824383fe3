"""The tray at the bottom of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ui.components import draw_component
from ui.components.validate import parse_index, parse_key


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayThumb:
    """One item of the tray: its key, its image as a ``data:`` URL, its label."""

    key: str
    picture: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayEvent:
    """Events of the tray; at most one per run.

    Parameters
    ----------
    removed, chosen
        Key of the item that was removed or clicked.
    moved
        Key of an item and its new position, counted without the item itself.
    cleared
        Whether all items were removed.
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
