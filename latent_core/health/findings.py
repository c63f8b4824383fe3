"""What a diagnosis finds: problems, and notes."""

from __future__ import annotations

from dataclasses import dataclass

from latent_core.notebook import compact_repr

COLLAPSED = "collapsed"
OVER_REGULARIZED = "over-regularized"
UNDER_REGULARIZED = "under-regularized"
OVERFITTED = "overfitted"
UNDERFITTED = "underfitted"
HEALTHY = "healthy"
NOT_ASSESSABLE = "not assessable"
NOTE = "note"
PROBLEMS = (COLLAPSED, OVERFITTED, OVER_REGULARIZED, UNDERFITTED, UNDER_REGULARIZED)
"""From the most to the least severe; the first found is the diagnosis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was found.

    Parameters
    ----------
    kind
        One of `PROBLEMS`, or `HEALTHY`, `NOT_ASSESSABLE` or `NOTE`.
    title
        What was found, as a sentence.
    evidence
        The figures, with their baseline and sample size.
    advice
        What to try; empty where there is nothing to do.
    """

    kind: str
    title: str
    evidence: str
    advice: str = ""

    __repr__ = compact_repr
