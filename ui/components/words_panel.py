"""The panel for codes without pictures: a title, maybe a code, and lists of samples to click on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ui.components import draw_component
from ui.components.code_bars import CodeBars
from ui.components.map import parse_sample_id

MAX_ITEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WordItem:
    """One sample: its id, what it is called, a figure beside it and its share of a bar."""

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
        The first `MAX_ITEMS` are drawn, the rest counted.
    note
        A quiet sentence below.
    ranked
        Whether they stand in rows with bars; else they follow each other.
    main
        Whether this is the list to look at first.
    """

    heading: str
    items: Sequence[WordItem]
    note: str = ""
    ranked: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsData:
    """What the panel shows.

    Parameters
    ----------
    title, quiet
        In large, and a few words beside it.
    count
        Of the data set.
    lists
        From top to bottom.
    id
        The sample that is shown, if it is one.
    code
        Its code.
    closes
        Whether there is something to close.
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
    """What was done on the panel: the id to look at next; whether it was closed."""

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
    return WordsEvent(picked=parse_sample_id(sent["picked"], data.count), closed=sent["closed"] is True)
