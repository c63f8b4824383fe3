"""The step in which Euclidean and cosine distance disagree on which point is nearest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ui import session
from ui.components.point_plane import PlanePoint, draw_point_plane
from ui.views.learn.closeness.measured import N_NEIGHBORS, N_QUERIES, Nearness
from ui.views.learn.closeness.two_lists import measured_digits
from ui.views.learn.lesson import NOTHING_YET, Feedback, done, not_yet

A, B = (0.2, 0.35), (0.8, 0.4)
START = (0.3, 0.6)
_KEPT = "lesson.angle"


@dataclass(frozen=True, slots=True, kw_only=True)
class AngleState:
    """Where the point is."""

    at: tuple[float, float]
    measured: Nearness

    def euclidean(self) -> tuple[float, float]:
        """The distances to A and to B."""
        first, second = (float(np.linalg.norm(np.subtract(self.at, end))) for end in (A, B))
        return first, second

    def cosine(self) -> tuple[float, float]:
        """The cosine distances to A and to B: 1 − cos of the angle seen from (0, 0)."""
        lengths = max(float(np.linalg.norm(self.at)), 1e-9)
        first, second = (
            1 - float(np.dot(self.at, end)) / lengths / float(np.linalg.norm(end)) for end in (A, B)
        )
        return first, second


def draw_angle() -> AngleState:
    """Draw the plane, on which the point can be moved."""
    _, found = measured_digits()
    at: tuple[float, float] = session.recall(_KEPT, START)
    moved = draw_point_plane(
        key="learn.angle",
        points=[
            PlanePoint(name="A", at=A, group=0),
            PlanePoint(name="B", at=B, group=1),
            PlanePoint(name="P", at=at, group=2, movable=True),
        ],
        shows_cosine=True,
    )
    if moved is not None:
        at = moved[1]
        session.remember(_KEPT, at)
    return AngleState(at=at, measured=found)


def check_angle(state: AngleState) -> Feedback:
    """A is nearer by Euclidean distance, B by cosine distance."""
    if state.at == START:
        return NOTHING_YET
    straight, angle = state.euclidean(), state.cosine()
    figures = (
        f"Euclidean: A {straight[0]:.2f}, B {straight[1]:.2f}. Cosine: A {angle[0]:.3f}, "
        f"B {angle[1]:.3f}."
    )
    if straight[0] < straight[1] and angle[1] < angle[0]:
        return done(figures)
    if straight[0] >= straight[1]:
        return not_yet(f"{figures} A should be the nearer one by Euclidean distance: go left.")
    return not_yet(f"{figures} B should be the nearer one by cosine distance: go down.")


def why_angle(state: AngleState) -> str:
    """Why it is so, with the figures of the state."""
    found = state.measured
    return (
        "Cosine distance compares only directions from (0, 0), not lengths. In the code of 16 "
        f"numbers the two mostly agree: over {N_QUERIES:,} test images they share "
        f"{100 * found.shared:.0f} % of {N_NEIGHBORS} neighbors, and {100 * found.code:.1f} % "
        f"(Euclidean) and {100 * found.cosine:.1f} % (cosine) of these are of the same class."
    )
