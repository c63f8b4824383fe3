"""Lesson: a picture of 25 numbers, its code of three, and the point that the code is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from ui import session
from ui.components.small_autoencoder import AutoencoderState, Part, draw_small_autoencoder
from ui.views.learn.lesson import NOTHING_YET, Feedback, Lesson, Step, done, not_yet
from ui.views.learn.small_pictures import (
    N_TEST,
    N_TRAINING,
    SHAPES,
    learn_small_pictures,
    shape_picture,
)
from ui.wording.text import format_number

START, GOAL = "plus", "T"
CHANGED_CELLS = 3
TURN_DEGREES = 60
TARGET = (0.4, 0.3, 0.8)
"""The code of the example in many introductions to latent spaces."""
TOLERANCE = 0.05


def start_state() -> AutoencoderState:
    """The state before anything was done: a plus and its code."""
    picture = shape_picture(START)
    return AutoencoderState(picture=picture, code=learn_small_pictures().encoder(picture))


def _draw(
    parts: Sequence[Part], *, edits_code: bool = False, target: Sequence[float] | None = None
) -> AutoencoderState:
    learned = learn_small_pictures()
    state = draw_small_autoencoder(
        key="learn.small",
        encoder=learned.encoder,
        decoder=learned.decoder,
        codes=learned.codes,
        classes=learned.classes,
        class_names=list(SHAPES),
        state=session.recall_or_store("learn.small", start_state()),
        parts=parts,
        edits_code=edits_code,
        target=target,
    )
    session.remember("learn.small", state)
    return state


def check_changed_cells(state: AutoencoderState) -> Feedback:
    """At least `CHANGED_CELLS` cells differ from the start."""
    count = int(np.sum(np.abs(state.picture - shape_picture(START)) > TOLERANCE))
    if count >= CHANGED_CELLS:
        return done(f"{count} of the 25 numbers are changed.")
    return not_yet(f"{count} of {CHANGED_CELLS} numbers are changed.") if count else NOTHING_YET


def check_drawn_goal(state: AutoencoderState) -> Feedback:
    """The picture is a T, and so is the training picture with the nearest code."""
    learned = learn_small_pictures()
    shape = learned.nearest_shape(learned.encoder(state.picture))
    wrong = int(np.sum((state.picture > 0.5) != (shape_picture(GOAL) > 0.5)))
    if shape == GOAL and not wrong:
        return done(f"The nearest of the {N_TRAINING} codes is that of a {GOAL} too.")
    if np.allclose(state.picture, shape_picture(START)):
        return NOTHING_YET
    return not_yet(
        f"{wrong} cells differ from a {GOAL}: the top row and the middle column are white, all "
        f"other cells black. The nearest code is that of a {shape}."
    )


def check_turned(state: AutoencoderState) -> Feedback:
    """The plot was turned far enough."""
    turned = state.turned_degrees
    if turned >= TURN_DEGREES:
        return done(f"Turned by {turned:.0f}°.")
    if not turned:
        return NOTHING_YET
    return not_yet(f"Turned by {turned:.0f}° so far; go on to {TURN_DEGREES}°.")


def check_at_target(state: AutoencoderState) -> Feedback:
    """Each number of the code is near the target's."""
    learned = learn_small_pictures()
    difference = state.code - np.array(TARGET)
    if np.all(np.abs(difference) <= TOLERANCE):
        return done("The code is there, and the decoder shows its picture.")
    if np.allclose(state.code, learned.encoder(state.picture), atol=1e-3):
        return NOTHING_YET
    worst = int(np.argmax(np.abs(difference)))
    return not_yet(
        f"z{worst + 1} is {format_number(state.code[worst])}; it should be {TARGET[worst]}."
    )


def check_lost(state: AutoencoderState) -> Feedback:
    """The picture has a larger reconstruction error than every test picture."""
    learned = learn_small_pictures()
    error = float(learned.errors(state.picture[None])[0])
    limit = float(learned.errors(learned.test_pictures).max())
    if error > limit:
        return done(f"Error {error:.3f}: more than for any of the {N_TEST} test pictures.")
    if any(np.allclose(state.picture, shape_picture(name)) for name in (START, GOAL)):
        return NOTHING_YET
    return not_yet(
        f"Error {error:.3f}; the worst of the {N_TEST} test pictures has {limit:.3f}. Try a "
        "picture that is none of the four shapes, such as a single row or one corner."
    )


