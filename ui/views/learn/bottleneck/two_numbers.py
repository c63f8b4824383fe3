"""The step in which a code of two numbers is predicted, then seen."""

from __future__ import annotations

from dataclasses import dataclass

from latent_core.analysis.knn_probe import class_votes
from ui import widgets
from ui.images import data_url
from ui.spaces import Space
from ui.views.learn.bottleneck.digit_drawing import Encoded, draw_encoded, encoded
from ui.views.learn.bottleneck.spaces import kept_image, network_space
from ui.views.learn.lesson import NOTHING_YET, Feedback, done
from ui.views.learn.picture_row import Picture, draw_picture_row

PREDICTIONS = {
    "same": "the same picture",
    "blurred": "the same digit, with other details",
    "other": "another digit",
}
MUCH = 2.0
"""Details are lost where the error is so many times that of the wider bottleneck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionState:
    """What was predicted, and the same image encoded with 2 and with 16 numbers.

    Parameters
    ----------
    shows
        The class that each reconstruction shows, with 2 and with 16 numbers: that of most of the
        codes of 16 numbers nearest to its own.  The vote of the two numbers themselves can differ
        from what is decoded from them, for example where the 4s and the 9s overlap on the plane.
    """

    prediction: str | None
    narrow: Encoded
    wide: Encoded
    shows: tuple[str, str]

    @property
    def outcome(self) -> str:
        """One of `PREDICTIONS`."""
        if self.shows[0] != self.shows[1]:
            return "other"
        return "blurred" if self.narrow.error > MUCH * self.wide.error else "same"


def draw_prediction() -> PredictionState:
    """Draw the choice; once it is made, the pipeline with two numbers."""
    space = network_space(2)
    shown = kept_image(space)
    wide_space = network_space(16)
    narrow, wide = encoded(space, shown), encoded(wide_space, shown)
    prediction = widgets.prediction_choice(
        "Two numbers give back", "lesson.two", list(PREDICTIONS), PREDICTIONS.__getitem__
    )
    if prediction is None:
        row = [Picture(url=data_url(shown.image), caption="goes in")]
        draw_picture_row("Your digit" if shown.is_own else "One of our digits", row, side_px=168)
    else:
        draw_encoded("learn.pipeline.two", space, shown, narrow)
    return PredictionState(
        prediction=prediction,
        narrow=narrow,
        wide=wide,
        shows=(shown_class(wide_space, narrow), shown_class(wide_space, wide)),
    )


def shown_class(space: Space, found: Encoded) -> str:
    """The class that a reconstruction shows, by the codes of `space` nearest to its own code."""
    image = found.report.reconstruction
    votes = class_votes(space.data, space.encodings, space.model.encode(image[None]).mean[0])
    return "?" if votes is None else votes.votes[0][0]


def check_predicted(state: PredictionState) -> Feedback:
    """A prediction was made; the sentence compares it with what happened."""
    if state.prediction is None:
        return NOTHING_YET
    outcome = f"{PREDICTIONS[state.outcome]} came back: {_votes_sentence(state)}"
    if state.prediction == state.outcome:
        return done(f"As you predicted, {outcome}")
    return done(f"You predicted {PREDICTIONS[state.prediction]}, but {outcome}")


def _votes_sentence(state: PredictionState) -> str:
    return (
        f"with two numbers it is most like a {state.shows[0]}, with "
        f"{len(state.wide.report.code)} like a {state.shows[1]}."
    )


def why_two(state: PredictionState) -> str:
    """Why it is so, with the figures of the state."""
    return (
        f"The error is {state.narrow.error:.3f} with two numbers and {state.wide.error:.3f} with "
        f"{len(state.wide.report.code)}. Two numbers are one point of a plane, which all digits "
        "share. Training places there what digits differ in most; "
        f"{_forgotten(state)}"
    )


def _forgotten(state: PredictionState) -> str:
    """What was lost: also the class, where another one is decoded."""
    if state.outcome == "other":
        return f"a {state.shows[1]} and a {state.shows[0]} share one place, so they are mixed up."
    return "how this one was written is forgotten first."
