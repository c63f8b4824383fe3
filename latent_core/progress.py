"""TODO."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]
"""Called with a fraction in [0, 1] and a few words; raises `Cancelled` to stop the work."""


def no_progress(fraction: float, words: str) -> None:
    """Report to nobody."""


def share_of(progress: Progress, start: float, end: float) -> Progress:
    """The progress of one step, which takes the whole from `start` to `end`."""
    return lambda fraction, words: progress(start + (end - start) * fraction, words)
