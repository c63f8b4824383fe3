"""The step with the three codes that many introductions to latent spaces show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ui import session
from ui.components.point_plane import PlanePoint, draw_point_plane
from ui.views.learn.lesson import NOTHING_YET, Feedback, done, not_yet

CHAIRS = ((0.4, 0.5), (0.45, 0.45))
DESK = (0.6, 0.75)
START = (0.45, 0.2)
"""Where the desk is at first."""
TOLERANCE = 0.02
_KEPT = "lesson.desk"


def code_text(code: tuple[float, float]) -> str:
    """A code in one line."""
    return f"({code[0]:g},\N{NO-BREAK SPACE}{code[1]:g})"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperState:
    """Where the desk was dragged."""

    desk: tuple[float, float] = START

    def distances(self) -> tuple[float, float, float]:
        """Between the chairs, and from the first and the second of them to the desk."""
        corners = np.array([CHAIRS[0], CHAIRS[1], self.desk, CHAIRS[0]])
        first, second, third = (float(np.linalg.norm(a - b)) for a, b in pairwise(corners))
        return first, third, second


def paper_text() -> str:
    """The text of the step, with the three codes."""
    first, second, desk = (code_text(code) for code in (*CHAIRS, DESK))
    return (
        "Many introductions to latent spaces show three [codes|code] of two numbers: chair 1 is "
        f"{first}, chair 2 is {second}, and the desk is {desk}. Two numbers are a point: right, "
        "then up. Which two points will be near each other?"
    )


def draw_paper() -> PaperState:
    """Draw the plane, on which the desk can be moved."""
    desk: tuple[float, float] = session.recall(_KEPT, START)
    points = [
        PlanePoint(name="chair 1", at=CHAIRS[0], group=0),
        PlanePoint(name="chair 2", at=CHAIRS[1], group=0),
        PlanePoint(name="desk", at=desk, group=1, movable=True),
    ]
    moved = draw_point_plane(key="learn.paper", points=points, target=DESK)
    if moved is not None:
        desk = moved[1]
        session.remember(_KEPT, desk)
    return PaperState(desk=desk)


def check_paper(state: PaperState) -> Feedback:
    """The desk is at its code."""
    if state.desk == START:
        return NOTHING_YET
    wrong = [
        f"its {name} number is {value:.2f} and should be {goal:.2f}"
        for name, value, goal in zip(("first", "second"), state.desk, DESK, strict=True)
        if abs(value - goal) > TOLERANCE + 1e-9
    ]
    if wrong:
        return not_yet(f"Not there yet: {' and '.join(wrong)}.")
    chairs, first, second = state.distances()
    return done(
        f"The two chairs are {chairs:.2f} apart; the desk is {first:.2f} and {second:.2f} away."
    )


def why_paper(state: PaperState) -> str:
    """Why it is so, with the figures of the state."""
    chairs, first, second = state.distances()
    times = min(first, second) / chairs
    return (
        "The distance is √(Δ1² + Δ2²), as on any map. The chairs are "
        f"{times:.0f} times nearer to each other than to the desk: things that are alike have "
        "codes that are near. These numbers are made up; next come those of a real model."
    )
