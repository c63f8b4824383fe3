"""The keys that lead from one step of a lesson to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.components import draw_component


def draw_step_keys(*, key: str, on_back: Callable[[], None], on_next: Callable[[], None]) -> None:
    """Listen to arrow keys and to the keys of a presenter's remote control; draws nothing."""

    def turn(sent: dict[str, Any]) -> None:
        if sent["turned"] == "back":
            on_back()
        elif sent["turned"] == "next":
            on_next()

    draw_component("learn/step_keys.js", key=key, data={}, events=("turned",), on_events=turn)
