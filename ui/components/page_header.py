"""The buttons in the header of every page: copy the link, reset, presenter mode, help."""

from __future__ import annotations

from collections.abc import Sequence

from ui.components import draw_component


def draw_page_header(
    *, key: str, presenting: bool, glossary: Sequence[tuple[str, str]]
) -> bool | None:
    """Draw the buttons; gives whether to present from now on, None where that is not changed.

    Parameters
    ----------
    glossary
        Terms and their meanings, which the help shows.
    """
    data = {"presenting": presenting, "glossary": [list(entry) for entry in glossary]}
    sent = draw_component("panels/page_header.js", key=key, data=data, events=("presented",))
    presented: bool | None = sent["presented"]
    return presented
