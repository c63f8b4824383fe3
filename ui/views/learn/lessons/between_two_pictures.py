"""Lesson: from one picture to another, by pixels or by codes, and by which path."""

from __future__ import annotations

from ui.views.learn.lesson import NOTHING_YET, Feedback, Lesson, Step, done, not_yet
from ui.views.learn.path_figures import LOW, N_PAIRS
from ui.views.learn.path_steps import (
    HALVES,
    KINDS,
    NORMS,
    CenterState,
    GifState,
    HalvesState,
    PathsState,
    draw_center,
    draw_gif,
    draw_halves,
    draw_three_paths,
)
from ui.views.learn.prediction import PREDICT_FIRST, prediction_sentence

TIME_TOLERANCE = 0.06


# ── cross-fade or path ──────────────────────────────────────────────────────────────────────


def check_halves(state: HalvesState) -> Feedback:
    """Both were seen half way, and the answer is right."""
    if state.answer.last is None:
        return not_yet(PREDICT_FIRST) if state.morph.moved else NOTHING_YET
    unseen = [HALVES[kind] for kind in ("linear", "cross-fade") if kind not in state.morph.halfway]
    if unseen:
        return not_yet(f"Your prediction is noted. Now move to 50 % with: {' and '.join(unseen)}.")
    if state.answer.last == state.realism.best:
        return done(prediction_sentence(state.answer, state.realism.best, HALVES))
    return not_yet("Look again half way: in one of them both digits are there at once, each faint.")


def why_halves(state: HalvesState) -> str:
    """What is mixed, and the realism of both images."""
    levels = state.realism.levels
    return (
        "A cross-fade mixes pixels: half of one digit over half of the other. The linear path "
        "mixes the two [codes|code], and the [decoder] makes one image of the mixture. A network "
        f"that measures [realism] rates the decoded image “{levels['linear']}” and the cross-fade "
        f"“{levels['cross-fade']}”."
    )


# ── three paths ─────────────────────────────────────────────────────────────────────────────


def check_nearest_path(state: PathsState) -> Feedback:
    """The chosen path is the one whose farthest code is nearest to the data."""
    kind = state.morph.position.kind
    if "geodesic" not in state.farthest or not state.morph.moved:
        return NOTHING_YET
    if kind not in state.farthest:
        return not_yet("A cross-fade has no codes, so it is no path. Choose one of the three.")
    best = min(state.farthest, key=lambda one: state.farthest[one])
    share = state.farthest[kind]
    if kind == best:
        return done(f"Even its farthest code is nearer than {1 - share:.0%} of the images' own.")
    return not_yet(
        f"The farthest code of the {KINDS[kind]} is farther from the data than {share:.0%} of the "
        "images' own codes are from the rest. Another path stays nearer."
    )


def why_nearest_path(state: PathsState) -> str:
    """What each path is, with how far it goes."""
    far = state.farthest
    return (
        "The farthest code of a path is farther from the data than so many of the images' own "
        f"codes: linear {far['linear']:.0%}, spherical {far['spherical']:.0%}, along the data "
        f"{far['geodesic']:.0%}. The spherical path keeps the length of the code. The [geodesic] "
        "goes from the code of one real image to that of a neighbor, so it stays near them, but it "
        "is longer."
    )


# ── the center ──────────────────────────────────────────────────────────────────────────────


def check_center(state: CenterState) -> Feedback:
    """The slider is where the norm is smallest, and the answer is right."""
    if state.answer.last is None:
        return not_yet(PREDICT_FIRST) if state.morph.moved else NOTHING_YET
    if not state.morph.moved:
        return not_yet("Your prediction is noted. Now move the slider and watch ‖z‖.")
    if state.morph.position.kind != "linear":
        return not_yet("A cross-fade has no code, so it has no ‖z‖. Choose the linear path.")
    rest = state.figures.shortest_time - state.morph.position.time
    if abs(rest) > TIME_TOLERANCE:
        return not_yet(f"‖z‖ is smaller farther {'right' if rest > 0 else 'left'}.")
    if state.answer.last != "shorter":
        return not_yet("Compare ‖z‖ here with ‖z‖ at A and at B, and answer again.")
    return done(prediction_sentence(state.answer, "shorter", NORMS))


def why_center(state: CenterState) -> str:
    """Why hardly any code is near the center."""
    found = state.figures
    return (
        f"‖z‖ is {found.ends[0]:.2f} at A, {found.ends[1]:.2f} at B and {found.half:.2f} half way; "
        f"{found.below:.1%} of all codes are shorter. {found.latent_dim} random numbers from "
        f"N(0, 1) have ‖z‖ near √{found.latent_dim} = {found.latent_dim**0.5:.1f} (median of the "
        f"codes: {found.median:.1f}), hardly ever near 0: the low-density center. Of {N_PAIRS:,} "
        f"random pairs, {found.short_means:.0%} have their middle among the shortest {LOW:.0%}."
    )


# ── the GIF ─────────────────────────────────────────────────────────────────────────────────


def check_gif(state: GifState) -> Feedback:
    """The file of the chosen path was made."""
    if state.size is not None:
        return done(
            f"The file has {state.size / 1000:.0f} kB; the button below the slider saves it."
        )
    return not_yet("Now make its file, below the slider.") if state.morph.moved else NOTHING_YET


def why_gif(state: GifState) -> str:
    """How its frames were made."""
    if state.morph.position.kind == "cross-fade":
        return (
            "Each frame mixes the pixels of A and B; no code between them was decoded. Make one of "
            "a path too, and compare."
        )
    return (
        f"Each frame is one point of the path: {state.latent_dim} numbers, decoded. Nobody drew "
        "what is between A and B. The page Morph makes such files of your own pictures too."
    )


LESSON = Lesson(
    id="between-two-pictures",
    position=6,
    title="Between two pictures",
    summary="Mix pixels or mix codes, choose a path through the latent space, keep it as a GIF.",
    icon=":material/compare_arrows:",
    steps=(
        Step(
            title="Mix pixels or mix codes",
            text=lambda: (
                "There are two ways from picture A to picture B. A cross-fade makes A fainter and "
                "B stronger. A linear path goes in a straight line from the [code] of A to the "
                "code of B, and the [decoder] shows each point of it."
            ),
            action="Predict, then look: go half way in the cross-fade and on the linear path.",
            draw=draw_halves,
            check=check_halves,
            reason=why_halves,
        ),
        Step(
            title="Three paths",
            text=lambda: (
                "Straight, on a sphere, or along the data? The curve below the slider shows the "
                "[support]. It is low where a path is far from the codes of real images: the "
                "decoder has seen nothing like that."
            ),
            action="Try each path: which one, at its farthest point, is nearest to the data?",
            draw=draw_three_paths,
            check=check_nearest_path,
            reason=why_nearest_path,
        ),
        Step(
            title="The empty center",
            text=lambda: (
                "A code has a length, its norm ‖z‖: the distance from the center, where all "
                "numbers are 0. The model was trained so that codes are like random numbers "
                "around 0."
            ),
            action="Predict, then find the place on the linear path where ‖z‖ is smallest.",
            draw=draw_center,
            check=check_center,
            reason=why_center,
        ),
        Step(
            title="Take it home",
            text=lambda: (
                "A morph is a path whose points are decoded one after the other, as the frames of "
                "a film. A GIF plays it there and back, also without this app."
            ),
            action="Choose a path and make its GIF.",
            draw=draw_gif,
            check=check_gif,
            reason=why_gif,
        ),
    ),
)
