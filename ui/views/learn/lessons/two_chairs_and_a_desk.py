"""Lesson: distances between codes, on paper and in a model of furniture with two numbers."""

from __future__ import annotations

from ui.views.learn.chairs.color import OTHER_HUE_DEGREES, check_color, draw_colors, why_color
from ui.views.learn.chairs.morph import check_morph, draw_morph, why_morph
from ui.views.learn.chairs.on_paper import (
    DESK,
    check_paper,
    code_text,
    draw_paper,
    paper_text,
    why_paper,
)
from ui.views.learn.chairs.on_the_map import check_chosen, draw_plane, why_near
from ui.views.learn.lesson import Lesson, Step

LESSON = Lesson(
    id="two-chairs-and-a-desk",
    position=4,
    title="Two chairs and a desk",
    summary="What is alike has codes that are near: on paper, then in a real model of furniture.",
    icon=":material/chair:",
    steps=(
        Step(
            title="Three codes on paper",
            text=paper_text,
            action=f"Predict it; then drag the desk to its code {code_text(DESK)}, the ring.",
            draw=draw_paper,
            check=check_paper,
            reason=why_paper,
        ),
        Step(
            title="The same in a real model",
            text=lambda: (
                "This model has a code of two numbers too, so its whole [latent space] fits on a "
                "plane: one dot per image, colored by its class. Move over the dots to see the "
                "images; with the keyboard, the arrow keys go from dot to dot."
            ),
            action="Find a chair and a desk, and click on each.",
            draw=draw_plane,
            check=check_chosen,
            reason=why_near,
        ),
        Step(
            title="What the code forgets",
            text=lambda: (
                "These are the images with the codes nearest to that of your chair. Near codes "
                "should be alike in everything, or not?"
            ),
            action=(
                "Find a neighbor of another color: at least "
                f"{OTHER_HUE_DEGREES}° away on the color circle."
            ),
            draw=draw_colors,
            check=check_color,
            reason=why_color,
        ),
        Step(
            title="From the chair to the desk",
            text=lambda: (
                "Each point of the plane can be decoded, also where no image is. The slider goes "
                "along the straight line from the code of the chair (A) to that of the desk (B), "
                "and the [decoder] draws each code on the way."
            ),
            action="Predict where the chair ends; then move the slider there.",
            draw=draw_morph,
            check=check_morph,
            reason=why_morph,
        ),
    ),
)
