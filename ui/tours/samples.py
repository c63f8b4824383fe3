"""The tour of the Samples page."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector=".st-key-select-sampler",
        title="Sampler",
        text="Where random codes are drawn from: the prior, a Gaussian mixture, a class, or "
        "around an image.",
    ),
    TourStep(
        selector=".ls-samples-scroll",
        title="Samples",
        text="Each image is a random code, decoded. Scroll for more, and click one to look at "
        "its code and its nearest images.",
    ),
    TourStep(
        selector=".ls-range",
        title="Temperature",
        text="A factor on the standard deviation of the codes. Lower it for typical images, "
        "raise it for unusual ones.",
    ),
    TourStep(
        selector=".ls-samples-seeds",
        title="Seed",
        text="The same seed gives the same samples. Change it for others.",
    ),
    TourStep(
        selector=".st-key-select-model",
        title="Model",
        text="Compare models: some decode random codes well, others only codes of images.",
    ),
)
