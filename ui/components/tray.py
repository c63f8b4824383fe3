"""The tray at the bottom of every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ui.components import draw_component
from ui.components.validate import parse_index, parse_key


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayThumb:
    """One item of the tray: its key, its image as a ``data:`` URL, its label.

    Parameters
    ----------
    model, code, sample
        The model, the code as text for a link, and the index in the data set: the browser keeps
        them, so that an item survives the session.
    """

    key: str
    picture: str
    label: str = ""
    model: str = ""
    code: str = ""
    sample: int | None = None


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
    restored
        Items that this tab kept from an earlier session; only their form is checked.
    """

    removed: str | None = None
    moved: tuple[str, int] | None = None
    chosen: str | None = None
    cleared: bool = False
    restored: tuple[TrayThumb, ...] = ()


def draw_tray(
    *,
    key: str,
    items: Sequence[TrayThumb],
    session: str,
    on_event: Callable[[TrayEvent], None] | None = None,
) -> TrayEvent:
    """Draw the tray; the browser offers what it kept to a `session` that has another name.

    See `draw_map` for `on_event`.
    """
    keys = {item.key for item in items}

    def event(sent: dict[str, Any]) -> TrayEvent:
        moved, to = parse_key(sent["moved"], keys), parse_index(sent["moved"], "to", len(items))
        return TrayEvent(
            removed=parse_key(sent["removed"], keys),
            moved=None if moved is None or to is None else (moved, to),
            chosen=parse_key(sent["chosen"], keys),
            cleared=sent["cleared"] is True,
            restored=_restored(sent["restored"]),
        )

    sent = draw_component(
        "panels/tray.js",
        key=key,
        data={"items": [asdict(item) for item in items], "session": session},
        events=("removed", "moved", "chosen", "cleared", "restored"),
        on_events=None if on_event is None else lambda sent: on_event(event(sent)),
    )
    return event(sent)


def _restored(sent: Any) -> tuple[TrayThumb, ...]:
    if sent is None:
        return ()
    names = ("picture", "label", "model", "code", "sample")
    return tuple(
        TrayThumb(key="", **{name: item[name] for name in names}) for item in sent["items"]
    )
