"""Lesson: what a bottleneck of 2, 4, 8, 16 or 32 numbers keeps of a drawn digit."""

from __future__ import annotations

from functools import partial

from ui.views.learn.bottleneck.drawn import (
    UNLIKE_PERCENT,
    check_digit,
    check_unlike,
    draw_pad,
    why_sixteen,
    why_unlike,
)
from ui.views.learn.bottleneck.pca_widths import DATASET
from ui.views.learn.bottleneck.spaces import DIGIT
from ui.views.learn.bottleneck.two_numbers import check_predicted, draw_prediction, why_two
from ui.views.learn.bottleneck.width import (
    check_needed,
    check_width,
    draw_curve,
    draw_widths,
    why_curve,
    why_width,
    width_text,
)
from ui.views.learn.lesson import Lesson, Step

LESSON = Lesson(
    id="bottleneck",
    position=2,
    title="The bottleneck",
    summary="Draw a digit, encode it as a few numbers, and see what the decoder gives back.",
    icon=":material/filter_alt:",
    steps=(
        Step(
            title="Through the bottleneck",
            text=lambda: (
                "An autoencoder is an [encoder] and a [decoder]. Your drawing becomes 28 × 28 "
                "numbers, the encoder turns them into a [code] of 16, and the decoder makes a "
                "picture from the code alone: the [reconstruction]."
            ),
            action="Draw a digit from 0 to 9, or take one, and watch what comes back.",
            draw=partial(draw_pad, DIGIT, "Draw a digit", DATASET),
            check=check_digit,
            reason=why_sixteen,
        ),
        Step(
            title="Only two numbers",
            text=lambda: (
                "Now the code has two numbers instead of 16: the model is another one, trained in "
                "the same way."
            ),
            action="Predict what two numbers give back; then look.",
            draw=draw_prediction,
            check=check_predicted,
            reason=why_two,
        ),
        Step(
            title="Widen it",
            text=width_text,
            action="Find the smallest width with less than half the error of width 2.",
            draw=draw_widths,
            check=check_width,
            reason=why_width,
        ),
        Step(
            title="Not a digit",
            text=lambda: (
                "The model was trained on digits only. What does it give back for something that "
                "is none? Its [reconstruction error (MSE)|reconstruction error] says how far the "
                "two pictures are apart."
            ),
            action=(
                "Predict what comes back; then draw or take something whose error is larger than "
                f"that of {UNLIKE_PERCENT}\N{NO-BREAK SPACE}% of the digits."
            ),
            draw=partial(draw_pad, "lesson.not_digit", "Draw a star or a house", "fashion"),
            check=check_unlike,
            reason=why_unlike,
        ),
        Step(
            title="Error by width",
            text=lambda: (
                "Every mark is the mean error of test images: squares for PCA, dots for the two "
                "networks that come with this app. The dashed line is the error when the mean "
                "digit is shown for all."
            ),
            action="Read it: how many numbers does PCA need to be better than the network with 2?",
            draw=draw_curve,
            check=check_needed,
            reason=why_curve,
        ),
    ),
)
