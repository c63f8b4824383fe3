"""The thread that runs networks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache


@cache
def network_thread() -> ThreadPoolExecutor:
    """The single thread that runs networks, since torch is ten times slower in a new thread.

    A large encoding submits one batch at a time, so that short requests run in between.
    """
    return ThreadPoolExecutor(1, thread_name_prefix="network")
