"""Lesson: a generator makes faces of random codes, and codes of faces can be added and searched."""

from __future__ import annotations

from ui.attributes.factor_tables import factor_title
from ui.views.learn.faces.push import GOAL
from ui.views.learn.faces.readings import N_RATED
from ui.views.learn.faces.scenes import (
    OTHERS,
    PushState,
    RandomState,
    SearchState,
    SumState,
    draw_push,
    draw_random,
    draw_search,
    draw_sum,
)
from ui.views.learn.faces.search import SHARES, STEPS
from ui.views.learn.lesson import NOTHING_YET, Feedback, Lesson, Step, done, not_yet
from ui.views.learn.prediction import PREDICT_FIRST, prediction_sentence
from ui.wording.text import format_number

MIN_CHANGE = 0.15
"""In standard deviations: what counts as a change."""


def check_random(state: RandomState) -> Feedback:
    """The face that was clicked is near the data."""
    if state.verdict is None:
        return NOTHING_YET
    found = f"Its code is {state.verdict.support}, its image {state.verdict.image}."
    if state.verdict.worse == "near data":
        return done(f"{found} It is your face in the next steps.")
    return not_yet(f"{found} Find one that is near data and like the data.")


def why_random(state: RandomState) -> str:
    """What the generator learned, and how often it fails."""
    return (
        f"The generator never saw this face: it learned to turn {state.latent_dim} random numbers "
        "into one that the discriminator takes for real. That works often, not always: of "
        f"{N_RATED} random codes, "
        f"{state.shares.unlike:.0%} give an image that is unlike the data by its [realism]."
    )


def check_sum(state: SumState) -> Feedback:
    """The sum changed whether there are glasses."""
    if state.add == state.subtract:
        return NOTHING_YET
    before, after = ("glasses" if one else "no glasses" for one in (state.had, state.has))
    if state.had != state.has:
        return done(f"The classifier reads {before} before and {after} after.")
    if {state.add, state.subtract} == {"glasses", "plain"}:
        return not_yet(f"Still {after}. Exchange both groups, or average another number of faces.")
    return not_yet(f"Still {after}. The two groups have to differ in glasses, and in nothing else.")


def why_sum(state: SumState) -> str:
    """What the difference is, how often it works, and the baselines."""
    shares = state.shares
    listed = ", ".join(f"{share:.0%} with {count}" for count, share in shares.by_count.items())
    return (
        "The mean with minus the mean without leaves the direction of glasses; all else cancels, "
        f"the better the more faces are averaged. Of {shares.n_faces} random faces without "
        f"glasses, so many get some: {listed} per group; {shares.random:.0%} with a random "
        f"direction as long. {state.shared} of the {state.n_neighbors} images nearest to your sum "
        "are also nearest to your face alone. (A mean code is itself often no face: it is shorter "
        "than codes of faces are.)"
    )


def check_push(state: PushState) -> Feedback:
    """The predicted age passed the goal after a prediction, which is right."""
    moved = state.age != state.start
    if state.answer.last is None:
        return not_yet(PREDICT_FIRST) if moved else NOTHING_YET
    if not moved or state.age < GOAL:
        return not_yet(f"Your prediction is noted. Now push the age to {GOAL} or more.")
    if state.answer.last == state.most:
        return done(prediction_sentence(state.answer, state.most, OTHERS))
    return not_yet("Look at the bars and at the face: which of the three changes most?")


def why_push(state: PushState) -> str:
    """The correlation in the data that the direction inherits."""
    most = factor_title(state.most)
    change = format_number(state.changes.get(most, 0.0), 2, signed=True)
    others = [
        f"{name} {format_number(value, 2, signed=True)}"
        for name, value in state.changes.items()
        if name != most and abs(value) >= MIN_CHANGE
    ]
    rest = f"; also {', '.join(others)}" if others else ""
    reads = "over" if state.reads_old else "under"
    return (
        f"In the {state.n_images:,} images, age and {most} go together (correlation "
        f"{state.correlation:.2f}), so a direction learned from them moves both: {most} {change} "
        f"standard deviations{rest}. Age is predicted from codes with R² {state.r2:.2f} (held "
        f"out); the classifier reads from your image: {reads} {state.threshold:g}."
    )


def check_search(state: SearchState) -> Feedback:
    """A search was seen after a prediction, which is right."""
    if state.answer.last is None:
        return NOTHING_YET
    if state.found is None:
        return not_yet("Your prediction is noted. Now search the code of a face.")
    if state.answer.last == state.found.share:
        return done(prediction_sentence(state.answer, state.found.share, SHARES))
    return not_yet("Compare the first error with the last one, and answer again.")


def why_search(state: SearchState) -> str:
    """Errors before and after, and from a better start."""
    found = state.found
    if found is None:
        return ""
    return (
        f"The error (MSE) fell from {found.errors[0]:.4f}, that of the mean code, to "
        f"{found.errors[-1]:.4f}: {found.left:.0%} is left after {STEPS[-1]} steps. The gradient "
        "says for each number of the code whether more or less of it makes the image more alike. "
        f"From a code that an encoder predicts, as many steps reach {found.guided_error:.4f}; "
        f"for the generator's own faces the mean is {state.own_error:.4f}."
    )


LESSON = Lesson(
    id="noise-becomes-a-face",
    position=8,
    title="Noise becomes a face",
    summary="Faces of nobody: random codes, arithmetic on faces, a slider for age, and the way "
    "back from a face to its code.",
    icon=":material/face:",
    steps=(
        Step(
            title="Faces of random numbers",
            text=lambda: (
                "A generator is a [decoder] of random numbers: it makes a face of them. (This one "
                "began as the decoder of a VAE.) A second network, the discriminator, was trained "
                "to tell its faces from rendered ones, and the generator to deceive it. The frames "
                "show the [verdict]."
            ),
            action="Find a face that is near the data, and click it.",
            draw=draw_random,
            check=check_random,
            reason=why_random,
        ),
        Step(
            title="Arithmetic on faces",
            text=lambda: (
                "[Codes|code] are lists of numbers, so they can be added. The mean code of some "
                "faces minus the mean code of others plus the code of your face is a new code, "
                "which the generator shows. A classifier reads from the image whether there are "
                "glasses."
            ),
            action="Choose groups that give your face glasses, or take them off if it has some.",
            draw=draw_sum,
            check=check_sum,
            reason=why_sum,
        ),
        Step(
            title="A slider for age",
            text=lambda: (
                "From codes of images of known age, a linear regression finds the direction in "
                "which the age grows: an [attribute direction|attribute directions]. The slider "
                "moves the code of your face along it."
            ),
            action=f"Predict, then push the predicted age to {GOAL} years or more.",
            draw=draw_push,
            check=check_push,
            reason=why_push,
        ),
        Step(
            title="The way back",
            text=lambda: (
                "A generator has no encoder. The code of a face is found by [inversion]: decode a "
                "code, compare, change the code a little so that the error shrinks, and repeat. "
                "That is gradient descent; it starts here at the mean code. The generator was not "
                "trained on these faces."
            ),
            action="Predict, then choose a face and search its code.",
            draw=draw_search,
            check=check_search,
            reason=why_search,
        ),
    ),
)
