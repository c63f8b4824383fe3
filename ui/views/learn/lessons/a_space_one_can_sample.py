"""Lesson: what a VAE adds to an autoencoder, so that random codes become pictures."""

from __future__ import annotations

from functools import partial

from ui.views.learn.lesson import NOTHING_YET, Feedback, Lesson, Step, done, not_yet
from ui.views.learn.prediction import prediction_sentence
from ui.views.learn.price_scene import PriceState, draw_price
from ui.views.learn.sampling_figures import N_NOISY, N_SAMPLES, N_VOTES, lower_share
from ui.views.learn.sampling_scene import (
    AE,
    MODELS,
    VAE,
    HolesState,
    NoiseState,
    SamplesState,
    draw_holes,
    draw_noise,
    draw_two_models,
)
from ui.wording.text import format_number

ANSWERS = {**MODELS, "equal": "Equally often"}
ROWS = {"first": "Row 1", "second": "Row 2"}
FAR = "far from data"
HALF = 0.5


def check_samples(state: SamplesState) -> Feedback:
    """Both models were looked at after a prediction, and the answer is right."""
    if state.answer.last is None:
        return NOTHING_YET
    unseen = [name for model, name in MODELS.items() if model not in state.looked]
    if unseen:
        return not_yet(f"Your prediction is noted. Now look at the samples of: {unseen[0]}.")
    right = lower_share(state.shares)
    if state.answer.last == right:
        return done(prediction_sentence(state.answer, right, ANSWERS))
    return not_yet(
        "Compare again, also with other samples: count the red frames of both models, and answer "
        "again."
    )


def why_samples(state: SamplesState) -> str:
    """The shares, and what the KL divergence does."""
    ae, vae = (state.shares[model].far for model in (AE, VAE))
    return (
        f"Of {N_SAMPLES:,} samples each, {ae:.1%} of the autoencoder's and {vae:.1%} of the VAE's "
        "are far from the data. The autoencoder only learned to give back each picture; where it "
        "put their codes was free. The VAE also had to keep its codes near the [prior] N(0, 1): "
        "that is the [KL divergence] in its loss."
    )


def check_holes(state: HolesState) -> Feedback:
    """The sample that was clicked has the worst verdict."""
    if state.verdict is None:
        return NOTHING_YET
    found = f"Its code is {state.verdict.support}, its image {state.verdict.image}."
    if state.verdict.worse == FAR:
        return done(found)
    return not_yet(f"{found} Find one with a red frame; “Other samples” draws more.")


def why_holes(state: HolesState) -> str:
    """How much of the prior is far from all codes."""
    return (
        f"The VAE's codes do not fill the prior evenly. Of {N_SAMPLES:,} samples, "
        f"{state.shares.far_codes:.1%} have a code far from the data; of the images' own codes it "
        "is 1 %, by definition. With those whose image is unlike the data it is "
        f"{state.shares.far:.1%}. "
        "The decoder never learned these [holes]."
    )


def check_noise(state: NoiseState) -> Feedback:
    """Noise of one standard deviation was seen, and then so much that the digit is lost."""
    if state.seen <= {0.0}:
        return NOTHING_YET
    if 1.0 not in state.seen:
        return not_yet("Look first at 1 ×, the noise that the model was trained with.")
    found = f"At {state.noise:g} ×, {state.same:.0%} of {N_NOISY} images are still a {state.digit}."
    return done(found) if state.same < HALF else not_yet(f"{found} Move the slider to the right.")


def why_noise(state: NoiseState) -> str:
    """What the cloud is, and how large."""
    return (
        "The encoder of a VAE gives no point but a cloud: a mean and a standard deviation for each "
        f"number, here {state.mean_std:.3f} on average, beside {state.spread:.2f} over all images. "
        "In training the decoder saw points of the cloud, so all of it shows the same digit; far "
        f"outside it does not. (Counted by the {N_VOTES} nearest codes; chance is about 10 %.)"
    )


def check_price(state: PriceState) -> Feedback:
    """The chosen row is of the model with the larger weight."""
    if state.answer.last is None:
        return NOTHING_YET
    row = list(ROWS).index(state.answer.last)
    heaviest = max(state.rows, key=lambda model: state.weights[model])
    if state.rows[row] != heaviest:
        return not_yet("Compare with the originals: in which row do the shapes lose more?")
    return done(f"Its β is {state.weights[heaviest]:g}.")


def why_price(state: PriceState) -> str:
    """Errors and KL divergences, and the weights that ship."""
    light, heavy = sorted(state.rows, key=lambda model: state.weights[model])
    ae, vae = state.errors[AE], state.errors[VAE]
    return (
        f"β {state.weights[light]:g} → {state.weights[heavy]:g}: the KL divergence falls from "
        f"{state.kl[light]:.1f} to {state.kl[heavy]:.1f} nats, and the reconstruction error rises "
        f"from {state.errors[light]:.4f} to {state.errors[heavy]:.4f} (means of "
        f"{state.n_images:,} test images). Digits: autoencoder {ae:.4f}, VAE {vae:.4f} "
        f"({format_number(100 * (vae / ae - 1), 0, signed=True)} %). {weights_sentence(state)}"
    )


def weights_sentence(state: PriceState) -> str:
    """Which models ship with which weight."""
    listed = ", ".join(f"{value:g} ({title})" for title, value in state.all_weights.items())
    return f"β of models in this app: {listed}; {state.n_learned} others learn such a weight."


LESSON = Lesson(
    id="a-space-one-can-sample",
    position=7,
    title="A space one can sample",
    summary="Decode random codes: what a variational autoencoder (VAE) adds, and what it costs.",
    icon=":material/casino:",
    steps=(
        Step(
            title="Random codes",
            text=lambda: (
                "Both models turn a digit into 16 numbers and back. Now roll dice: random numbers "
                "as codes. For the autoencoder each has the mean and standard deviation of its "
                "images' codes, for the VAE 0 and 1. The [decoder] makes [samples|samples from the "
                "prior] of them. A red frame: far from the data; orange: sparse; blue: near."
            ),
            action="Predict, then look at the samples of both models.",
            draw=partial(
                draw_two_models, "Whose samples are less often far from the data?", ANSWERS
            ),
            check=check_samples,
            reason=why_samples,
        ),
        Step(
            title="Holes",
            text=lambda: (
                "These are samples of the VAE. Most look like digits, some do not. The frame "
                "shows the [verdict]: how far the code is from the codes of real images, and "
                "whether the image looks like them. Red is far from the data."
            ),
            action="Find a sample that is far from the data, and click it.",
            draw=draw_holes,
            check=check_holes,
            reason=why_holes,
        ),
        Step(
            title="A code is a cloud",
            text=lambda: (
                "For each number of the code the VAE also gives a standard deviation: how exactly "
                "it is meant. During training, random noise of this size was added before "
                "decoding. At 1 × the noise is as in training."
            ),
            action="Move the noise to 1 ×, then on until fewer than half show the same digit.",
            draw=draw_noise,
            check=check_noise,
            reason=why_noise,
        ),
        Step(
            title="The price",
            text=lambda: (
                "The loss of a VAE has two parts: the [reconstruction error] and the "
                "[KL divergence] of the codes from the prior. Both models below differ in one "
                "number, β, the weight of a part of that divergence (the total correlation). The "
                "larger β is, the less a code may say about its picture."
            ),
            action="Find the row of the model with the larger β.",
            draw=partial(draw_price, "Which row has the larger β?", ROWS),
            check=check_price,
            reason=why_price,
        ),
    ),
)
