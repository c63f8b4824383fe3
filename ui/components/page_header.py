"""The buttons in the header of every page: copy the link, share, reset, presenter mode, help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ui.components import draw_component
from ui.tours.step import TourStep


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeaderEvent:
    """What was chosen in the header.

    Parameters
    ----------
    presented
        Whether to present from now on; None where that is not changed.
    shared
        Whether to open the dialog that shares the page.
    """

    presented: bool | None
    shared: bool


def draw_page_header(
    *,
    key: str,
    presenting: bool,
    glossary: Sequence[tuple[str, str]],
    page: str,
    tour: Sequence[TourStep],
) -> PageHeaderEvent:
    """Draw the buttons; gives what was chosen since the last run.

    Parameters
    ----------
    glossary
        Terms and their meanings, which the help shows.
    page
        Name of the page, under which the browser remembers that its tour was offered.
    tour
        The steps of the page's guided tour.
    """
    data = {
        "presenting": presenting,
        "glossary": [list(entry) for entry in glossary],
        "page": page,
        "tour": [asdict(step) for step in tour],
    }
    events = ("presented", "shared")
    sent = draw_component("panels/page_header.js", key=key, data=data, events=events)
    return PageHeaderEvent(presented=sent["presented"], shared=bool(sent["shared"]))
