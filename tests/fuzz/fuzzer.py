"""Run one parser on many mutated files, and report every exception that is no `LatentError`."""

from __future__ import annotations

import resource
import signal
import sys
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from types import FrameType
from typing import Any

from latent_core.errors import LatentError

LIMIT_S = 20.0
"""Time for one run; a parser that takes longer hangs."""


@dataclass(frozen=True)
class Parser:
    """A parser of foreign data.

    `mutate` makes the data of one run, from valid data; `parse` reads it within `opened`, a
    context that makes what it needs, such as a folder, and gives what `parse` gets first.
    """

    mutate: Callable[[Random], bytes]
    parse: Callable[[Any, bytes], Any]
    opened: Callable[[], Any] | None = None


@dataclass
class Report:
    """Runs of one parser: how many were accepted, refused by kind of error, and foreign."""

    runs: int = 0
    accepted: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    foreign: dict[str, int] = field(default_factory=dict)
    """The first run with each foreign exception, by its kind and place."""
    peak_mb: float = 0.0

    def add(self, other: Report) -> None:
        self.runs += other.runs
        self.accepted += other.accepted
        self.refused = dict(Counter(self.refused) + Counter(other.refused))
        self.foreign = other.foreign | self.foreign
        self.peak_mb = max(self.peak_mb, other.peak_mb)


class Hang(BaseException):
    """A run that took longer than `LIMIT_S`; no border catches it."""


def fuzz(name: str, parser: Parser, runs: range) -> Report:
    """Run `parser` for each number in `runs`, which is the seed of the mutation."""
    report = Report()
    previous = signal.signal(signal.SIGALRM, _hang)
    try:
        with ExitStack() as stack, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            context = stack.enter_context(parser.opened()) if parser.opened else None
            for number in runs:
                _run_once(name, parser, context, number, report)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    report.peak_mb = peak_memory_mb()
    return report


def data_of_run(name: str, parser: Parser, number: int) -> bytes:
    """The mutated data of one run."""
    return parser.mutate(Random(f"{name} {number}"))  # noqa: S311 - reproducible


def _run_once(name: str, parser: Parser, context: Any, number: int, report: Report) -> None:
    data = data_of_run(name, parser, number)
    report.runs += 1
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S)
    try:
        parser.parse(context, data)
        report.accepted += 1
    except LatentError as error:
        kind = type(error).__name__
        report.refused[kind] = report.refused.get(kind, 0) + 1
    except (Exception, Hang) as error:  # noqa: BLE001 - that is what is looked for
        frames = [
            f for f in traceback.extract_tb(error.__traceback__) if "tests/fuzz" not in f.filename
        ]
        at = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
        report.foreign.setdefault(f"{type(error).__name__} at {at}: {str(error)[:100]!r}", number)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _hang(signum: int, frame: FrameType | None) -> None:
    raise Hang(f"over {LIMIT_S:g} s")


def peak_memory_mb() -> float:
    """The largest resident memory of this process so far, in MiB."""
    unit = 2**20 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
