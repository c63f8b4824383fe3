"""Lesson: images that are alike have codes that are near, and what near means."""

from __future__ import annotations

from ui.views.learn.closeness.angle import check_angle, draw_angle, why_angle
from ui.views.learn.closeness.guess import check_guess, draw_guess, why_guess
from ui.views.learn.closeness.two_lists import check_lists, draw_lists, why_lists
from ui.views.learn.lesson import Lesson, Step

LESSON = Lesson(
    id="similar-lie-close",
    position=3,
    title="Similar things lie close",
    summary="Where does a new digit land, what are its neighbors, and what does near mean?",
    icon=":material/scatter_plot:",
    steps=(
        Step(
            title="Where will it land?",
            text=lambda: (
                "Each dot is the [code] of a digit under a model with two numbers, colored by its "
                "class. The [encoder] gives your 4 a code too, so it is a point on the same plane."
            ),
            action="Draw a 4 or keep ours; then click on the plane where you expect its code.",
            draw=draw_guess,
            check=check_guess,
            reason=why_guess,
        ),
        Step(
            title="Neighbors in pixels and in the code",
            text=lambda: (
                "Which images are most alike? One can compare all 784 pixels, or only the 16 "
                "numbers of a [code]. Take a digit to see its neighbors both ways; those of "
                "another class are framed."
            ),
            action="Click digits until one has more neighbors of its class by code than by pixel.",
            draw=draw_lists,
            check=check_lists,
            reason=why_lists,
        ),
        Step(
            title="Two ways to be near",
            text=lambda: (
                "Euclidean distance is the length of the straight line, as in the list. Cosine "
                "distance looks from the corner (0, 0) and compares only directions: 0 for the "
                "same direction, 1 for a right angle."
            ),
            action="Move P so that A is nearer by Euclidean distance, but B by cosine distance.",
            draw=draw_angle,
            check=check_angle,
            reason=why_angle,
        ),
    ),
)
