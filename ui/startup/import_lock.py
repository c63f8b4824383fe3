"""Let one thread import at a time.

CPython has one lock per module.  A thread that imports a package holds the package's lock while
its ``__init__`` imports a submodule; another thread that imports the submodule holds that lock
while it waits for the package.  CPython ends such a deadlock with an exception in one of the two
(https://github.com/python/cpython/issues/83065), and a page or a job fails.  Threads of this app
import lazily, so the warm-up, the pages and the jobs would meet it now and then.
"""

from __future__ import annotations

from importlib import import_module
from threading import RLock
from typing import Any

LOOKED_INTO = "torch"
"""SciPy reads attributes of this module once it is listed, even while a thread still loads it."""
FUNCTION = "_find_and_load"  # all imports of modules that are not loaded yet end here
_lock = RLock()
_bootstrap = import_module("importlib._bootstrap")
_find_and_load: Any = getattr(_bootstrap, FUNCTION)


def serialize_imports() -> None:
    """From now on a thread that loads a module waits while another thread loads one.

    Modules that are loaded already are found as fast as before.
    """
    setattr(_bootstrap, FUNCTION, _find_and_load_alone)


def _find_and_load_alone(name: str, import_: Any) -> Any:
    with _lock:
        return _find_and_load(name, import_)


def load_what_scipy_reads() -> None:
    """Load `LOOKED_INTO`, or wait until it is loaded; to be called before SciPy fits in a job."""
    import_module(LOOKED_INTO)
