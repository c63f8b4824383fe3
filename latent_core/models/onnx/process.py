"""ONNX graphs of strangers, run in a process of their own with limits of memory and time.

A graph that hangs, needs too much memory or crashes ends that process and nothing else.
"""

from __future__ import annotations

import subprocess
import sys
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any

from latent_core.environment import child_environment, env_number, env_whole
from latent_core.errors import InvalidInputError
from latent_core.installation import requires_extra
from latent_core.io.limits import MB
from latent_core.models.onnx.child import Message, read_message, write_message
from latent_core.types import Array
from latent_core.untrusted import reason_of

MEMORY_SETTING, TIME_SETTING = "LATENT_MODEL_MEMORY_MB", "LATENT_MODEL_SECONDS"
"""Environment variables: limits of a stranger's model."""
THREADS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of a process.

    Parameters
    ----------
    memory_bytes
        Address space of the process; a system without such a limit ignores it.
    seconds
        Longest time of one call.
    """

    memory_bytes: int
    seconds: float

    @classmethod
    def from_env(cls) -> Limits:
        """The environment's ``LATENT_MODEL_MEMORY_MB`` and ``LATENT_MODEL_SECONDS``."""
        megabytes = env_whole("LATENT_MODEL_MEMORY_MB", 4096)
        return cls(memory_bytes=megabytes * MB, seconds=env_number("LATENT_MODEL_SECONDS", 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """An input or output of a graph.

    Parameters
    ----------
    type
        As ONNX Runtime names it, such as ``"tensor(float)"``.
    shape
        None for an axis of any size.
    """

    name: str
    type: str
    shape: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The inputs and outputs of a graph."""

    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]


class OnnxProcess:
    """A process that has loaded ONNX graphs; started anew after it was ended by a limit.

    Parameters
    ----------
    graphs
        The content of each ONNX file, by a name for messages such as ``"encoder"``.
    limits
        By default from the environment.
    """

    def __init__(self, graphs: Mapping[str, bytes], limits: Limits | None = None) -> None:
        self._graphs = dict(graphs)
        self._limits = limits or Limits.from_env()
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._signatures: dict[str, Signature] = {}
        self._end: Callable[[], object] | None = None

    def signature(self, graph: str) -> Signature:
        """Inputs and outputs of a graph.

        Raises
        ------
        InvalidInputError
            ONNX Runtime cannot load it, or not within the limits.
        """
        with self._lock:
            self._load()
            return self._signatures[graph]

    def run(self, graph: str, inputs: Mapping[str, Array]) -> list[Array]:
        """All outputs of a graph.

        Raises
        ------
        InvalidInputError
            The graph fails with these inputs, or exceeds a limit.
        """
        with self._lock:
            self._load()
            header = {"action": "run", "graph": graph, "inputs": list(inputs)}
            return self._call(header, list(inputs.values()))[1]

    def close(self) -> None:
        """End the process."""
        if self._end is not None:
            self._end()
        self._end = self._process = None

    def _load(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        with requires_extra("onnx"):
            import onnxruntime  # noqa: F401 - so that its absence is said here
        self._start()
        import numpy as np

        for name, content in self._graphs.items():
            header = {"action": "load", "graph": name, "threads": THREADS}
            answer, _ = self._call(header, [np.frombuffer(content, np.uint8)])
            self._signatures[name] = Signature(
                inputs=tuple(map(_tensor, answer["inputs"])),
                outputs=tuple(map(_tensor, answer["outputs"])),
            )

    def _start(self) -> None:
        program = str(Path(__file__).with_name("child.py"))
        process = subprocess.Popen(  # noqa: S603 - no shell, and nothing of a visitor in it
            [sys.executable, "-P", program, str(self._limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(OMP_NUM_THREADS=str(THREADS), OPENBLAS_NUM_THREADS="1"),
        )
        self._end = weakref.finalize(self, _end, process)
        self._process = process

    def _call(self, header: dict[str, Any], arrays: list[Array]) -> Message:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        stopped = Event()

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = Timer(self._limits.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            write_message(process.stdin, header, arrays)
            answer, outputs = read_message(process.stdout)
        except (EOFError, OSError) as error:
            self.close()
            raise InvalidInputError(self._why_ended(header["graph"], stopped.is_set())) from error
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
        if "error" in answer:
            reason = reason_of(ValueError(answer["error"]))
            verb = "cannot be loaded" if header["action"] == "load" else "fails"
            raise InvalidInputError(
                f"The {header['graph']} {verb}: {reason}. Check it with onnxruntime, and export it "
                "again."
            )
        return answer, outputs

    def _why_ended(self, graph: str, timed_out: bool) -> str:
        if timed_out:
            return (
                f"The {graph} took longer than {self._limits.seconds:g} s and was stopped; use a "
                f"smaller model, or raise {TIME_SETTING}."
            )
        return (
            f"The {graph} crashed, perhaps for lack of memory (limit "
            f"{self._limits.memory_bytes / MB:g} MB); use a smaller model, or raise "
            f"{MEMORY_SETTING}."
        )


def _tensor(fields: dict[str, Any]) -> Tensor:
    return Tensor(name=fields["name"], type=fields["type"], shape=tuple(fields["shape"]))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):  # of what was not sent
                stream.close()