def _always(text: str) -> Callable[[AutoencoderState], str]:
    return lambda _state: text


def _why_nobody_drew_it(state: AutoencoderState) -> str:
    distances = np.linalg.norm(learn_small_pictures().codes - state.code, axis=1)
    return (
        f"The [decoder] works for every point, also where no picture is: the nearest of the "
        f"{N_TRAINING} codes is {distances.min():.2f} away. It mixes what it has learned into a "
        "picture that nobody drew. All possible codes together are the [latent space]."
    )


def _why_lost(state: AutoencoderState) -> str:
    learned = learn_small_pictures()
    mean = float(learned.errors(learned.test_pictures).mean())
    return (
        f"Three numbers cannot hold every picture of 25. For the {N_TEST} test pictures the mean "
        f"[reconstruction error|reconstruction error] is {mean:.3f}, against "
        f"{learned.mean_picture_error:.3f} when the mean picture is shown for all. A code keeps "
        "what the training pictures have in common, and loses the rest."
    )


LESSON = Lesson(
    id="picture-to-code",
    position=1,
    title="A picture is numbers, a code is fewer",
    summary="From 25 numbers to three, to a point in space, and back to a picture.",
    icon=":material/grid_on:",
    steps=(
        Step(
            title="A picture is numbers",
            text=lambda: (
                "This picture has 5 × 5 cells, and each cell is one number: 0 is black, 1 is "
                "white. The computer sees only the 25 numbers, never the plus."
            ),
            action=f"Click on cells, or drag over them, until {CHANGED_CELLS} numbers are changed.",
            draw=partial(_draw, ("picture", "numbers")),
            check=check_changed_cells,
            reason=_always(
                "To a computer every picture is such a table. A photograph has millions of "
                "numbers, three per cell: red, green and blue."
            ),
        ),
        Step(
            title="A code is fewer numbers",
            text=lambda: (
                f"The [encoder] turns 25 numbers into three: the [code]. A moment ago it learned "
                f"how, from {N_TRAINING} pictures of a frame, a plus, a cross and a T. The method "
                "is PCA, principal component analysis: keep the directions in which the pictures "
                "differ most."
            ),
            action=f"Draw a {GOAL}: white top row, white middle column. Watch the three numbers.",
            draw=partial(_draw, ("picture", "code")),
            check=check_drawn_goal,
            reason=_always(
                "Each of the three numbers is a weighted sum of all 25 cells, so one cell moves "
                "all three a little. Pictures that look alike get codes that are alike."
            ),
        ),
        Step(
            title="A code is a point",
            text=lambda: (
                "Three numbers say how far right, how deep and how high: a code is a point. Each "
                f"small dot is one of the {N_TRAINING} pictures, colored by its shape; the large "
                "one is your picture."
            ),
            action=f"Drag the plot to turn it by {TURN_DEGREES}°, and find the four groups.",
            draw=partial(_draw, ("picture", "code", "plot")),
            check=check_turned,
            reason=_always(
                "The encoder never saw which shape is which. Equal shapes have similar numbers, "
                "so their points lie together; fainter pictures lie nearer to the other groups."
            ),
        ),
        Step(
            title="From a point back to a picture",
            text=lambda: (
                "The [decoder] goes the other way: three numbers in, 25 numbers out. Now you move "
                "the point, and the picture follows."
            ),
            action="Move the sliders to (0.4, 0.3, 0.8), the ring in the plot.",
            draw=partial(_draw, ("code", "decoded", "plot"), edits_code=True, target=TARGET),
            check=check_at_target,
            reason=_why_nobody_drew_it,
        ),
        Step(
            title="What is lost?",
            text=lambda: (
                "Picture, three numbers, picture: what comes back is the [reconstruction]. The "
                "four shapes survive. The [reconstruction error (MSE)|reconstruction error] says "
                "how far the two pictures are apart: 0 is equal."
            ),
            action="Predict what cannot survive, then draw it: make the error large.",
            draw=partial(_draw, ("picture", "code", "decoded")),
            check=check_lost,
            reason=_why_lost,
        ),
    ),
)
