"""The panel for precomputed codes: a title, optionally a code, and lists of samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ui.components import draw_component
from ui.components.code_bars import CodeBars
from ui.components.map import parse_sample_id

MAX_ITEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WordItem:
    """One sample: index, name, a value beside it, and the length of its bar in [0, 1]."""

    id: int
    name: str
    figure: str = ""
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Samples under a heading.

    Parameters
    ----------
    items
        The first `MAX_ITEMS` are drawn, the rest is counted.
    note
        A sentence below the list.
    ranked
        Whether to draw a row with a bar per item; else the names follow each other.
    main
        Whether the list is highlighted.
    """

    heading: str
    items: Sequence[WordItem]
    note: str = ""
    ranked: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsData:
    """Data of the panel.

    Parameters
    ----------
    title, subtitle
        Heading and the text beside it.
    count
        Number of samples in the data set.
    lists
        From top to bottom.
    id
        Index of the sample that is shown, if it is one.
    code
        Its code.
    closes
        Whether to draw a button that closes the panel.
    """

    title: str
    count: int
    lists: Sequence[WordList]
    subtitle: str = ""
    id: int | None = None
    code: CodeBars | None = None
    closes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsEvent:
    """Events of the panel: index of a clicked sample; whether the panel was closed."""

    picked: int | None = None
    closed: bool = False


def draw_words_panel(*, key: str, data: WordsData) -> WordsEvent:
    """Draw the panel."""
    shown = {
        "title": data.title,
        "subtitle": data.subtitle,
        "count": data.count,
        "id": data.id,
        "code": None if data.code is None else data.code.as_data(),
        "closes": data.closes,
        "lists": [
            {
                "heading": part.heading,
                "note": part.note,
                "ranked": part.ranked,
                "main": part.main,
                "items": [asdict(item) for item in part.items[:MAX_ITEMS]],
                "more": max(0, len(part.items) - MAX_ITEMS),
            }
            for part in data.lists
        ],
    }
    sent = draw_component("panels/words.js", key=key, data=shown, events=("picked", "closed"))
    return WordsEvent(
        picked=parse_sample_id(sent["picked"], data.count), closed=sent["closed"] is True
    )
