"""Projections in processes of their own, of low priority, so that no page waits for a map.

A projection computes for minutes and holds the interpreter for much of that time; in a thread of
the server it would delay everybody's clicks.  In a process it does not, and it can be ended at any
moment.  A process computes one map at a time and is used again; it ends after `IDLE_S` without
work, and with the server.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import Any

from latent_core.environment import env_whole
from latent_core.errors import LatentError
from latent_core.progress import ProgressCallback
from latent_core.projection import Projection, ProjectionMethod
from latent_core.types import Encodings, Floats

SETTING = "LATENT_MAP_PROCESSES"
"""Environment variable: maps that are computed at the same time; 0 computes them in threads."""
DEFAULT_COUNT = 2
IDLE_S = 120.0
POLL_S = 0.5
"""How often it is checked whether anybody still wants the map."""
REPORT_S = 0.15
"""Least time between two reports of a process."""
NICENESS = 10
ROOT = Path(__file__).resolve().parents[2]


def process_count() -> int:
    """How many maps are computed at the same time in processes; 0 where there are none.

    Raises
    ------
    InvalidInputError
        The setting is no whole number, 0 or more.
    """
    return env_whole(SETTING, DEFAULT_COUNT, low=0) if os.name == "posix" else 0


@dataclass(frozen=True, slots=True)
class MapProcess:
    """A process that computes maps, and the connection to it."""

    process: subprocess.Popen[bytes]
    connection: Connection

    @classmethod
    def start(cls) -> MapProcess:
        """A new process; it ends with this one, whose end closes its standard input."""
        ours, theirs = Pipe()
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - no shell, and nothing of a visitor in it
                [sys.executable, "-m", "ui.background.map_processes", str(theirs.fileno())],
                stdin=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
            )
        return cls(process, ours)

    def end(self) -> None:
        """End the process now."""
        self.process.kill()
        self.process.wait()
        self.connection.close()
        if self.process.stdin is not None:
            self.process.stdin.close()


_idle: list[MapProcess] = []
_lock = Lock()


def project(
    encodings: Encodings,
    method: ProjectionMethod,
    report: ProgressCallback,
    show: Callable[[Floats], None],
) -> Projection:
    """`workspace.project` in a process; ended at once where `report` or `show` raises.

    The trustworthiness is not measured.

    Raises
    ------
    LatentError
        As `workspace.project`, or the process ended, for example for lack of memory.
    """
    worker = _take()
    try:
        worker.connection.send((encodings, method))
        found = _receive(worker.connection, encodings, report, show)
    except (EOFError, OSError) as error:
        worker.end()
        raise LatentError(
            "The computation of this map ended unexpectedly, perhaps for lack of memory; try "
            "again, or choose another projection."
        ) from error
    except BaseException:
        worker.end()
        raise
    with _lock:
        _idle.append(worker)
    if isinstance(found, LatentError):
        raise found
    return found


def _take() -> MapProcess:
    """An idle process, else a new one."""
    while True:
        with _lock:
            worker = _idle.pop() if _idle else None
        if worker is None:
            return MapProcess.start()
        if worker.process.poll() is None and not worker.connection.poll(0):
            return worker
        worker.end()


def _receive(
    connection: Connection,
    encodings: Encodings,
    report: ProgressCallback,
    show: Callable[[Floats], None],
) -> Projection | LatentError:
    """Pass on what the process reports, until it sends the projection or an error."""
    progress = (0.0, "starting")
    while True:
        while not connection.poll(POLL_S):
            report(*progress)
        kind, value = connection.recv()
        if kind == "progress":
            progress = value
            report(*progress)
        elif kind == "points":
            show(value)
        elif kind == "projection":
            return Projection.from_arrays(*value, codes=encodings.mean)
        elif kind == "error":
            return LatentError(value)
        else:
            raise RuntimeError(value)


# ── inside the process ──────────────────────────────────────────────────────────────────────


class _Reports:
    """Sends progress and points, each at most every `REPORT_S` seconds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sent_at = {"progress": 0.0, "points": 0.0}

    def send(self, kind: str, value: Any) -> None:
        now = monotonic()
        if now - self._sent_at[kind] >= REPORT_S:
            self._sent_at[kind] = now
            self._connection.send((kind, value))


def _answer(encodings: Encodings, method: ProjectionMethod, reports: _Reports) -> tuple[str, Any]:
    from latent_core import workspace

    try:
        projection = workspace.project(
            encodings,
            method,
            progress=lambda fraction, message: reports.send("progress", (fraction, message)),
            callback=lambda points: reports.send("points", points),
            measure=False,
        )
    except LatentError as error:
        return "error", str(error)
    except Exception as error:  # noqa: BLE001 - the server raises it again
        import traceback

        traceback.print_exc()
        return "failure", f"{type(error).__name__}: {error}"
    return "projection", projection.to_arrays()


def _end_with_server() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def main(file_descriptor: int) -> None:
    """Compute the maps that arrive, until none has arrived for `IDLE_S`."""
    os.nice(NICENESS)
    Thread(target=_end_with_server, daemon=True).start()
    connection = Connection(file_descriptor)
    while connection.poll(IDLE_S):
        try:
            encodings, method = connection.recv()
        except EOFError:
            return
        connection.send(_answer(encodings, method, _Reports(connection)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
