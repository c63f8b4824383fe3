"""Steps in which the width of the bottleneck is chosen, and error is read by width."""

from __future__ import annotations

from dataclasses import dataclass

from latent_core.notebook import compact_repr
from latent_core.types import Floats
from ui import session, widgets
from ui.images import data_url
from ui.views.learn.bottleneck.digit_drawing import DigitImage, draw_decoded, encoded
from ui.views.learn.bottleneck.error_curve import Curve, draw_error_curve
from ui.views.learn.bottleneck.pca_widths import WIDTHS, PcaWidths, fit_pca_widths
from ui.views.learn.bottleneck.spaces import NETWORKS, kept_image, network_space, pca_of_digits
from ui.views.learn.lesson import NOTHING_YET, Feedback, done, not_yet
from ui.views.learn.picture_row import Picture, draw_picture_row

GOAL_FRACTION = 0.5
"""The goal is this fraction of the error with the narrowest bottleneck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WidthState:
    """The chosen width, None before, the errors of the image by width, and the goal."""

    width: int | None
    errors: dict[int, float]
    goal: float


def draw_widths() -> WidthState:
    """Draw the choice of the width, the pipeline, and all narrower reconstructions."""
    pca = pca_of_digits()
    shown = kept_image(network_space(16))
    kept = session.recall("choice.bottleneck")
    options = [str(width) for width in WIDTHS]
    width = int(
        widgets.segmented_choice(
            "Numbers in the code", "bottleneck", options, kept or options[0], "{}".format
        )
    )
    errors = {width: pca.image_error(shown.image, width) for width in WIDTHS}
    caption = f"Error {errors[width]:.3f}; mean of the test images: {pca.mean_error(width):.3f}."
    decoded, code = pca.reconstruction(shown.image, width), pca.code_bars(shown.image, width)
    draw_decoded("learn.pipeline.width", shown, decoded, code, caption)
    _draw_tried(pca, shown, width)
    return WidthState(
        width=None if kept is None else width, errors=errors, goal=GOAL_FRACTION * errors[WIDTHS[0]]
    )


def _draw_tried(pca: PcaWidths, shown: DigitImage, width: int) -> None:
    """Draw the reconstructions up to this width, and those of a network as wide as one of them."""
    tried = [
        _picture(shown, pca.reconstruction(shown.image, n), f"PCA, {n}", n == width)
        for n in WIDTHS
        if n <= width
    ]
    for n in NETWORKS:
        if n <= width:
            decoded = encoded(network_space(n), shown).report.reconstruction
            tried.append(_picture(shown, decoded, f"network, {n}", False))
    draw_picture_row("Up to this width, with the error", tried)


def _picture(shown: DigitImage, decoded: Floats, caption: str, marked: bool) -> Picture:
    error = float(((decoded - shown.image) ** 2).mean())
    return Picture(url=data_url(decoded), caption=caption, figure=f"{error:.3f}", marked=marked)


def narrowest(errors: dict[int, float], goal: float) -> int | None:
    """The smallest width whose error is below `goal`; None if there is none."""
    return next((width for width in sorted(errors) if errors[width] < goal), None)


def check_width(state: WidthState) -> Feedback:
    """The smallest width that is enough is chosen."""
    if state.width is None:
        return NOTHING_YET
    enough, error = narrowest(state.errors, state.goal), state.errors[state.width]
    if enough is None:
        return not_yet(
            f"With {state.width} numbers the error is {error:.3f}, and no width reaches "
            f"{state.goal:.3f}: your drawing is unusual. Go back and draw a plain digit."
        )
    if state.width < enough:
        return not_yet(f"Error {error:.3f}: still above {state.goal:.3f}. Widen the bottleneck.")
    if state.width > enough:
        return not_yet(f"Error {error:.3f}: that is enough, but a narrower bottleneck is too.")
    return done(f"{enough} numbers are enough: error {error:.3f}, below {state.goal:.3f}.")


def width_text() -> str:
    """The text of the step, with figures of the test images."""
    pca = fit_pca_widths()
    first, last = WIDTHS[0], WIDTHS[-1]
    return (
        "Now you set the width. The method is PCA (principal component analysis), which exists in "
        f"every width. The mean error of {pca.n_test:,} test images falls from "
        f"{pca.mean_error(first):.3f} with {first} numbers to {pca.mean_error(last):.3f} with "
        f"{last}."
    )


def why_width(state: WidthState) -> str:
    """Why it is so, with the figures of the state."""
    first, last = min(state.errors), max(state.errors)
    return (
        f"From {first} to {last} numbers the error of this digit falls from "
        f"{state.errors[first]:.3f} to {state.errors[last]:.3f}. PCA keeps first what digits "
        "differ in most; fine detail, such as thin strokes and hooks, comes last, so it is "
        "forgotten first."
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CurveState:
    """The chosen width, and the mean errors of the test images by width."""

    width: int | None
    pca: dict[int, float]
    networks: dict[int, float]
    mean_image_error: float
    n_test: int
    n_fitted: int

    __repr__ = compact_repr


def draw_curve() -> CurveState:
    """Draw the plot of errors by width, and the choice of a width."""
    pca = pca_of_digits()
    networks = {}
    for width in NETWORKS:
        space = network_space(width)
        if space.errors is not None:
            networks[width] = float(space.errors[1::2].mean())
    means = {width: pca.mean_error(width) for width in WIDTHS}
    draw_error_curve(
        [Curve(name="PCA", errors=means), Curve(name="network (VAE)", errors=networks)],
        baseline=pca.mean_image_error,
        n_images=pca.n_test,
    )
    chosen = widgets.prediction_choice(
        "PCA needs",
        "lesson.needs",
        [str(width) for width in WIDTHS],
        "{} numbers".format,
        horizontal=True,
    )
    return CurveState(
        width=None if chosen is None else int(chosen),
        pca=means,
        networks=networks,
        mean_image_error=pca.mean_image_error,
        n_test=pca.n_test,
        n_fitted=pca.n_fitted,
    )


def check_needed(state: CurveState) -> Feedback:
    """The smallest width of PCA with a smaller error than the network with two numbers."""
    if state.width is None:
        return NOTHING_YET
    goal, error = state.networks[2], state.pca[state.width]
    needed = narrowest(state.pca, goal)
    if state.width == needed:
        return done(f"PCA with {needed}: {error:.3f}; network with 2: {goal:.3f}.")
    if error >= goal:
        return not_yet(f"PCA with {state.width} has {error:.3f}, above the network's {goal:.3f}.")
    return not_yet(f"PCA with {state.width} has {error:.3f}, but fewer numbers are enough.")


def why_curve(state: CurveState) -> str:
    """Why it is so, with the figures of the state."""
    ratio = state.pca[16] / state.networks[16]
    return (
        "PCA can only add up fixed pictures, more or less of each; a network is not limited to "
        f"sums and packs more into each number: with 16 its error is {ratio:.1f} times "
        f"smaller. Showing the mean digit for all has {state.mean_image_error:.3f}. All errors "
        f"are of {state.n_test:,} test images that neither was fitted to; PCA was fitted to "
        f"{state.n_fitted:,} others."
    )
