"""Lesson: small games on the uses of codes."""

from __future__ import annotations

from latent_core.uses.denoising import CODE, CORRUPTED, MEDIAN
from ui.views.learn.lesson import NOTHING_YET, Feedback, Lesson, Step, done, not_yet
from ui.views.learn.prediction import PREDICT_FIRST, prediction_sentence
from ui.views.learn.uses.measured import GOAL, labels_for, of_code
from ui.views.learn.uses.scenes import (
    LABELS,
    REPRESENTATIONS,
    RESTORERS,
    SIZES,
    BytesState,
    LabelsState,
    NoiseState,
    OddState,
    draw_bytes,
    draw_labels,
    draw_noise,
    draw_odd,
)

FEW, MANY = 5, 100


def right_labels(state: LabelsState) -> str:
    """Which of `LABELS` is right for the code."""
    needed = labels_for(of_code(state.curves))
    return "many" if needed is None or needed >= MANY else "few" if needed <= FEW else "some"


def check_labels(state: LabelsState) -> Feedback:
    """The slider is where the code is good enough, after a prediction that is right."""
    if state.answer.last is None:
        return not_yet(PREDICT_FIRST) if state.moved else NOTHING_YET
    curve = of_code(state.curves)
    accuracy = dict(zip(curve.n_per_class.tolist(), curve.accuracy.tolist(), strict=True))[state.n]
    if accuracy < GOAL:
        return not_yet(
            f"With {state.n} per digit the code reaches {accuracy:.1%}. Give more labels."
        )
    if state.answer.last == right_labels(state):
        return done(prediction_sentence(state.answer, right_labels(state), LABELS))
    return not_yet(f"Where does the code pass {GOAL:.0%} first? Answer again.")


def why_labels(state: LabelsState) -> str:
    """How many labels each representation needs."""
    parts = []
    for curve in state.curves:
        needed = labels_for(curve)
        name = REPRESENTATIONS.get(curve.representation, curve.representation)
        count = f"{needed:,}" if needed else f"more than all {curve.n_per_class[-1]:,}"
        parts.append(f"{name} {count}")
    first = of_code(state.curves)
    return (
        f"Labels per digit for {GOAL:.0%}: {', '.join(parts)}. The encoder learned without labels "
        "which digits are alike, so a [linear probe] needs few. Accuracy on "
        f"{first.n_test:,} held-out digits, mean of {first.n_draws} draws of the labels; always "
        f"guessing the most frequent digit: {first.majority:.1%}."
    )


def check_odd(state: OddState) -> Feedback:
    """The odd one was clicked."""
    if state.clicked is None:
        return NOTHING_YET
    if state.clicked == state.odd.place:
        return done("That is the shoe.")
    return not_yet("That one is a digit. Which image is none?")


def why_odd(state: OddState) -> str:
    """Its rank by reconstruction error."""
    odd = state.odd
    return (
        "The model finds it too, and nobody said what a shoe is: it only learned to give back "
        f"digits. The shoe's [reconstruction error] is {odd.error:.3f}, the median of the digits "
        f"{odd.median:.3f}: rank {odd.rank:,} beside {odd.n_digits:,} digits. Over "
        f"{odd.n_foreign:,} pieces of clothing the [AUROC] is {odd.auroc:.3f}; chance is 0.5."
    )


def check_noise(state: NoiseState) -> Feedback:
    """The answer is right."""
    if state.answer.last is None:
        return NOTHING_YET
    if state.answer.last == state.better:
        return done(prediction_sentence(state.answer, state.better, RESTORERS))
    psnr = ", ".join(f"{words} {state.psnr[name]:.2f} dB" for name, words in RESTORERS.items())
    return not_yet(f"Measured: {psnr}. Higher is better.")


def why_noise(state: NoiseState) -> str:
    """PSNR and SSIM of both."""
    code, median = state.psnr[CODE], state.psnr[MEDIAN]
    return (
        f"[PSNR]: with noise {state.psnr[CORRUPTED]:.2f}, through the code {code:.2f}, median "
        f"filter {median:.2f} dB. [SSIM]: code {state.ssim[CODE]:.2f}, median "
        f"{state.ssim[MEDIAN]:.2f} (means of {state.n_images} test images). The decoder can only "
        "make clean digits, but not always the same one; the filter keeps the shape and some of "
        "the noise. Which is better depends on what is measured."
    )


def check_bytes(state: BytesState) -> Feedback:
    """The answer is right."""
    if state.answer.last is None:
        return NOTHING_YET
    if state.answer.last == state.right:
        return done(prediction_sentence(state.answer, state.right, SIZES))
    way = (
        "more" if list(SIZES).index(state.answer.last) < list(SIZES).index(state.right) else "less"
    )
    return not_yet(f"It is {way}. Answer again.")


def why_bytes(state: BytesState) -> str:
    """The sizes, the header and the decoder."""
    sizes = state.sizes
    if sizes is None:
        return "No JPEG has the quality of the code."
    return (
        f"A code of 8 bits per number has {sizes.code:.0f} bytes ({sizes.code_psnr:.1f} dB), the "
        f"smallest JPEG as good {sizes.jpeg:.0f} ({sizes.jpeg_psnr:.1f} dB), of which "
        f"{sizes.jpeg_header:.0f} are its header; means of {sizes.n_images:,} test images. But "
        f"who reads codes needs the decoder, {state.decoder / 1e6:.1f} MB, and it knows nothing "
        "but digits."
    )


LESSON = Lesson(
    id="what-codes-are-good-for",
    position=9,
    title="What codes are good for",
    summary="Four small games: classify with few labels, find the odd one, remove noise, save "
    "bytes.",
    icon=":material/build:",
    steps=(
        Step(
            title="Few labels",
            text=lambda: (
                "A [linear probe] is a simple classifier. It learns from the numbers of a code "
                "which digit an image shows, from images whose digit somebody wrote down: labels. "
                "The encoder saw images without labels."
            ),
            action=f"Predict, then give labels until the code reaches {GOAL:.0%}.",
            draw=draw_labels,
            check=check_labels,
            reason=why_labels,
        ),
        Step(
            title="The odd one",
            text=lambda: (
                "One of these images does not belong to the others. The model never saw such an "
                "image in training. Could it find the image as well, without knowing what to look "
                "for?"
            ),
            action="Find the image that is no digit, and click it.",
            draw=draw_odd,
            check=check_odd,
            reason=why_odd,
        ),
        Step(
            title="Remove noise",
            text=lambda: (
                "Two ways to remove noise: a median filter gives each pixel the median of its "
                "neighborhood; the model encodes the noisy image and decodes the code. [PSNR] "
                "compares the result with the image without noise."
            ),
            action="Predict which is better by PSNR, then look.",
            draw=draw_noise,
            check=check_noise,
            reason=why_noise,
        ),
        Step(
            title="Save bytes",
            text=lambda: (
                "Who has the decoder needs to store nothing but the code of an image. With 8 bits "
                "per number that is one byte for each. A JPEG file stores the same image without "
                "knowing what digits look like."
            ),
            action="Guess: how much larger is a JPEG of the same quality?",
            draw=draw_bytes,
            check=check_bytes,
            reason=why_bytes,
        ),
    ),
)
