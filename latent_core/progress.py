"""Progress callbacks, and how a step reports as a part of a longer computation."""

from __future__ import annotations

from collections.abc import Callable

ProgressCallback = Callable[[float, str], None]
"""Called with a fraction in [0, 1] and a short message; raises `CancelledError` to stop."""


def null_progress(fraction: float, message: str) -> None:
    """Ignore the progress."""


def subprogress(progress: ProgressCallback, start: float, end: float) -> ProgressCallback:
    """A callback for one step, whose [0, 1] is [`start`, `end`] of the whole."""
    return lambda fraction, message: progress(start + (end - start) * fraction, message)
