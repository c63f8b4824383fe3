"""One step of a guided tour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStep:
    """What a step points at, and what it says.

    Parameters
    ----------
    selector
        CSS selector; the first element of it that can be seen is framed. A step without one is
        skipped.
    title
        A few words, the standard term where there is one.
    text
        One or two sentences: what the element is, and what to do with it.
    """

    selector: str
    title: str
    text: str
