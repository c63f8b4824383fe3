"""TODO."""

from __future__ import annotations

from collections.abc import Callable

ProgressCallback = Callable[[float, str], None]
"""Called with a fraction in [0, 1] and a few words; raises `Cancelled` to stop the work."""


def null_progress(fraction: float, words: str) -> None:
    """Report to nobody."""


def subprogress(progress: ProgressCallback, start: float, end: float) -> ProgressCallback:
    """The progress of one step, which takes the whole from `start` to `end`."""
    return lambda fraction, words: progress(start + (end - start) * fraction, words)
