"""The tour of the Learn page, where lessons are chosen."""

from ui.tours.step import TourStep

STEPS = (
    TourStep(
        selector='[class*="st-key-learn-card"]',
        title="A lesson",
        text="Each card is a lesson of a few steps, one idea each. The bar shows how many of "
        "them you have done.",
    ),
    TourStep(
        selector=".st-key-learn-overview button",
        title="Open a lesson",
        text="Press it to begin. You can leave a lesson at any step and continue later.",
    ),
    TourStep(
        selector=".st-key-frame-buttons",
        title="The header",
        text="Copy the link of a lesson, share it with a class, or enlarge the text for a "
        "projector.",
    ),
    TourStep(
        selector=".ls-tray",
        title="Tray",
        text="Images that you keep on any page stay here. Click one to use it again.",
    ),
)
